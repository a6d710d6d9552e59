import { pruneLog } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { beginAssembly } from './assemblies.ts';
import { transferEvents } from './events.ts';
import './graph.ts';
import { projectTransfers, pruneTransfers } from './store.ts';

/** How often it is looked for transfers that nobody goes on with. */
const sweepMs = 15_000;

/** Large data that clients send in chunks. */
export function transfersDomain(): Domain {
  return {
    name: 'transfers',
    projections: [{ topic: transferEvents, project: projectTransfers }],
    prune: async ({ database }, { since }) =>
      (await pruneTransfers(database.kysely, since)) +
      (await pruneLog(database.kysely, transferEvents.name, since)),
    async start({ journal, memory }) {
      const assembly = beginAssembly(journal.log, memory.share('transfers'));
      const sweeping = setInterval(() => assembly.sweep(performance.now()), sweepMs).unref();
      return { sources: [], stop: () => clearInterval(sweeping) };
    },
  };
}
