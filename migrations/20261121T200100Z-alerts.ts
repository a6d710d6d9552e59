import { sql, type Kysely } from 'kysely';

/** Alerts with their status, and all activities, as one list. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table alerts (
    seq bigint primary key,
    id text not null unique,
    alert_type text not null,
    level text not null,
    title text not null,
    message text not null,
    source text not null,
    subject text not null,
    agent_id text,
    provider text,
    auto_dismiss boolean not null,
    actions text[] not null,
    raised_at timestamptz not null,
    acknowledged_at timestamptz,
    acknowledged_by text,
    resolved_at timestamptz
  )`.execute(db);
  await sql`create index alerts_time on alerts (raised_at, seq)`.execute(db);
  await sql`create index alerts_type on alerts (alert_type, raised_at, seq)`.execute(db);
  await sql`create index alerts_agent on alerts (agent_id, raised_at, seq) where agent_id is not null`.execute(
    db,
  );
  await sql`create index alerts_active on alerts (raised_at, seq)
    where acknowledged_at is null and resolved_at is null`.execute(db);
  await sql`create index alerts_dismissed on alerts (raised_at) where auto_dismiss and resolved_at is null`.execute(
    db,
  );
  await sql`create index alerts_of_rules on alerts (alert_type, subject, seq) where source = 'alert_engine'`.execute(
    db,
  );
  await sql`create index alerts_resolved on alerts (resolved_at) where resolved_at is not null`.execute(db);
  await sql`comment on table alerts is 'Alerts and how they stand; seq is the position of the event that raised them.'`.execute(
    db,
  );

  await sql`create table activities (
    seq bigint primary key,
    id text not null,
    title text not null,
    description text,
    actor text,
    action_type text not null,
    status text not null,
    severity_level text not null,
    duration_seconds double precision,
    metadata jsonb not null,
    occurred_at timestamptz not null
  )`.execute(db);
  await sql`create index activities_time on activities (occurred_at, seq)`.execute(db);
  await sql`comment on table activities is 'Reported activities and those that follow from other events; seq is the position in events.'`.execute(
    db,
  );
}
