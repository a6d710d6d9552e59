import { pruneLog } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { activityEvents } from './events.ts';
import './graph.ts';
import { activityTopics } from './of-entry.ts';
import { projectActivities, pruneActivities } from './store.ts';

/** What was done by whom: reported activities, and those that follow from events of other nouns. */
export function activityDomain(): Domain {
  return {
    name: 'activity',
    projections: activityTopics.map((topic) => ({ topic, project: projectActivities })),
    async prune({ database: { kysely } }, { since }) {
      const events = await pruneLog(kysely, activityEvents.name, since);
      return events + (await pruneActivities(kysely, since));
    },
    start: async () => ({ sources: [], stop: () => {} }),
  };
}
