import { sql, type Kysely } from 'kysely';

/** The stored history of gauges. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table gauge_samples (
    gauge text not null,
    subject text not null,
    at timestamptz not null,
    numbers jsonb not null,
    primary key (gauge, subject, at)
  )`.execute(db);
  await sql`comment on table gauge_samples is 'Samples of gauges, at most one of each subject in a span of HISTORY_INTERVAL_S.'`.execute(
    db,
  );
}
