import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { workflowEvents } from './events.ts';
import './graph.ts';
import { workflowTable, retainedWorkflows } from './store.ts';

/** Work in stages, which may have an owner, as producers report it. */
export function workflowsDomain(): Domain {
  return {
    name: 'workflows',
    handlers: [workflowTable],
    retained: [retainedWorkflows, retainedEntries(workflowEvents.name)],
  };
}
