import { sql, type Kysely } from 'kysely';

/** The time of the last retention run and what it kept, to detect a clock that has jumped. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table retention_state (
    "only" boolean primary key default true check ("only"),
    ran_at timestamptz not null,
    kept_since timestamptz,
    audit_kept_since timestamptz
  )`.execute(db);
  await sql`comment on table retention_state is 'One row: the last run of retention, by the clock of the database.'`.execute(
    db,
  );
}
