import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
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
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { gpuSampled } from '../gpu/events.ts';
import { Gpu, whichHost } from '../gpu/graph.ts';
import { hostEvents, hostSampled, hostSeen, type HostInfo, type HostSample } from './events.ts';
import { judge } from './health.ts';
import { readHistory, type HistoryPoint } from './store.ts';

const HostHealthType = describedEnum('HostHealth', 'How near the resources of a host are to being used up.', {
  HEALTHY: 'None is.',
  WARNING: 'CPU above 80 %, memory above 80 % or disk above 90 %.',
  CRITICAL: 'CPU above 90 %, memory above 90 % or disk above 95 %.',
});

const Cpu = builder.objectRef<HostSample['cpu']>('Cpu').implement({
  description: 'The processors of a host.',
  fields: (t) =>
    exposedFields(t, {
      percent: nullable.float(
        'Busy share of all processors since the sample before, 0 to 100. Source: /proc/stat.',
      ),
      cores: int('Logical processors.'),
      frequencyMhz: nullable.float('Mean current frequency, MHz; null where it cannot be read.'),
      loadAverage1m: nullable.float('Mean number of runnable tasks in the last minute.'),
      loadAverage5m: nullable.float('The same for five minutes.'),
      loadAverage15m: nullable.float('The same for fifteen minutes.'),
    }),
});

const Memory = builder.objectRef<HostSample['memory']>('Memory').implement({
  description: 'The memory of a host. MB are 2^20 bytes. Source: /proc/meminfo.',
  fields: (t) =>
    exposedFields(t, {
      percent: nullable.float('Used share, 0 to 100.'),
      usedMb: nullable.float('Total less available.'),
      totalMb: nullable.float('MemTotal.'),
      availableMb: nullable.float('MemAvailable: what programs could get without swapping.'),
      swapUsedMb: nullable.float('Swap in use.'),
      swapTotalMb: nullable.float('Swap in all.'),
    }),
});

const Disk = builder.objectRef<HostSample['disk']>('Disk').implement({
  description: 'A file system of a host, and the traffic of its disks. GB are 2^30 bytes.',
  fields: (t) =>
    exposedFields(t, {
      path: string('The file system that holds this path (DISK_PATH).'),
      percent: nullable.float('Used share of what users may use, 0 to 100, as `df` shows it.'),
      usedGb: nullable.float('Used.'),
      totalGb: nullable.float('Size.'),
      readSpeedMbs: nullable.float(
        'MB a second read from all disks since the sample before; null in the first one.',
      ),
      writeSpeedMbs: nullable.float(
        'MB a second written to all disks since the sample before; null in the first one.',
      ),
    }),
});

const Network = builder.objectRef<HostSample['network']>('Network').implement({
  description: 'Traffic over all interfaces since the host started. Source: /proc/net/dev.',
  fields: (t) =>
    exposedFields(t, {
      bytesSent: nullable.float('Bytes sent. A whole number, beyond 32 bits.'),
      bytesRecv: nullable.float('Bytes received.'),
      packetsSent: nullable.float('Packets sent.'),
      packetsRecv: nullable.float('Packets received.'),
      errorsIn: nullable.float('Errors while receiving.'),
      errorsOut: nullable.float('Errors while sending.'),
    }),
});

const Temperature = builder.objectRef<{ cpuC: number | null; gpuC: number | null }>('Temperature').implement({
  description: 'Degrees Celsius; null unless ENABLE_TEMPERATURE_MONITORING is on and there is a sensor.',
  fields: (t) =>
    exposedFields(t, {
      cpuC: nullable.float('The hottest processor sensor.'),
      gpuC: nullable.float('The first GPU.'),
    }),
});

function firstGpu({ hostId }: HostSample, { journal }: GraphContext) {
  return journal.gauges.newest(gpuSampled, hostId)?.payload.gpus[0] ?? null;
}

export const SystemMetrics = builder.objectRef<HostSample>('SystemMetrics').implement({
  description: 'One sample of a host.',
  fields: (t) => ({
    ...exposedFields(t, {
      hostId: id('The host’s name for itself.'),
      sampledAt: dateTime('When it was taken.'),
      cpu: of(Cpu, 'Processors.'),
      memory: of(Memory, 'Memory.'),
      disk: of(Disk, 'Disk.'),
      network: of(Network, 'Network.'),
      uptimeSeconds: nullable.float('Seconds since the host started.'),
    }),
    gpuAvailable: t.boolean({
      description: 'GPU monitoring is on and nvidia-smi answers.',
      resolve: ({ hostId }, _args, { journal }) =>
        journal.gauges.newest(gpuSampled, hostId)?.payload.available ?? false,
    }),
    gpu: t.field({
      type: Gpu,
      nullable: true,
      description: 'The first GPU as it was sampled last; null without one. All of them: `gpus`.',
      resolve: (sample, _args, context) => firstGpu(sample, context),
    }),
    temperature: t.field({
      type: Temperature,
      description: 'Temperatures.',
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
      description: 'How near its resources are to being used up, those that are known.',
      resolve: (sample) => judge(sample).health,
    }),
  }),
});

const Host = builder.objectRef<HostInfo>('Host').implement({
  description: 'A host that is watched.',
  fields: (t) => ({
    ...exposedFields(t, {
      hostname: string('Its name.'),
      platform: string('`linux`, `darwin`, `win32`.'),
      os: nullable.string('Name and version of the operating system.'),
      kernel: nullable.string('Kernel release.'),
      arch: string('`x64`, `arm64`.'),
      cpuModel: nullable.string('As the processor names itself.'),
      cores: int('Logical processors.'),
      memoryTotalMb: nullable.float('Memory, MB of 2^20 bytes.'),
      bootedAt: nullable.dateTime('When it started.'),
    }),
    id: t.exposeID('hostId', { description: 'The host’s name for itself.' }),
    systemMetrics: t.field({
      type: SystemMetrics,
      nullable: true,
      description: 'Its newest sample; null while monitoring is off.',
      resolve: ({ hostId }, _args, { journal }) => journal.gauges.newest(hostSampled, hostId)?.payload,
    }),
  }),
});

builder.queryField('hosts', (t) =>
  t.field({
    type: [Host],
    requires: 'read',
    description: 'The hosts that are watched: this one. Source: the operating system, read at start.',
    resolve: (_root, _args, { journal }) => journal.gauges.all(hostSeen).map(({ payload }) => payload),
  }),
);

gaugeSubscription('systemMetrics', {
  type: SystemMetrics,
  topic: hostSampled,
  description: 'A host’s samples, the newest at once.',
  args: whichHost,
  keys: ({ hostId }, { serverInfo }) => [hostId ?? serverInfo.hostId],
  everyMs: { defaultMs: 1_000, configured: 'systemMetricsMs' },
  feature: 'FEATURE_SYSTEM_MONITORING',
  query: {
    description:
      'The newest sample of a host, at most 2 seconds old; null for an unknown host or while FEATURE_SYSTEM_MONITORING is off.',
    maxAgeMs: 2_000,
    waitMs: 1_000,
  },
});

const SystemHistoryPoint = builder.objectRef<HistoryPoint>('SystemHistoryPoint').implement({
  description:
    'A span of a host’s history. Values are means of the samples in it; null where there were none.',
  fields: (t) =>
    exposedFields(t, {
      at: dateTime('Start of the span.'),
      samples: int('Samples in the span.'),
      cpuPercent: nullable.float('0 to 100.'),
      cpuPercentMax: nullable.float('The highest sample, 0 to 100.'),
      memoryPercent: nullable.float('0 to 100.'),
      memoryPercentMax: nullable.float('The highest sample, 0 to 100.'),
      diskPercent: nullable.float('0 to 100.'),
      diskReadMbs: nullable.float('MB a second.'),
      diskWriteMbs: nullable.float('MB a second.'),
      networkSentMbs: nullable.float('MB a second.'),
      networkRecvMbs: nullable.float('MB a second.'),
      cpuC: nullable.float('Degrees Celsius.'),
    }),
});

const hourMs = 3_600_000;
const pointsMax = 1_000;

builder.queryField('systemHistory', (t) =>
  t.field({
    type: [SystemHistoryPoint],
    requires: 'read',
    description:
      'A host’s history, oldest first, downsampled by the database into at most `points` spans; spans without samples ' +
      'are left out. Source: the table host_samples, one sample about every 10 seconds, kept RETENTION_DAYS.',
    args: {
      ...whichHost(t.arg),
      since: t.arg({ type: 'DateTime', description: 'Start (inclusive). Default: an hour before `until`.' }),
      until: t.arg({ type: 'DateTime', description: 'End (exclusive). Default: now.' }),
      points: t.arg.int({ description: `Spans, 1 to ${pointsMax}. Default: 120.` }),
    },
    resolve: async (_root, { hostId, since, until, points }, { db, serverInfo }) => {
      const end = until ?? new Date();
      const start = since ?? new Date(end.getTime() - hourMs);
      const spans = points ?? 120;
      if (spans < 1 || spans > pointsMax)
        throw new AppError('BAD_USER_INPUT', `points must lie between 1 and ${pointsMax}.`, {
          details: { argument: 'points' },
        });
      if (start >= end)
        throw new AppError('BAD_USER_INPUT', 'since must lie before until.', {
          details: { argument: 'since' },
        });
      const history = { hostId: hostId ?? serverInfo.hostId, since: start, until: end, points: spans };
      return [...(await readHistory(db, history))];
    },
  }),
);

const HostEvent = eventType('HostEvent', hostEvents, {
  kind: 'HOST',
  description: 'The health of a host became another one. Source: the samples of its own server.',
  fields: (t) => ({
    ...payloadFields(t, {
      hostId: id('The host.'),
      health: of(HostHealthType, 'From then on.'),
      previousHealth: of(HostHealthType, 'Until then.'),
      reason: string('In words, naming the resource: `High CPU usage detected`.'),
      recommendedAction: string('What might help, in words.'),
      cpuPercent: nullable.float('Of the sample that showed it, 0 to 100; null when not known.'),
      memoryPercent: nullable.float('Of the sample that showed it, 0 to 100; null when not known.'),
      diskPercent: nullable.float('Of the sample that showed it, 0 to 100; null when not known.'),
    }),
    ofThisHost: t.boolean({
      description: 'Whether it is the host of the instance that is asked.',
      resolve: ({ payload }, _args, { serverInfo }) => payload.hostId === serverInfo.hostId,
    }),
  }),
});

eventSubscription('hostEvents', {
  type: HostEvent,
  topic: hostEvents,
  description: 'Each change of a host’s health',
  note: 'While somebody reads them, hosts are sampled as often as for `systemMetrics`.',
  ofKey: ['hostId', 'Only of this host; default all.'],
  watches: (_args, { serverInfo }) => ({
    topic: hostSampled.name,
    everyMs: serverInfo.intervals.systemMetricsMs,
  }),
});
