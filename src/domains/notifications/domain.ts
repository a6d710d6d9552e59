import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { notificationEvents } from './events.ts';
import './graph.ts';
import { projectNotifications, retainedNotifications } from './store.ts';

/** What users are told, each their own. */
export function notificationsDomain(): Domain {
  return {
    name: 'notifications',
    projections: [{ topic: notificationEvents, project: projectNotifications }],
    retained: [retainedNotifications, retainedEntries(notificationEvents.name)],
    start: async () => ({ sources: [], stop: () => {} }),
  };
}
