import type { ArgBuilder } from '@pothos/core';
import { builder, type GraphTypes } from '../../graph/builder.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  exposedType,
  id,
  int,
  listOf,
  nullable,
} from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { gpuSampled, type Gpu as GpuRecord, type GpuSample } from './events.ts';

/** Of `Gpu`, and of the input of host agents. */
export const gpuFields = {
  gpuId: int('Index of the GPU on its host, from 0.'),
  uuid: nullable.string('Identifier of the GPU, as in `GPU-004f693d-767b-b215-b4a9-a18af0ffd643`.'),
  name: nullable.string('Product name, as in `NVIDIA H200`.'),
  busyPercent: nullable.float('Share of time in which the GPU was busy, in percent, 0 to 100.'),
  memoryUsedBytes: nullable.safeInt('GPU memory that is allocated, by all processes together, in bytes.'),
  memoryTotalBytes: nullable.safeInt('Size of the GPU memory, in bytes.'),
  temperatureC: nullable.float('Temperature of the GPU, in degrees Celsius.'),
  powerW: nullable.float('Power draw, in watts.'),
  clockMhz: nullable.float('Frequency of the graphics clock, in MHz.'),
  fanPercent: nullable.float('Fan speed in percent of its maximum, 0 to 100.'),
} as const;

export const Gpu = exposedType<GpuRecord>(
  'Gpu',
  'A sample of an NVIDIA GPU. Source: nvidia-smi. Null values are not reported by the driver.',
  gpuFields,
);

export const GpuMetrics = builder.objectRef<GpuSample>('GpuMetrics').implement({
  description:
    'A sample of all NVIDIA GPUs of a host. Source: nvidia-smi, read by the server or a host agent on the host.',
  fields: (t) =>
    exposedFields(t, {
      hostId: id('Id of the host: its hostname.'),
      sampledAt: dateTime('Time of the sample.'),
      available: boolean('Whether nvidia-smi responds.'),
      reason: nullable.string('Why the GPUs are not available, for people. Null if they are available.'),
      gpus: listOf(Gpu, 'GPUs of the host by index. Empty if they are not available.'),
    }),
});

export const hostIdArgument = (t: ArgBuilder<GraphTypes>) => ({
  hostId: t.id({ description: 'Id of the host. Default: the host of this server.' }),
});

builder.queryField('gpus', (t) =>
  t.field({
    type: [Gpu],
    requires: 'read',
    description:
      'Returns the newest sample of each GPU of a host, by index. Empty while ENABLE_GPU_MONITORING is off, unless a host agent ' +
      'reports the host, and while nvidia-smi does not respond.',
    args: hostIdArgument(t.arg),
    resolve: async (_root, { hostId }, { journal, serverInfo }) => {
      await journal.demand.refresh(gpuSampled.name, 4_000, 1_500);
      return [...(journal.gauges.newest(gpuSampled, hostId ?? serverInfo.hostId)?.payload.gpus ?? [])];
    },
  }),
);

gaugeSubscription('gpuMetrics', {
  type: GpuMetrics,
  topic: gpuSampled,
  description: 'Samples of all GPUs of a host.',
  args: hostIdArgument,
  keys: ({ hostId }, { serverInfo }) => [hostId ?? serverInfo.hostId],
  everyMs: { defaultMs: 2_000, configured: 'gpuMetricsMs' },
  feature: 'ENABLE_GPU_MONITORING',
  featureOfOwnHost: true,
});
