import { sql, type Kysely } from 'kysely';

/** Metrics that clients report: their series, and a downsampled history of each. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table metric_series (
    id uuid primary key,
    name text not null,
    labels jsonb not null,
    unit text,
    reported_by text not null,
    created_at timestamptz not null
  )`.execute(db);
  await sql`create index metric_series_name on metric_series (name)`.execute(db);
  await sql`create index metric_series_created_at on metric_series (created_at)`.execute(db);
  await sql`comment on table metric_series is 'One row per name and set of labels.'`.execute(db);

  // The fill factor leaves room for the updates of a row within its ten seconds.
  await sql`create table metric_samples (
    series_id uuid not null,
    at timestamptz not null,
    samples int not null,
    sum double precision not null,
    min double precision not null,
    max double precision not null,
    last double precision not null,
    last_at timestamptz not null,
    primary key (series_id, at)
  ) with (fillfactor = 70)`.execute(db);
  await sql`create index metric_samples_at on metric_samples using brin (at)`.execute(db);
  await sql`comment on table metric_samples is 'One row per series and ten seconds in which it had samples.'`.execute(
    db,
  );
}
