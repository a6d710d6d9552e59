import { exposedType, int, nullable, string } from '../../graph/exposed-fields.ts';
import type { HostSample } from './events.ts';

/** The parts of a sample of a host, as clients read them and host agents report them. */

/** Of `Cpu`, and of the input of host agents. */
export const cpuFields = {
  percent: nullable.float('CPU usage since the previous sample, in percent, 0 to 100.'),
  cores: int('Number of logical processors.'),
  frequencyMhz: nullable.float('Current mean frequency of the processors, in MHz.'),
  loadAverage1m: nullable.float('Mean number of runnable tasks in the last minute. Null on Windows.'),
  loadAverage5m: nullable.float('Mean number of runnable tasks in the last five minutes. Null on Windows.'),
  loadAverage15m: nullable.float('Mean number of runnable tasks in the last 15 minutes. Null on Windows.'),
} as const;

export const Cpu = exposedType<HostSample['cpu']>(
  'Cpu',
  'Processors of a host. Source: /proc on Linux. Null values cannot be read.',
  cpuFields,
);

/** Of `Memory`, and of the input of host agents. */
export const memoryFields = {
  percent: nullable.float('Used memory in percent of the total, 0 to 100.'),
  usedMb: nullable.float('Used memory in MiB (2^20 bytes): total minus available.'),
  totalMb: nullable.float('Size of the memory, in MiB (2^20 bytes).'),
  availableMb: nullable.float('Memory that is available without swapping, in MiB (2^20 bytes).'),
  swapUsedMb: nullable.float('Used swap space, in MiB (2^20 bytes).'),
  swapTotalMb: nullable.float('Size of the swap space, in MiB (2^20 bytes). 0 without swap space.'),
} as const;

export const Memory = exposedType<HostSample['memory']>(
  'Memory',
  'Memory of a host. Source: /proc/meminfo on Linux. Null values cannot be read.',
  memoryFields,
);

/** Of `Disk`, and of the input of host agents. */
export const diskFields = {
  path: string('A path on the file system that is measured.'),
  percent: nullable.float('Used space in percent of the space that users can use, 0 to 100, as in `df`.'),
  usedGb: nullable.float('Disk space used, in GiB (2^30 bytes).'),
  totalGb: nullable.float('Size of the file system, in GiB (2^30 bytes).'),
  readSpeedMbs: nullable.float('Read throughput since the previous sample, in MiB per second.'),
  writeSpeedMbs: nullable.float('Write throughput since the previous sample, in MiB per second.'),
} as const;

export const Disk = exposedType<HostSample['disk']>(
  'Disk',
  'Usage of a file system of a host, and the throughput of all its disks. Null values cannot be read; throughputs are ' +
    'also null in the first sample.',
  diskFields,
);

/** Of `Network`, and of the input of host agents. */
export const networkFields = {
  bytesSent: nullable.float('Number of bytes sent.'),
  bytesRecv: nullable.float('Number of bytes received.'),
  packetsSent: nullable.float('Number of packets sent.'),
  packetsRecv: nullable.float('Number of packets received.'),
  errorsIn: nullable.float('Number of receive errors.'),
  errorsOut: nullable.float('Number of send errors.'),
} as const;

export const Network = exposedType<HostSample['network']>(
  'Network',
  'Traffic over all network interfaces since the host started. Whole numbers that may exceed 32 bits. Source: ' +
    '/proc/net/dev on Linux. Null values cannot be read.',
  networkFields,
);

/** Of `Host`, and of the input of host agents. */
export const infoFields = {
  hostname: string('Network name of the host.'),
  platform: string('Operating system family, as in Node.js: `linux`, `darwin`, `win32`.'),
  os: nullable.string('Name and version of the operating system.'),
  kernel: nullable.string('Release of the kernel.'),
  arch: string('Processor architecture, as in Node.js: `x64`, `arm64`.'),
  cpuModel: nullable.string('Model name of the processor. Null if it cannot be read.'),
  cores: int('Number of logical processors.'),
  memoryTotalMb: nullable.float('Size of the memory, in MiB (2^20 bytes).'),
  bootedAt: nullable.dateTime('Time when the host started. Null if the uptime cannot be read.'),
} as const;

/** Of `Temperature`, and of the input of host agents. */
export const temperatureFields = {
  cpuC: nullable.float('Temperature of the hottest processor, in degrees Celsius.'),
} as const;
