import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { everyMsDescription, paceOf, stream, throughTheDoor } from '../../graph/stream.ts';
import { gpuSampled } from '../gpu/events.ts';
import { Gpu } from '../gpu/graph.ts';
import { hostSampled, hostSeen, type HostInfo, type HostSample } from './events.ts';
import { HostHealthType } from './health.graph.ts';
import { judge } from './health.ts';
import { readHistory, type HistoryPoint } from './store.ts';

const Cpu = builder.objectRef<HostSample['cpu']>('Cpu').implement({
  description: 'The processors of a host.',
  fields: (t) => ({
    percent: t.exposeFloat('percent', {
      nullable: true,
      description: 'Busy share of all processors since the sample before, 0 to 100. Source: /proc/stat.',
    }),
    cores: t.exposeInt('cores', { description: 'Logical processors.' }),
    frequencyMhz: t.exposeFloat('frequencyMhz', {
      nullable: true,
      description: 'Mean current frequency, MHz; null where it cannot be read.',
    }),
    loadAverage1m: t.exposeFloat('loadAverage1m', {
      nullable: true,
      description: 'Mean number of runnable tasks in the last minute.',
    }),
    loadAverage5m: t.exposeFloat('loadAverage5m', {
      nullable: true,
      description: 'The same for five minutes.',
    }),
    loadAverage15m: t.exposeFloat('loadAverage15m', {
      nullable: true,
      description: 'The same for fifteen minutes.',
    }),
  }),
});

const Memory = builder.objectRef<HostSample['memory']>('Memory').implement({
  description: 'The memory of a host. MB are 2^20 bytes. Source: /proc/meminfo.',
  fields: (t) => ({
    percent: t.exposeFloat('percent', { nullable: true, description: 'Used share, 0 to 100.' }),
    usedMb: t.exposeFloat('usedMb', { nullable: true, description: 'Total less available.' }),
    totalMb: t.exposeFloat('totalMb', { nullable: true, description: 'MemTotal.' }),
    availableMb: t.exposeFloat('availableMb', {
      nullable: true,
      description: 'MemAvailable: what programs could get without swapping.',
    }),
    swapUsedMb: t.exposeFloat('swapUsedMb', { nullable: true, description: 'Swap in use.' }),
    swapTotalMb: t.exposeFloat('swapTotalMb', { nullable: true, description: 'Swap in all.' }),
  }),
});

const Disk = builder.objectRef<HostSample['disk']>('Disk').implement({
  description: 'A file system of a host, and the traffic of its disks. GB are 2^30 bytes.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'The file system that holds this path (DISK_PATH).' }),
    percent: t.exposeFloat('percent', {
      nullable: true,
      description: 'Used share of what users may use, 0 to 100, as `df` shows it.',
    }),
    usedGb: t.exposeFloat('usedGb', { nullable: true, description: 'Used.' }),
    totalGb: t.exposeFloat('totalGb', { nullable: true, description: 'Size.' }),
    readSpeedMbs: t.exposeFloat('readSpeedMbs', {
      nullable: true,
      description: 'MB a second read from all disks since the sample before; null in the first one.',
    }),
    writeSpeedMbs: t.exposeFloat('writeSpeedMbs', {
      nullable: true,
      description: 'MB a second written to all disks since the sample before; null in the first one.',
    }),
  }),
});

const Network = builder.objectRef<HostSample['network']>('Network').implement({
  description: 'Traffic over all interfaces since the host started. Source: /proc/net/dev.',
  fields: (t) => ({
    bytesSent: t.exposeFloat('bytesSent', {
      nullable: true,
      description: 'Bytes sent. A whole number, beyond 32 bits.',
    }),
    bytesRecv: t.exposeFloat('bytesRecv', { nullable: true, description: 'Bytes received.' }),
    packetsSent: t.exposeFloat('packetsSent', { nullable: true, description: 'Packets sent.' }),
    packetsRecv: t.exposeFloat('packetsRecv', { nullable: true, description: 'Packets received.' }),
    errorsIn: t.exposeFloat('errorsIn', { nullable: true, description: 'Errors while receiving.' }),
    errorsOut: t.exposeFloat('errorsOut', { nullable: true, description: 'Errors while sending.' }),
  }),
});

const Temperature = builder.objectRef<{ cpuC: number | null; gpuC: number | null }>('Temperature').implement({
  description: 'Degrees Celsius; null unless ENABLE_TEMPERATURE_MONITORING is on and there is a sensor.',
  fields: (t) => ({
    cpuC: t.exposeFloat('cpuC', { nullable: true, description: 'The hottest processor sensor.' }),
    gpuC: t.exposeFloat('gpuC', { nullable: true, description: 'The first GPU.' }),
  }),
});

function firstGpu({ hostId }: HostSample, { journal }: GraphContext) {
  return journal.gauges.newest(gpuSampled, hostId)?.payload.gpus[0] ?? null;
}

export const SystemMetrics = builder.objectRef<HostSample>('SystemMetrics').implement({
  description: 'One sample of a host.',
  fields: (t) => ({
    hostId: t.exposeID('hostId', { description: 'The host’s name for itself.' }),
    sampledAt: t.expose('sampledAt', { type: 'DateTime', description: 'When it was taken.' }),
    cpu: t.expose('cpu', { type: Cpu, description: 'Processors.' }),
    memory: t.expose('memory', { type: Memory, description: 'Memory.' }),
    disk: t.expose('disk', { type: Disk, description: 'Disk.' }),
    network: t.expose('network', { type: Network, description: 'Network.' }),
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
          context.facts.features['ENABLE_TEMPERATURE_MONITORING'] === true
            ? (firstGpu(sample, context)?.temperatureC ?? null)
            : null,
      }),
    }),
    health: t.field({
      type: HostHealthType,
      description: 'How near its resources are to being used up, those that are known.',
      resolve: (sample) => judge(sample).health,
    }),
    uptimeSeconds: t.exposeFloat('uptimeSeconds', {
      nullable: true,
      description: 'Seconds since the host started.',
    }),
  }),
});

const Host = builder.objectRef<HostInfo>('Host').implement({
  description: 'A host that is watched.',
  fields: (t) => ({
    id: t.exposeID('hostId', { description: 'The host’s name for itself.' }),
    hostname: t.exposeString('hostname', { description: 'Its name.' }),
    platform: t.exposeString('platform', { description: '`linux`, `darwin`, `win32`.' }),
    os: t.exposeString('os', { nullable: true, description: 'Name and version of the operating system.' }),
    kernel: t.exposeString('kernel', { nullable: true, description: 'Kernel release.' }),
    arch: t.exposeString('arch', { description: '`x64`, `arm64`.' }),
    cpuModel: t.exposeString('cpuModel', { nullable: true, description: 'As the processor names itself.' }),
    cores: t.exposeInt('cores', { description: 'Logical processors.' }),
    memoryTotalMb: t.exposeFloat('memoryTotalMb', {
      nullable: true,
      description: 'Memory, MB of 2^20 bytes.',
    }),
    bootedAt: t.expose('bootedAt', { type: 'DateTime', nullable: true, description: 'When it started.' }),
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

const hostIdArg = 'Which host; default: the one this server runs on.';

builder.queryField('systemMetrics', (t) =>
  t.field({
    type: SystemMetrics,
    nullable: true,
    requires: 'read',
    description:
      'The newest sample of a host, at most 2 seconds old; null for an unknown host or while FEATURE_SYSTEM_MONITORING is off.',
    args: { hostId: t.arg.id({ description: hostIdArg }) },
    resolve: async (_root, { hostId }, { journal, facts }) => {
      await journal.demand.freshen(hostSampled.name, 2_000, 1_000);
      return journal.gauges.newest(hostSampled, hostId ?? facts.hostId)?.payload;
    },
  }),
);

builder.subscriptionField('systemMetrics', (t) =>
  t.field({
    type: SystemMetrics,
    requires: 'read',
    description: 'LATEST, not again while it stays the same. A host’s samples, the newest at once.',
    args: {
      hostId: t.arg.id({ description: hostIdArg }),
      everyMs: t.arg.int({
        description: everyMsDescription({ defaultMs: 1_000, configured: true }),
      }),
    },
    extensions: stream({
      delivery: 'LATEST',
      feature: 'FEATURE_SYSTEM_MONITORING',
      topic: hostSampled.name,
      keys: ({ hostId }, { facts }) => [(hostId as string | null | undefined) ?? facts.hostId],
      everyMs: (args, { facts }) => paceOf(args, facts.intervals.systemMetricsMs),
    }),
    subscribe: throughTheDoor<HostSample>,
    resolve: (entry) => entry.payload,
  }),
);

const SystemHistoryPoint = builder.objectRef<HistoryPoint>('SystemHistoryPoint').implement({
  description:
    'A span of a host’s history. Values are means of the samples in it; null where there were none.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'Start of the span.' }),
    samples: t.exposeInt('samples', { description: 'Samples in the span.' }),
    cpuPercent: t.exposeFloat('cpuPercent', { nullable: true, description: '0 to 100.' }),
    cpuPercentMax: t.exposeFloat('cpuPercentMax', {
      nullable: true,
      description: 'The highest sample, 0 to 100.',
    }),
    memoryPercent: t.exposeFloat('memoryPercent', { nullable: true, description: '0 to 100.' }),
    memoryPercentMax: t.exposeFloat('memoryPercentMax', {
      nullable: true,
      description: 'The highest sample, 0 to 100.',
    }),
    diskPercent: t.exposeFloat('diskPercent', { nullable: true, description: '0 to 100.' }),
    diskReadMbs: t.exposeFloat('diskReadMbs', { nullable: true, description: 'MB a second.' }),
    diskWriteMbs: t.exposeFloat('diskWriteMbs', { nullable: true, description: 'MB a second.' }),
    networkSentMbs: t.exposeFloat('networkSentMbs', { nullable: true, description: 'MB a second.' }),
    networkRecvMbs: t.exposeFloat('networkRecvMbs', { nullable: true, description: 'MB a second.' }),
    cpuC: t.exposeFloat('cpuC', { nullable: true, description: 'Degrees Celsius.' }),
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
      hostId: t.arg.id({ description: hostIdArg }),
      since: t.arg({ type: 'DateTime', description: 'Start (inclusive). Default: an hour before `until`.' }),
      until: t.arg({ type: 'DateTime', description: 'End (exclusive). Default: now.' }),
      points: t.arg.int({ description: `Spans, 1 to ${pointsMax}. Default: 120.` }),
    },
    resolve: async (_root, { hostId, since, until, points }, { db, facts }) => {
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
      return [
        ...(await readHistory(db, {
          hostId: hostId ?? facts.hostId,
          since: start,
          until: end,
          points: spans,
        })),
      ];
    },
  }),
);
