import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import { isRead, isUnread, isVisible, markedSeq } from './conditions.ts';

declare module '../../db/database.ts' {
  interface Database {
    notification_reads: NotificationReadsTable;
    notification_read_marks: NotificationReadMarksTable;
  }
}

/** Notifications that a subject marked as read one by one. */
interface NotificationReadsTable {
  subject: string;
  notification_seq: number;
  read_at: Date;
}

/**
 * A subject marked all notifications up to a position in the log as read. The first mark that covers a notification
 * applies, so a later one does not change when it was read.
 */
interface NotificationReadMarksTable {
  subject: string;
  until_seq: number;
  read_at: Date;
}

type Db = Kysely<Database>;

/** Of several notifications with one id, this number is marked at a time, the newest first. */
const perIdMax = 100;

/** @returns when a subject read these notifications; those that are unread are missing. */
export async function readTimes(
  db: Db,
  subject: string,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, Date>> {
  const { rows } = await sql<{ seq: number; read_at: Date }>`
    select wanted.seq, least(one.read_at, mark.read_at) as read_at
    from unnest(${seqs}::bigint[]) as wanted (seq)
    left join notification_reads as one on one.subject = ${subject} and one.notification_seq = wanted.seq
    left join lateral (
      select read_at from notification_read_marks
      where subject = ${subject} and until_seq >= wanted.seq order by until_seq limit 1
    ) as mark on true
    where one.read_at is not null or mark.read_at is not null`.execute(db);
  return new Map(rows.map(({ seq, read_at: at }) => [seq, at]));
}

export async function countUnread(db: Db, subject: string): Promise<number> {
  return countVisible(db, subject, isUnread(subject));
}

async function countVisible(db: Db, subject: string, condition: RawBuilder<SqlBool>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from notifications where ${isVisible(subject)} and ${condition}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Notifications with one id that a subject may see: their positions, and which of them are unread. */
export interface FoundNotifications {
  readonly id: string;
  readonly unread: readonly number[];
}

/** @returns one item for each id that the subject may see. */
export async function findVisible(
  db: Db,
  subject: string,
  ids: readonly string[],
): Promise<readonly FoundNotifications[]> {
  const { rows } = await sql<FoundNotifications>`
    select wanted.id, coalesce(array_agg(found.seq::float8) filter (where not found.read), '{}') as unread
    from unnest(${ids}::text[]) as wanted (id)
    cross join lateral (
      select seq, ${isRead(subject)} as read from notifications
      where notification_id = wanted.id and ${isVisible(subject)}
      order by seq desc limit ${perIdMax}
    ) as found
    group by wanted.id`.execute(db);
  return rows;
}

/** @returns the positions that were not marked before. */
export async function storeReads(
  db: Db,
  subject: string,
  seqs: readonly number[],
  at: Date,
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into notification_reads (subject, notification_seq, read_at)
    select ${subject}, seq, ${at} from unnest(${seqs}::bigint[]) as seq on conflict do nothing`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** The notifications that were stored until an instant: the position of the last one, and how many are unread. */
export async function findUnreadUntil(
  db: Db,
  subject: string,
  until: Date,
): Promise<{ readonly seq: number; readonly unread: number }> {
  const last = await db
    .selectFrom('notifications')
    .select('seq')
    .where('recorded_at', '<=', until)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const seq = last?.seq ?? 0;
  const unread = await countVisible(db, subject, sql`seq <= ${seq} and ${isUnread(subject)}`);
  return { seq, unread };
}

/** @returns false if a mark covers this position already. */
export async function storeMark(db: Db, subject: string, untilSeq: number, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into notification_read_marks (subject, until_seq, read_at)
    select ${subject}, ${untilSeq}, ${at} where ${markedSeq(subject)} < ${untilSeq}`.execute(db);
  return numAffectedRows === 1n;
}

/** A notification is stored before it is read, so it is removed with or before these rows. */
export const retainedReads: readonly Retained[] = [
  { table: 'notification_reads', by: 'read_at', key: { subject: 'text', notification_seq: 'bigint' } },
  { table: 'notification_read_marks', by: 'read_at', key: { subject: 'text', until_seq: 'bigint' } },
];
