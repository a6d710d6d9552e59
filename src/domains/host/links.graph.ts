import { builder } from '../../graph/builder.ts';
import { historyRangeArgs, sharedHistoryRange, type HistoryRange } from '../../graph/history-range.ts';
import { groupedLoader } from '../../graph/loaders.ts';
import { nodeLink } from '../../graph/links.ts';
import { Gpu, GpuMetrics, gpusOf } from '../gpu/graph.ts';
import { Host, SystemHistoryPoint, SystemMetrics } from './graph.ts';
import { readHistories, type HistoryPoint } from './store.ts';

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

const historyOf = groupedLoader<HistoryRange, readonly HistoryPoint[]>(({ db }, hostIds, range) =>
  readHistories(db, hostIds, range),
);

builder.objectFields(Host, (t) => ({
  gpus: t.field({
    type: [Gpu],
    requires: 'read',
    extensions: { link: 'gpus' },
    description:
      'GPUs by index, each with its newest sample. Empty while ENABLE_GPU_MONITORING is off, and while nvidia-smi does not respond.',
    resolve: ({ hostId }, _args, context) => gpusOf(hostId, context),
  }),
  history: t.field({
    type: [SystemHistoryPoint],
    requires: 'read',
    extensions: { link: 'systemHistory' },
    description:
      'History of the host, oldest first, in at most `points` intervals; intervals without samples are omitted.',
    args: historyRangeArgs(t.arg),
    resolve: async ({ hostId }, args, context) => {
      const history = await historyOf(context, hostId, sharedHistoryRange(args));
      return [...(history ?? [])];
    },
  }),
}));
