import { sql, type Kysely } from 'kysely';

/** Labels of alerts, and silences that match alerts by these and other columns. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table alerts add column labels jsonb not null default '{}', add column silenced_by text`.execute(
    db,
  );
  await sql`create table silences (
    silence_id text primary key,
    alert_ids text[],
    alert_types text[],
    severities text[],
    providers text[],
    agent_ids text[],
    subjects text[],
    sources text[],
    labels jsonb,
    reason text not null,
    until timestamptz not null,
    created_by text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    ended_at timestamptz,
    ended_by text
  )`.execute(db);
  await sql`create index silences_time on silences (created_at, silence_id)`.execute(db);
  await sql`create index silences_active on silences (created_at, silence_id) where ended_at is null`.execute(
    db,
  );
  await sql`comment on table silences is 'Which alerts are not reported, until when and why. A column that is null matches all alerts.'`.execute(
    db,
  );
}
