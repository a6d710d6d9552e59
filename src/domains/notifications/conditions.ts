import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** Conditions on rows of the table notifications, for one subject. */

/** The position up to which the subject has marked all notifications as read. */
export const markedSeq = (subject: string): RawBuilder<number> =>
  sql`coalesce((select max(until_seq) from notification_read_marks where subject = ${subject}), 0)`;

export function isVisible(subject: string): RawBuilder<SqlBool> {
  return sql`(user_id is null or user_id = ${subject})`;
}

/**
 * Whether a row of the table notifications is read. For pages: a scalar subquery, because PostgreSQL may execute
 * `exists` by reading all rows of the subject.
 */
export function isRead(subject: string): RawBuilder<SqlBool> {
  return sql`(seq <= ${markedSeq(subject)} or coalesce((
    select true from notification_reads where subject = ${subject} and notification_seq = seq), false))`;
}

/** The same for counts: an anti-join. */
export function isUnread(subject: string): RawBuilder<SqlBool> {
  return sql`seq > ${markedSeq(subject)} and not exists (
    select from notification_reads where subject = ${subject} and notification_seq = seq)`;
}
