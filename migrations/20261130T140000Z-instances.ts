import { sql, type Kysely } from 'kysely';

/**
 * What the instances on this database tell each other: who they are, which of them does the work that runs once, and
 * their newest gauges. All of it is written again within seconds, so the tables are unlogged: they cost no write-ahead
 * log, and are empty after a crash of the database. The fences come from a sequence, which a crash does not reset.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create unlogged table instances (
      instance_id uuid primary key,
      host_id text not null,
      version text not null,
      state text not null,
      started_at timestamptz not null,
      seen_at timestamptz not null,
      stats jsonb not null,
      demand jsonb not null
    ) with (fillfactor = 50)`,
    `create sequence lease_fences`,
    `create unlogged table leases (
      name text primary key,
      instance_id uuid not null,
      fence bigint not null,
      until timestamptz not null
    ) with (fillfactor = 50)`,
    `create unlogged table shared_gauges (
      topic text not null,
      key text not null,
      instance_id uuid not null,
      occurred_at timestamptz not null,
      changed_at timestamptz not null,
      value jsonb not null,
      primary key (topic, key)
    ) with (fillfactor = 50)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
