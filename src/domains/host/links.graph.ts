import { builder } from '../../graph/builder.ts';
import { nodeLink } from '../../graph/links.ts';
import { Gpu, GpuMetrics, gpusOf } from '../gpu/graph.ts';
import { Host, SystemMetrics } from './graph.ts';

const to = Host;

nodeLink(SystemMetrics, 'host', {
  to,
  description: 'The host. Null if this server does not know it.',
  key: ({ hostId }) => hostId,
});

nodeLink(Gpu, 'host', {
  to,
  description: 'The host. Null if this server does not know it.',
  key: ({ hostId }) => hostId,
});

nodeLink(GpuMetrics, 'host', {
  to,
  description: 'The host. Null if this server does not know it.',
  key: ({ hostId }) => hostId,
});

builder.objectFields(Host, (t) => ({
  gpus: t.field({
    type: [Gpu],
    requires: 'read',
    extensions: { link: 'gpus' },
    description:
      'GPUs by index, each with its newest sample. Empty while ENABLE_GPU_MONITORING is off, and while nvidia-smi does not respond.',
    resolve: ({ hostId }, _args, context) => gpusOf(hostId, context),
  }),
}));
