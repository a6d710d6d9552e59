import { sql, type Kysely } from 'kysely';

/** Events of types that producers choose, and those types. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table custom_events (
    seq bigint primary key,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    id text not null,
    type text not null,
    subject text,
    severity text not null,
    message text not null,
    data jsonb,
    reported_by text
  )`.execute(db);
  await sql`create index custom_events_at on custom_events (occurred_at, seq)`.execute(db);
  await sql`create index custom_events_type on custom_events (type, occurred_at, seq)`.execute(db);
  await sql`create index custom_events_subject on custom_events (subject, occurred_at, seq)
    where subject is not null`.execute(db);
  await sql`create index custom_events_severity on custom_events (severity, occurred_at, seq)`.execute(db);

  await sql`create table custom_event_types (
    name text primary key,
    first_at timestamptz not null,
    last_at timestamptz not null
  )`.execute(db);
}
