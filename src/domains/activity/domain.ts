import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { activityEvents } from './events.ts';
import './graph.ts';
import { activityTopics } from './of-entry.ts';
import { numberActivities, projectActivities, retainedActivities } from './store.ts';

/** What was done by whom: reported activities, and those that follow from events of other nouns. */
export function activityDomain(): Domain {
  return {
    name: 'activity',
    completions: activityTopics.map((topic) => ({ topic, complete: numberActivities })),
    projections: activityTopics.map((topic) => ({ topic, project: projectActivities })),
    retained: [retainedEntries(activityEvents.name), retainedActivities],
    start: async () => ({ sources: [], stop: () => {} }),
  };
}
