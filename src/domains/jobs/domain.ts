import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { jobEvents } from './events.ts';
import './graph.ts';
import './links.graph.ts';
import './mutations.graph.ts';
import { jobRunTable, retainedRuns } from './store.ts';

/** Scheduled jobs: their state, their runs, and the mutation that triggers a run. `src/jobs` runs them. */
export function jobsDomain(): Domain {
  return {
    name: 'jobs',
    handlers: [jobRunTable],
    retained: [retainedEntries(jobEvents.name), retainedRuns],
  };
}
