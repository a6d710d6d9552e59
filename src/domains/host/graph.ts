import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import {
  dateTime,
  exposedFields,
  id,
  int,
  nullable,
  of,
  payloadFields,
  string,
} from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { historyRange, historyRangeArgs } from '../../graph/history-range.ts';
import { fromGauge, nodeType } from '../../graph/node.ts';
import { gpuSampled } from '../gpu/events.ts';
import { Gpu, hostIdArgument } from '../gpu/graph.ts';
import { hostDescribed, hostEvents, hostSampled, type HostInfo, type HostSample } from './events.ts';
import { evaluateHealth } from './health.ts';
import { readHistory, type HistoryPoint } from './store.ts';

const HostHealthType = describedEnum('HostHealth', 'Health of a host by its resource usage.', {
  HEALTHY: 'All resources are below their warning thresholds.',
  WARNING: 'CPU usage above 80 %, memory usage above 80 %, or disk usage above 90 %.',
  CRITICAL: 'CPU usage above 90 %, memory usage above 90 %, or disk usage above 95 %.',
});

const Cpu = builder.objectRef<HostSample['cpu']>('Cpu').implement({
  description: 'Processors of a host. Source: /proc on Linux. Null values cannot be read.',
  fields: (t) =>
    exposedFields(t, {
      percent: nullable.float('CPU usage since the previous sample, in percent, 0 to 100.'),
      cores: int('Number of logical processors.'),
      frequencyMhz: nullable.float('Current mean frequency of the processors, in MHz.'),
      loadAverage1m: nullable.float('Mean number of runnable tasks in the last minute. Null on Windows.'),
      loadAverage5m: nullable.float(
        'Mean number of runnable tasks in the last five minutes. Null on Windows.',
      ),
      loadAverage15m: nullable.float(
        'Mean number of runnable tasks in the last 15 minutes. Null on Windows.',
      ),
    }),
});

const Memory = builder.objectRef<HostSample['memory']>('Memory').implement({
  description: 'Memory of a host. Source: /proc/meminfo on Linux. Null values cannot be read.',
  fields: (t) =>
    exposedFields(t, {
      percent: nullable.float('Used memory in percent of the total, 0 to 100.'),
      usedMb: nullable.float('Used memory in MiB (2^20 bytes): total minus available.'),
      totalMb: nullable.float('Size of the memory, in MiB (2^20 bytes).'),
      availableMb: nullable.float('Memory that is available without swapping, in MiB (2^20 bytes).'),
      swapUsedMb: nullable.float('Used swap space, in MiB (2^20 bytes).'),
      swapTotalMb: nullable.float('Size of the swap space, in MiB (2^20 bytes). 0 without swap space.'),
    }),
});

const Disk = builder.objectRef<HostSample['disk']>('Disk').implement({
  description:
    'Usage of a file system of a host, and the throughput of all its disks. Null values cannot be read; throughputs are ' +
    'also null in the first sample.',
  fields: (t) =>
    exposedFields(t, {
      path: string('A path on the file system that is measured (DISK_PATH).'),
      percent: nullable.float('Used space in percent of the space that users can use, 0 to 100, as in `df`.'),
      usedGb: nullable.float('Disk space used, in GiB (2^30 bytes).'),
      totalGb: nullable.float('Size of the file system, in GiB (2^30 bytes).'),
      readSpeedMbs: nullable.float('Read throughput since the previous sample, in MiB per second.'),
      writeSpeedMbs: nullable.float('Write throughput since the previous sample, in MiB per second.'),
    }),
});

const Network = builder.objectRef<HostSample['network']>('Network').implement({
  description:
    'Traffic over all network interfaces since the host started. Whole numbers that may exceed 32 bits. Source: ' +
    '/proc/net/dev on Linux. Null values cannot be read.',
  fields: (t) =>
    exposedFields(t, {
      bytesSent: nullable.float('Number of bytes sent.'),
      bytesRecv: nullable.float('Number of bytes received.'),
      packetsSent: nullable.float('Number of packets sent.'),
      packetsRecv: nullable.float('Number of packets received.'),
      errorsIn: nullable.float('Number of receive errors.'),
      errorsOut: nullable.float('Number of send errors.'),
    }),
});

const Temperature = builder.objectRef<{ cpuC: number | null; gpuC: number | null }>('Temperature').implement({
  description:
    'Temperatures of a host. Null while ENABLE_TEMPERATURE_MONITORING is off, and without a sensor.',
  fields: (t) =>
    exposedFields(t, {
      cpuC: nullable.float('Temperature of the hottest processor, in degrees Celsius.'),
      gpuC: nullable.float('Temperature of the first GPU, in degrees Celsius.'),
    }),
});

function firstGpu({ hostId }: HostSample, { journal }: GraphContext) {
  return journal.gauges.newest(gpuSampled, hostId)?.payload.gpus[0] ?? null;
}

export const SystemMetrics = builder.objectRef<HostSample>('SystemMetrics').implement({
  description: 'A sample of a host. Source: the operating system, read by the server of the host.',
  fields: (t) => ({
    ...exposedFields(t, {
      hostId: id('Id of the host: its hostname.'),
      sampledAt: dateTime('Time of the sample.'),
      cpu: of(Cpu, 'CPU usage and load.'),
      memory: of(Memory, 'Memory and swap usage.'),
      disk: of(Disk, 'Disk usage and throughput.'),
      network: of(Network, 'Network traffic since the host started.'),
      uptimeSeconds: nullable.float('Seconds since the host started. Null if the uptime cannot be read.'),
    }),
    gpuAvailable: t.boolean({
      description: 'Whether GPU monitoring is on and nvidia-smi responds.',
      resolve: ({ hostId }, _args, { journal }) =>
        journal.gauges.newest(gpuSampled, hostId)?.payload.available ?? false,
    }),
    gpu: t.field({
      type: Gpu,
      nullable: true,
      description: 'Newest sample of the first GPU. Null without a GPU. The query `gpus` returns all GPUs.',
      resolve: (sample, _args, context) => firstGpu(sample, context),
    }),
    temperature: t.field({
      type: Temperature,
      description: 'Temperatures of the processors and the first GPU.',
      resolve: (sample, _args, context) => ({
        cpuC: sample.temperature.cpuC,
        gpuC:
          context.serverInfo.features['ENABLE_TEMPERATURE_MONITORING'] === true
            ? (firstGpu(sample, context)?.temperatureC ?? null)
            : null,
      }),
    }),
    health: t.field({
      type: HostHealthType,
      description: 'Health of the host by its CPU, memory and disk usage. Unknown values are ignored.',
      resolve: (sample) => evaluateHealth(sample).health,
    }),
  }),
});

const Host = nodeType<HostInfo>('Host', {
  description: 'A monitored host. Source: the operating system, read when the server starts.',
  key: ({ hostId }) => hostId,
  load: fromGauge(hostDescribed),
  fields: (t) => ({
    ...exposedFields(t, {
      hostId: id('Identifies the host: its hostname.'),
      hostname: string('Network name of the host.'),
      platform: string('Operating system family, as in Node.js: `linux`, `darwin`, `win32`.'),
      os: nullable.string('Name and version of the operating system.'),
      kernel: nullable.string('Release of the kernel.'),
      arch: string('Processor architecture, as in Node.js: `x64`, `arm64`.'),
      cpuModel: nullable.string('Model name of the processor. Null if it cannot be read.'),
      cores: int('Number of logical processors.'),
      memoryTotalMb: nullable.float('Size of the memory, in MiB (2^20 bytes).'),
      bootedAt: nullable.dateTime('Time when the host started. Null if the uptime cannot be read.'),
    }),
    systemMetrics: t.field({
      type: SystemMetrics,
      nullable: true,
      description: 'Newest sample of the host. Null while FEATURE_SYSTEM_MONITORING is off.',
      resolve: ({ hostId }, _args, { journal }) => journal.gauges.newest(hostSampled, hostId)?.payload,
    }),
  }),
});

builder.queryField('hosts', (t) =>
  t.field({
    type: [Host],
    requires: 'read',
    description: 'Returns the monitored hosts: the host of this server.',
    resolve: (_root, _args, { journal }) => journal.gauges.all(hostDescribed).map(({ payload }) => payload),
  }),
);

gaugeSubscription('systemMetrics', {
  type: SystemMetrics,
  topic: hostSampled,
  description: 'Samples of a host.',
  args: hostIdArgument,
  keys: ({ hostId }, { serverInfo }) => [hostId ?? serverInfo.hostId],
  everyMs: { defaultMs: 1_000, configured: 'systemMetricsMs' },
  feature: 'FEATURE_SYSTEM_MONITORING',
  query: {
    description:
      'Returns the newest sample of a host, at most 2 seconds old. Null while FEATURE_SYSTEM_MONITORING is off, and for ' +
      'an unknown host.',
    maxAgeMs: 2_000,
    waitMs: 1_000,
  },
});

const SystemHistoryPoint = builder.objectRef<HistoryPoint>('SystemHistoryPoint').implement({
  description: 'An interval of the history of a host. Values are null if no sample of the interval has them.',
  fields: (t) =>
    exposedFields(t, {
      at: dateTime('Start of the interval.'),
      samples: int('Number of samples in the interval.'),
      cpuPercent: nullable.float('Mean CPU usage in percent, 0 to 100.'),
      cpuPercentMax: nullable.float('Maximum CPU usage of a sample in percent, 0 to 100.'),
      memoryPercent: nullable.float('Mean memory usage in percent, 0 to 100.'),
      memoryPercentMax: nullable.float('Maximum memory usage of a sample in percent, 0 to 100.'),
      diskPercent: nullable.float('Mean disk usage in percent, 0 to 100.'),
      diskReadMbs: nullable.float('Mean read throughput of all disks, in MiB per second.'),
      diskWriteMbs: nullable.float('Mean write throughput of all disks, in MiB per second.'),
      networkSentMbs: nullable.float('Mean throughput of sent data, in MiB per second.'),
      networkRecvMbs: nullable.float('Mean throughput of received data, in MiB per second.'),
      cpuC: nullable.float('Mean temperature of the hottest processor, in degrees Celsius.'),
    }),
});

builder.queryField('systemHistory', (t) =>
  t.field({
    type: [SystemHistoryPoint],
    requires: 'read',
    description:
      'Returns the history of a host, oldest first, in at most `points` intervals; intervals without samples are ' +
      'omitted. Source: the table `host_samples`, with a sample about every 10 seconds, retained for RETENTION_DAYS.',
    args: {
      ...hostIdArgument(t.arg),
      ...historyRangeArgs(t.arg),
    },
    resolve: async (_root, args, { db, serverInfo }) => {
      const hostId = args.hostId ?? serverInfo.hostId;
      return [...(await readHistory(db, { hostId, ...historyRange(args) }))];
    },
  }),
);

const HostEvent = eventType('HostEvent', hostEvents, {
  kind: 'HOST',
  description: 'The health of a host changed. Source: the samples of the host, evaluated by its own server.',
  fields: (t) => ({
    ...payloadFields(t, {
      hostId: id('Id of the host: its hostname.'),
      health: of(HostHealthType, 'Health after the change.'),
      previousHealth: of(HostHealthType, 'Health before the change.'),
      reason: string('Reason for people, with the resources: `High CPU usage detected`.'),
      recommendedAction: string('Recommended action, for people.'),
      cpuPercent: nullable.float('CPU usage at the change, in percent, 0 to 100. Null if unknown.'),
      memoryPercent: nullable.float('Memory usage at the change, in percent, 0 to 100. Null if unknown.'),
      diskPercent: nullable.float('Disk usage at the change, in percent, 0 to 100. Null if unknown.'),
    }),
    ofThisHost: t.boolean({
      description: 'Whether the event is about the host of the server that sends it.',
      resolve: ({ payload }, _args, { serverInfo }) => payload.hostId === serverInfo.hostId,
    }),
  }),
});

eventSubscription('hostEvents', {
  type: HostEvent,
  topic: hostEvents,
  description: 'Each change of the health of a host',
  note: 'While a client subscribes, the host is sampled as often as for `systemMetrics`.',
  ofKey: ['hostId', 'Returns only events of this host. Default: all hosts.'],
  demands: (_args, { serverInfo }) => ({
    topic: hostSampled.name,
    everyMs: serverInfo.intervals.systemMetricsMs,
  }),
});
