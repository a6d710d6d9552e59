import { retainedEntries } from '../../journal/retention.ts';
import { polledGauge } from '../../sources/polled-gauge.ts';
import type { Domain } from '../domain.ts';
import { trainingActivityChanged, trainingActivityKey, trainingEvents } from './events.ts';
import './graph.ts';
import './reports.graph.ts';
import { retainedRuns, runList, trainingRunTable } from './store.ts';

/**
 * Training runs as producers report them: their events, a table with one row per run, and a gauge with the number of
 * running ones. Nothing here starts, observes or stops a run.
 */
export function trainingDomain(): Domain {
  return {
    name: 'training',
    handlers: [trainingRunTable],
    retained: [retainedRuns, retainedEntries(trainingEvents.name)],
    async start({ database, journal }) {
      const gauge = { topic: trainingActivityChanged, key: trainingActivityKey };
      const read = async () => ({ running: await runList.count(database.kysely, { statuses: ['RUNNING'] }) });
      journal.gauges.put([{ ...gauge, payload: await read() }]);
      return { sources: [polledGauge({ ...gauge, name: 'training', read })] };
    },
  };
}
