import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { jobEvents } from './events.ts';
import './graph.ts';
import { jobRunTable, retainedRuns } from './store.ts';

/** What runs by the clock, and how it went. */
export function jobsDomain(): Domain {
  return {
    name: 'jobs',
    handlers: [jobRunTable],
    retained: [retainedEntries(jobEvents.name), retainedRuns],
  };
}
