import { pruneLog } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { notificationEvents } from './events.ts';
import './graph.ts';
import { projectNotifications, pruneNotifications } from './store.ts';

/** What users are told, each their own. */
export function notificationsDomain(): Domain {
  return {
    name: 'notifications',
    projections: [{ topic: notificationEvents, project: projectNotifications }],
    prune: async ({ database }, { since }) =>
      (await pruneNotifications(database.kysely, since)) +
      (await pruneLog(database.kysely, notificationEvents.name, since)),
    start: async () => ({ sources: [], stop: () => {} }),
  };
}
