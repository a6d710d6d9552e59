import { pruneLog } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { jobEvents } from './events.ts';
import './graph.ts';
import { projectRuns, pruneRuns } from './store.ts';

/** What runs by the clock, and how it went. */
export function jobsDomain(): Domain {
  return {
    name: 'jobs',
    projections: [{ topic: jobEvents, project: projectRuns }],
    async prune({ database: { kysely } }, { since }) {
      const events = await pruneLog(kysely, jobEvents.name, since);
      return events + (await pruneRuns(kysely, since));
    },
    start: async () => ({ sources: [], stop: () => {} }),
  };
}
