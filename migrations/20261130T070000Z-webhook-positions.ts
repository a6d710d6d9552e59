import { sql, type Kysely } from 'kysely';

/** Each webhook reads the log at its own pace, instead of a queue that is filled while events are stored. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table webhooks drop column dropped, add column position bigint`.execute(db);
  await sql`update webhooks set position = (select coalesce(max(seq), 0) from events)`.execute(db);
  await sql`alter table webhooks alter column position set not null`.execute(db);
}
