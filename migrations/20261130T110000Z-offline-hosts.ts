import { sql, type Kysely } from 'kysely';

/** Since when a reported host is offline, so that a restarted server knows what was stored about it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table reported_hosts add column offline_at timestamptz`.execute(db);
}
