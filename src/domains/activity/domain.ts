import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { activityEvents } from './events.ts';
import './graph.ts';
import { activityTable, retainedActivities } from './store.ts';

/** What was done by whom: reported activities, and those that follow from events of other nouns. */
export function activityDomain(): Domain {
  return {
    name: 'activity',
    handlers: [activityTable],
    retained: [retainedEntries(activityEvents.name), retainedActivities],
  };
}
