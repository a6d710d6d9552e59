import { sql, type Kysely } from 'kysely';

/** Scheduled jobs: due times, claims and outcomes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table job_state (
    job_id text primary key,
    trigger text not null,
    due_at timestamptz not null,
    run_id text,
    run_started_at timestamptz,
    run_by text,
    lease_until timestamptz,
    last_run_at timestamptz,
    last_outcome text,
    last_duration_ms double precision
  )`.execute(db);
  await sql`comment on table job_state is 'Jobs: when each is due, the claim of the run that goes on, and how the last one ended.'`.execute(
    db,
  );

  await sql`create table job_runs (
    seq bigint primary key,
    run_id text not null,
    job_id text not null,
    job_name text not null,
    started_at timestamptz not null,
    finished_at timestamptz not null,
    duration_ms double precision,
    outcome text not null,
    error text,
    triggered_by text
  )`.execute(db);
  await sql`create index job_runs_time on job_runs (finished_at, seq)`.execute(db);
  await sql`create index job_runs_job on job_runs (job_id, finished_at, seq)`.execute(db);
  await sql`comment on table job_runs is 'Runs of jobs that ended; seq is the position of the event that says so.'`.execute(
    db,
  );
}
