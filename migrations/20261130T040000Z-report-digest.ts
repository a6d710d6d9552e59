import { sql, type Kysely } from 'kysely';

/**
 * A digest of what a producer reported under its idempotency key; null: the event has no key of a producer, or was
 * stored before this migration.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table events add column report_digest text`.execute(db);
}
