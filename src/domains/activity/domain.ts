import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { activityEvents } from './events.ts';
import './graph.ts';
import { activityTable, retainedActivities } from './store.ts';

/**
 * A list of actions: those that producers report, and those that are derived from events of other domains when these
 * events are stored.
 */
export function activityDomain(): Domain {
  return {
    name: 'activity',
    handlers: [activityTable],
    retained: [retainedEntries(activityEvents.name), retainedActivities],
  };
}
