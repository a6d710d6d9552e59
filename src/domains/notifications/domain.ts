import { retainedEntries } from '../../journal/retention.ts';
import type { Domain } from '../domain.ts';
import { notificationEvents } from './events.ts';
import './graph.ts';
import { notificationTable, retainedNotifications } from './store.ts';

/** Notifications for one user or for all users. */
export function notificationsDomain(): Domain {
  return {
    name: 'notifications',
    handlers: [notificationTable],
    retained: [retainedNotifications, retainedEntries(notificationEvents.name)],
  };
}
