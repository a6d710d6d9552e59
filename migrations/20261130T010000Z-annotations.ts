import { sql, type Kysely } from 'kysely';

/** Texts at times and in ranges, which clients show on charts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table annotations (
    annotation_id text primary key,
    text text not null,
    tags text[] not null,
    starts_at timestamptz not null,
    ends_at timestamptz,
    host_id text,
    metric_name text,
    provider text,
    agent_id text,
    model_id text,
    created_at timestamptz not null,
    created_by text not null,
    updated_at timestamptz not null,
    updated_by text not null
  )`.execute(db);
  await sql`create index annotations_starts_at on annotations (starts_at, annotation_id)`.execute(db);
  await sql`comment on table annotations is 'Texts at instants (ends_at is null) and in ranges, for charts.'`.execute(
    db,
  );
}
