import { sql, type SqlBool } from 'kysely';
import { keysetList } from '../../db/keyset-list.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows } from '../../db/write-rows.ts';
import { entryColumns, entryOf, type EntryColumns } from '../../journal/entry-columns.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import { isRead, isVisible } from './conditions.ts';
import {
  notificationEvents,
  notificationIdOf,
  notificationSent,
  type NotificationPayload,
} from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    notifications: NotificationsTable;
  }
}

/** `id` is the id of the event. */
type NotificationsTable = EntryColumns &
  SnakeKeys<Omit<NotificationPayload, 'notificationId'>> & {
    id: string;
    notification_id: string;
    reported_by: string | null;
  };

/** Writes the notifications in the transaction that stores their events. */
export const notificationTable = topicHandler({
  topics: [notificationEvents],
  project: (entries) =>
    insertRows(
      'notifications',
      entries.map((entry) => ({
        ...entryColumns(entry),
        ...snakeKeys(entry.payload),
        id: entry.id,
        notification_id: notificationIdOf(entry),
        reported_by: entry.reportedBy ?? null,
      })),
    ),
});

export function toEntry(row: NotificationsTable): Entry<NotificationPayload> {
  const { id, seq: _seq, occurred_at: _at, recorded_at: _stored, reported_by: _by, ...payload } = row;
  const own = { key: row.user_id ?? '', type: notificationSent, id, payload: camelKeys(payload) };
  return entryOf(notificationEvents, row, own);
}

export interface NotificationFilter {
  readonly subject: string;
  /** Only those that the subject has read, or has not read. */
  readonly read?: boolean | null | undefined;
}

/** The notifications that a subject may see. Those for all users and those for one user have an index each. */
export const notificationList = keysetList({
  table: 'notifications',
  at: 'occurred_at',
  id: 'seq',
  filter: ({ subject, read = null }: NotificationFilter) => ({
    conditions: [
      { holds: isVisible(subject), index: { user_id: [null, subject] } },
      ...(read === null ? [] : [{ holds: sql<SqlBool>`${isRead(subject)} = ${read}` }]),
    ],
  }),
});

/** Notifications, by the time they were stored. */
export const retainedNotifications: Retained = {
  table: 'notifications',
  by: 'recorded_at',
  inOrderOfTime: true,
};
