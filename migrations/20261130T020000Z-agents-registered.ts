import { sql, type Kysely } from 'kysely';

/** The order in which agents that are not configured are shown. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table agents add column registered_at timestamptz not null default clock_timestamp()`.execute(
    db,
  );
}
