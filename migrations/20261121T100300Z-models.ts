import { sql, type Kysely } from 'kysely';

/** What is known of models beyond what their servers say, and the backups that were reported. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table models (
    model_id text primary key,
    model_name text,
    server text,
    status text,
    memory_usage_mb double precision,
    memory_total_mb double precision,
    inference_time_ms double precision,
    tokens_per_second double precision,
    active_sessions integer,
    reported_at timestamptz,
    updated_at timestamptz not null
  )`.execute(db);
  await sql`comment on table models is 'The last known status and the last report of every model.'`.execute(db);
  await sql`create table backups (
    seq bigint primary key,
    status text not null,
    finished_at timestamptz not null
  )`.execute(db);
  await sql`comment on table backups is 'Database backups that producers reported; seq is the position in events.'`.execute(db);
}
