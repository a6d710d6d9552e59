import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
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

type Db = Kysely<Database>;

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

function toEntry(row: Selectable<NotificationsTable>): Entry<NotificationPayload> {
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

/** A notification's place in the order of the list. */
export interface NotificationKey {
  readonly at: Date;
  readonly seq: number;
}

export interface NotificationPage {
  /** Whose: theirs and those for everybody. */
  readonly subject: string;
  readonly limit: number;
  /** Newest first, or oldest first when reading backwards. */
  readonly newestFirst: boolean;
  readonly olderThan: NotificationKey | null;
  readonly newerThan: NotificationKey | null;
}

/**
 * One page by keyset. What is for everybody and what is for the subject have an index each, so that somebody with few
 * notifications among millions of others' is answered as fast.
 */
export async function readNotifications(
  db: Db,
  { subject, ...page }: NotificationPage,
): Promise<readonly Entry<NotificationPayload>[]> {
  const direction = page.newestFirst ? 'desc' : 'asc';
  const rows = await db
    .selectFrom(
      pageOf(db, null, page)
        .unionAll(pageOf(db, subject, page))
        .as('visible'),
    )
    .selectAll()
    .orderBy('occurred_at', direction)
    .orderBy('seq', direction)
    .limit(page.limit)
    .execute();
  return rows.map(toEntry);
}

function pageOf(db: Db, userId: string | null, page: Omit<NotificationPage, 'subject'>) {
  const direction = page.newestFirst ? 'desc' : 'asc';
  const { olderThan, newerThan } = page;
  let query = of(db, userId).selectAll();
  if (olderThan !== null)
    query = query.where(sql<boolean>`(occurred_at, seq) < (${olderThan.at}, ${olderThan.seq})`);
  if (newerThan !== null)
    query = query.where(sql<boolean>`(occurred_at, seq) > (${newerThan.at}, ${newerThan.seq})`);
  // in a query of its own: a part of a union has no order
  const ordered = query.orderBy('occurred_at', direction).orderBy('seq', direction).limit(page.limit);
  return db.selectFrom(ordered.as('part')).selectAll();
}

function of(db: Db, userId: string | null) {
  const query = db.selectFrom('notifications');
  return userId === null ? query.where('user_id', 'is', null) : query.where('user_id', '=', userId);
}

/** Those for the subject and those for everybody. */
export async function countNotifications(db: Db, subject: string): Promise<number> {
  const row = await db
    .selectFrom('notifications')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where((eb) => eb.or([eb('user_id', 'is', null), eb('user_id', '=', subject)]))
    .executeTakeFirst();
  return row?.count ?? 0;
}

/** Notifications, by when they were stored. */
export const retainedNotifications: Retained = {
  table: 'notifications',
  by: 'recorded_at',
  inOrderOfTime: true,
};
