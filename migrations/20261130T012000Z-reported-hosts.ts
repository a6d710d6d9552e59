import { sql, type Kysely } from 'kysely';

/** The last report of each host that an agent reports. The history of all hosts is in host_samples. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table reported_hosts (
    host_id text primary key,
    info jsonb not null,
    sample jsonb not null,
    gpu jsonb,
    interval_ms int not null,
    reported_by text not null,
    sampled_at timestamptz not null,
    recorded_at timestamptz not null
  )`.execute(db);
  await sql`comment on table reported_hosts is 'The last report of each host, by an agent on it.'`.execute(
    db,
  );
}
