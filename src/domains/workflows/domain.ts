import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { workflowEvents } from './events.ts';
import './graph.ts';
import { retainedWorkflows, workflowTable } from './store.ts';

/** Workflows in stages, optionally with an owner. Producers report them; this server starts and changes none. */
export function workflowsDomain(): Domain {
  return {
    name: 'workflows',
    handlers: [workflowTable],
    retained: [retainedWorkflows, retainedEntries(workflowEvents.name)],
  };
}
