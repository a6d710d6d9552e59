import type { ArgBuilder } from '@pothos/core';
import { builder, type GraphTypes } from '../../graph/builder.ts';
import { boolean, dateTime, exposedFields, id, int, listOf, nullable } from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { gpuSampled, type Gpu as GpuRecord, type GpuSample } from './events.ts';

export const Gpu = builder.objectRef<GpuRecord>('Gpu').implement({
  description: 'An NVIDIA GPU as nvidia-smi shows it. What it does not tell is null. MB are 2^20 bytes.',
  fields: (t) =>
    exposedFields(t, {
      gpuId: int('Index on its host, from 0.'),
      uuid: nullable.string('Its own id.'),
      name: nullable.string('Product name.'),
      percent: nullable.float('Busy share, 0 to 100.'),
      memoryUsedMb: nullable.float('Memory in use.'),
      memoryTotalMb: nullable.float('Memory in all.'),
      temperatureC: nullable.float('Degrees Celsius.'),
      powerW: nullable.float('Watts drawn.'),
      clockMhz: nullable.float('Graphics clock, MHz.'),
      fanPercent: nullable.float('Fan, 0 to 100.'),
    }),
});

const GpuMetrics = builder.objectRef<GpuSample>('GpuMetrics').implement({
  description: 'All GPUs of a host at one moment.',
  fields: (t) =>
    exposedFields(t, {
      hostId: id('The host.'),
      sampledAt: dateTime('When.'),
      available: boolean('GPU monitoring is on and nvidia-smi answers.'),
      reason: nullable.string('Why it is not available.'),
      gpus: listOf(Gpu, 'By index.'),
    }),
});

export const whichHost = (t: ArgBuilder<GraphTypes>) => ({
  hostId: t.id({ description: 'Which host; default: the one this server runs on.' }),
});

builder.queryField('gpus', (t) =>
  t.field({
    type: [Gpu],
    requires: 'read',
    description: 'The GPUs of a host; none while ENABLE_GPU_MONITORING is off or nvidia-smi does not answer.',
    args: whichHost(t.arg),
    resolve: async (_root, { hostId }, { journal, serverInfo }) => {
      await journal.demand.refresh(gpuSampled.name, 4_000, 1_500);
      return [...(journal.gauges.newest(gpuSampled, hostId ?? serverInfo.hostId)?.payload.gpus ?? [])];
    },
  }),
);

gaugeSubscription('gpuMetrics', {
  type: GpuMetrics,
  topic: gpuSampled,
  description: 'All GPUs of a host, the newest values at once.',
  args: whichHost,
  keys: ({ hostId }, { serverInfo }) => [hostId ?? serverInfo.hostId],
  everyMs: { defaultMs: 2_000, configured: 'gpuMetricsMs' },
  feature: 'ENABLE_GPU_MONITORING',
});
