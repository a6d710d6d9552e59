import { builder } from '../../graph/builder.ts';
import { historyRange, historyRangeArgs, type HistoryRange } from '../../graph/history-range.ts';
import { loader } from '../../graph/loaders.ts';
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

interface WantedHistory {
  readonly hostId: string;
  readonly range: HistoryRange;
}

/** Reads the histories of one range with one statement. */
const historyOf = loader<WantedHistory, readonly HistoryPoint[]>(
  async ({ db }, wanted) => {
    const found = new Map<WantedHistory, readonly HistoryPoint[]>();
    const ranges = new Map(wanted.map(({ range }) => [JSON.stringify(range), range]));
    for (const [text, range] of ranges) {
      const ofRange = wanted.filter((one) => JSON.stringify(one.range) === text);
      const histories = await readHistories(
        db,
        ofRange.map(({ hostId }) => hostId),
        range,
      );
      for (const one of ofRange) found.set(one, histories.get(one.hostId) ?? []);
    }
    return found;
  },
  (key) => JSON.stringify(key),
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
      // a whole second, so that the fields of one query share a statement
      const until = args.until ?? new Date(Math.ceil(Date.now() / 1_000) * 1_000);
      const range = historyRange({ ...args, until });
      return [...((await historyOf(context).load({ hostId, range })) ?? [])];
    },
  }),
}));
