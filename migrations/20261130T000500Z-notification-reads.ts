import { sql, type Kysely } from 'kysely';

/** Which notifications each subject has read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table notification_reads (
    subject text not null,
    notification_seq bigint not null,
    read_at timestamptz not null,
    primary key (subject, notification_seq)
  )`.execute(db);
  await sql`comment on table notification_reads is 'Notifications that a subject marked as read one by one.'`.execute(
    db,
  );
  await sql`create table notification_read_marks (
    subject text not null,
    until_seq bigint not null,
    read_at timestamptz not null,
    primary key (subject, until_seq)
  )`.execute(db);
  await sql`comment on table notification_read_marks is 'A subject marked all notifications up to until_seq as read.'`.execute(
    db,
  );
}
