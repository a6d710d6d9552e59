import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { notificationEvents, notificationReads } from './events.ts';
import './graph.ts';
import './reads.graph.ts';
import { retainedReads } from './reads.store.ts';
import { notificationTable, retainedNotifications } from './store.ts';

/** Notifications for one user or for all users, and which of them each user has read. */
export function notificationsDomain(): Domain {
  return {
    name: 'notifications',
    handlers: [notificationTable],
    retained: [
      retainedNotifications,
      ...retainedReads,
      retainedEntries(notificationEvents.name),
      retainedEntries(notificationReads.name),
    ],
  };
}
