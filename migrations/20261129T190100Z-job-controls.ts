import { sql, type Kysely } from 'kysely';

/** Jobs can be disabled, and runs in progress cancelled. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table job_state
    add column enabled boolean not null default true,
    add column enabled_changed_at timestamptz,
    add column enabled_changed_by text,
    add column cancelled_by text`.execute(db);
  await sql`alter table job_runs add column cancelled_by text`.execute(db);
}
