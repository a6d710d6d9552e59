import { sql, type Kysely } from 'kysely';

/** Whether the values of a series are those of a counter. Series that exist get it with their next value. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table metric_series add column kind text`.execute(db);
}
