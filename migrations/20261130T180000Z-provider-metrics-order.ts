import { sql, type Kysely } from 'kysely';

/** The stored statistics of all providers are a list in pages. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table provider_metrics add column seq bigint generated always as identity`.execute(db);
  await sql`create index provider_metrics_order on provider_metrics (at, seq)`.execute(db);
}
