import { builder } from '../../graph/builder.ts';
import { everyMsDescription, paceOf, stream, throughTheDoor } from '../../graph/stream.ts';
import { gpuSampled, type Gpu as GpuRecord, type GpuSample } from './events.ts';

export const Gpu = builder.objectRef<GpuRecord>('Gpu').implement({
  description: 'An NVIDIA GPU as nvidia-smi shows it. What it does not tell is null. MB are 2^20 bytes.',
  fields: (t) => ({
    gpuId: t.exposeInt('gpuId', { description: 'Index on its host, from 0.' }),
    uuid: t.exposeString('uuid', { nullable: true, description: 'Its own id.' }),
    name: t.exposeString('name', { nullable: true, description: 'Product name.' }),
    percent: t.exposeFloat('percent', { nullable: true, description: 'Busy share, 0 to 100.' }),
    memoryUsedMb: t.exposeFloat('memoryUsedMb', { nullable: true, description: 'Memory in use.' }),
    memoryTotalMb: t.exposeFloat('memoryTotalMb', { nullable: true, description: 'Memory in all.' }),
    temperatureC: t.exposeFloat('temperatureC', { nullable: true, description: 'Degrees Celsius.' }),
    powerW: t.exposeFloat('powerW', { nullable: true, description: 'Watts drawn.' }),
    clockMhz: t.exposeFloat('clockMhz', { nullable: true, description: 'Graphics clock, MHz.' }),
    fanPercent: t.exposeFloat('fanPercent', { nullable: true, description: 'Fan, 0 to 100.' }),
  }),
});

const GpuMetrics = builder.objectRef<GpuSample>('GpuMetrics').implement({
  description: 'All GPUs of a host at one moment.',
  fields: (t) => ({
    hostId: t.exposeID('hostId', { description: 'The host.' }),
    sampledAt: t.expose('sampledAt', { type: 'DateTime', description: 'When.' }),
    available: t.exposeBoolean('available', { description: 'GPU monitoring is on and nvidia-smi answers.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it is not available.' }),
    gpus: t.field({ type: [Gpu], description: 'By index.', resolve: ({ gpus }) => [...gpus] }),
  }),
});

builder.queryField('gpus', (t) =>
  t.field({
    type: [Gpu],
    requires: 'read',
    description: 'The GPUs of a host; none while ENABLE_GPU_MONITORING is off or nvidia-smi does not answer.',
    args: { hostId: t.arg.id({ description: 'Which host; default: the one this server runs on.' }) },
    resolve: async (_root, { hostId }, { journal, facts }) => {
      await journal.demand.freshen(gpuSampled.name, 4_000, 1_500);
      return [...(journal.gauges.newest(gpuSampled, hostId ?? facts.hostId)?.payload.gpus ?? [])];
    },
  }),
);

builder.subscriptionField('gpuMetrics', (t) =>
  t.field({
    type: GpuMetrics,
    requires: 'read',
    description: 'LATEST, not again while it stays the same. All GPUs of a host, the newest values at once.',
    args: {
      hostId: t.arg.id({ description: 'Which host; default: the one this server runs on.' }),
      everyMs: t.arg.int({
        description: everyMsDescription({ defaultMs: 2_000, configured: true }),
      }),
    },
    extensions: stream({
      delivery: 'LATEST',
      feature: 'ENABLE_GPU_MONITORING',
      topic: gpuSampled.name,
      keys: ({ hostId }, { facts }) => [(hostId as string | null | undefined) ?? facts.hostId],
      everyMs: (args, { facts }) => paceOf(args, facts.intervals.gpuMetricsMs),
    }),
    subscribe: throughTheDoor<GpuSample>,
    resolve: (entry) => entry.payload,
  }),
);
