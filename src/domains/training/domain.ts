import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { trainingActivityChanged, trainingActivityKey, trainingEvents } from './events.ts';
import './graph.ts';
import { trainingSource } from './source.ts';
import { countRuns, trainingRunTable, retainedRuns } from './store.ts';

/** Training runs, as trainers tell of them. */
export function trainingDomain(): Domain {
  return {
    name: 'training',
    handlers: [trainingRunTable],
    retained: [retainedRuns, retainedEntries(trainingEvents.name)],
    async start({ database, journal }) {
      const count = (): Promise<number> => countRuns(database.kysely, 'RUNNING');
      journal.gauges.put([
        { topic: trainingActivityChanged, key: trainingActivityKey, payload: { running: await count() } },
      ]);
      return { sources: [trainingSource({ count })] };
    },
  };
}
