import { sql, type Selectable } from 'kysely';
import { keysetList } from '../../db/keyset-list.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import {
  notificationEvents,
  notificationIdOf,
  notificationSent,
  type NotificationAction,
  type NotificationCategory,
  type NotificationPayload,
  type NotificationPriority,
} from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    notifications: NotificationsTable;
  }
}

export interface NotificationsTable {
  seq: number;
  /** Of the event. */
  id: string;
  notification_id: string;
  /** Null: for everybody. */
  user_id: string | null;
  title: string;
  message: string;
  category: NotificationCategory;
  priority: NotificationPriority;
  action: NotificationAction | null;
  metadata: Readonly<Record<string, unknown>>;
  occurred_at: Date;
  recorded_at: Date;
  reported_by: string | null;
}

/** The list of notifications, in the transaction that stores the events. */
export const notificationTable = topicHandler({
  topics: [notificationEvents],
  project: (entries) => insertRows('notifications', entries.map(toRow)),
});

function toRow(entry: Entry<NotificationPayload>): NotificationsTable {
  const { seq, id, occurredAt, recordedAt, payload } = entry;
  return {
    seq,
    id,
    notification_id: notificationIdOf(entry),
    user_id: payload.userId,
    title: payload.title,
    message: payload.message,
    category: payload.category,
    priority: payload.priority,
    action: payload.action,
    metadata: payload.metadata,
    occurred_at: new Date(occurredAt),
    recorded_at: new Date(recordedAt),
    reported_by: entry.reportedBy ?? null,
  };
}

export function toEntry(row: Selectable<NotificationsTable>): Entry<NotificationPayload> {
  return {
    topic: notificationEvents.name,
    key: row.user_id ?? '',
    type: notificationSent,
    id: row.id,
    seq: row.seq,
    occurredAt: row.occurred_at.getTime(),
    recordedAt: row.recorded_at.getTime(),
    urgent: false,
    reportedBy: row.reported_by,
    payload: {
      notificationId: row.notification_id,
      userId: row.user_id,
      title: row.title,
      message: row.message,
      category: row.category,
      priority: row.priority,
      action: row.action,
      metadata: row.metadata,
    },
  };
}

/** What a subject may see. What is for everybody and what is for one user have an index each. */
export const notificationList = keysetList({
  table: 'notifications',
  at: 'occurred_at',
  id: 'seq',
  filter: ({ subject }: { readonly subject: string }) => ({
    conditions: [
      { holds: sql`user_id is null or user_id = ${subject}`, index: { user_id: [null, subject] } },
    ],
  }),
});

/** Notifications, by when they were stored. */
export const retainedNotifications: Retained = {
  table: 'notifications',
  by: 'recorded_at',
  inOrderOfTime: true,
};
