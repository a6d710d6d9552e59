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
  partFields,
} from '../../graph/exposed-fields.ts';
import type { GraphContext } from '../../graph/context.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { nodeType } from '../../graph/node.ts';
import { gpuSampled, type Gpu as GpuRecord, type GpuSample } from './events.ts';

/** Of `Gpu`, and of the input of host agents. */
export const gpuFields = {
  index: int('Index of the GPU on its host, from 0.'),
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

export const GpuSampleType = exposedType<GpuRecord>(
  'GpuSample',
  'A sample of an NVIDIA GPU. Source: nvidia-smi. Null values are not reported by the driver.',
  gpuFields,
);

/** A GPU of a host, with its newest sample. */
interface HostGpu {
  readonly hostId: string;
  readonly sampledAt: number;
  readonly gpu: GpuRecord;
}

/** The GPUs of a host by index, each with its newest sample. */
export async function gpusOf(hostId: string, { journal }: GraphContext): Promise<HostGpu[]> {
  await journal.demand.refresh(gpuSampled.name, 4_000, 1_500);
  const sample = journal.gauges.newest(gpuSampled, hostId)?.payload;
  return sample === undefined ? [] : sample.gpus.map((gpu) => ({ hostId, sampledAt: sample.sampledAt, gpu }));
}

/** The index comes first, because it contains no colon. */
function gpuKey(hostId: string, index: number): string {
  return `${index}:${hostId}`;
}

export const Gpu = nodeType<HostGpu>('Gpu', {
  description: 'An NVIDIA GPU of a host. Source: nvidia-smi. Null values are not reported by the driver.',
  key: ({ hostId, gpu }) => gpuKey(hostId, gpu.index),
  load: async (keys, context) => {
    const hostIds = new Set(keys.map((key) => key.slice(key.indexOf(':') + 1)));
    const found = await Promise.all([...hostIds].map((hostId) => gpusOf(hostId, context)));
    return new Map(found.flat().map((one) => [gpuKey(one.hostId, one.gpu.index), one]));
  },
  fields: (t) => ({
    ...exposedFields(t, {
      hostId: id('Id of the host: its hostname.'),
      sampledAt: dateTime('Time of the newest sample.'),
    }),
    ...partFields(t, ({ gpu }) => gpu, {
      uuid: nullable.string(gpuFields.uuid.description),
      name: nullable.string(gpuFields.name.description),
      memoryTotalBytes: nullable.safeInt(gpuFields.memoryTotalBytes.description),
    }),
    index: t.int({ description: gpuFields.index.description, resolve: ({ gpu }) => gpu.index }),
    sample: t.expose('gpu', { type: GpuSampleType, description: 'The values of the newest sample.' }),
  }),
});

export const GpuMetrics = builder.objectRef<GpuSample>('GpuMetrics').implement({
  description:
    'A sample of all NVIDIA GPUs of a host. Source: nvidia-smi, read by the server or a host agent on the host.',
  fields: (t) =>
    exposedFields(t, {
      hostId: id('Id of the host: its hostname.'),
      sampledAt: dateTime('Time of the sample.'),
      available: boolean('Whether nvidia-smi responds.'),
      reason: nullable.string('Why the GPUs are not available, for people. Null if they are available.'),
      gpus: listOf(GpuSampleType, 'A sample of each GPU by index. Empty if they are not available.'),
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
      'Returns the GPUs of a host, by index, each with its newest sample. Empty while ENABLE_GPU_MONITORING is off, unless a host agent ' +
      'reports the host, and while nvidia-smi does not respond.',
    args: hostIdArgument(t.arg),
    resolve: (_root, { hostId }, context) => gpusOf(hostId ?? context.serverInfo.hostId, context),
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
