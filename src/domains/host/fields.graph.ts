import { exposedType, int, nullable, string } from '../../graph/exposed-fields.ts';
import type { HostSample } from './events.ts';

/** The parts of a sample of a host, as clients read them and host agents report them. */

/** Of `Cpu`, and of the input of host agents. */
export const cpuFields = {
  usedPercent: nullable.float('CPU usage since the previous sample, in percent, 0 to 100.'),
  coreCount: int('Number of logical processors.'),
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
  usedPercent: nullable.float('Used memory in percent of the total, 0 to 100.'),
  usedBytes: nullable.safeInt('Used memory in bytes: total minus available.'),
  totalBytes: nullable.safeInt('Size of the memory, in bytes.'),
  availableBytes: nullable.safeInt('Memory that is available without swapping, in bytes.'),
  swapUsedBytes: nullable.safeInt('Used swap space, in bytes.'),
  swapTotalBytes: nullable.safeInt('Size of the swap space, in bytes. 0 without swap space.'),
} as const;

export const Memory = exposedType<HostSample['memory']>(
  'Memory',
  'Memory of a host. Source: /proc/meminfo on Linux. Null values cannot be read.',
  memoryFields,
);

/** Of `Disk`, and of the input of host agents. */
export const diskFields = {
  path: string('A path on the file system that is measured.'),
  usedPercent: nullable.float('Used space in percent of the space that users can use, 0 to 100, as in `df`.'),
  usedBytes: nullable.safeInt('Disk space used, in bytes.'),
  totalBytes: nullable.safeInt('Size of the file system, in bytes.'),
  readBytesPerSecond: nullable.float('Read throughput since the previous sample, in bytes per second.'),
  writeBytesPerSecond: nullable.float('Write throughput since the previous sample, in bytes per second.'),
} as const;

export const Disk = exposedType<HostSample['disk']>(
  'Disk',
  'Usage of a file system of a host, and the throughput of all its disks. Null values cannot be read; throughputs are ' +
    'also null in the first sample.',
  diskFields,
);

/** Of `Network`, and of the input of host agents. */
export const networkFields = {
  sentBytes: nullable.safeInt('Number of bytes sent.'),
  receivedBytes: nullable.safeInt('Number of bytes received.'),
  sentPacketCount: nullable.safeInt('Number of packets sent.'),
  receivedPacketCount: nullable.safeInt('Number of packets received.'),
  receiveErrorCount: nullable.safeInt('Number of receive errors.'),
  sendErrorCount: nullable.safeInt('Number of send errors.'),
} as const;

export const Network = exposedType<HostSample['network']>(
  'Network',
  'Traffic over all network interfaces since the host started. Source: ' +
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
  coreCount: int('Number of logical processors.'),
  memoryTotalBytes: nullable.safeInt('Size of the memory, in bytes.'),
  bootedAt: nullable.dateTime('Time when the host started. Null if the uptime cannot be read.'),
} as const;

/** Of `Temperature`, and of the input of host agents. */
export const temperatureFields = {
  cpuC: nullable.float('Temperature of the hottest processor, in degrees Celsius.'),
} as const;
