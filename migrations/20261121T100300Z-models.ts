import { sql, type Kysely } from 'kysely';

/** Data about models beyond that of their servers, and reported backups. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table models (
    model_id text primary key,
    model_name text,
    status text,
    status_at timestamptz,
    report jsonb,
    reported_at timestamptz
  )`.execute(db);
  await sql`comment on table models is 'The status that the last event gave a model, and what producers reported of it.'`.execute(
    db,
  );
  await sql`create table backups (
    seq bigint primary key,
    status text not null,
    finished_at timestamptz not null
  )`.execute(db);
  await sql`comment on table backups is 'Database backups that producers reported; seq is the position in events.'`.execute(
    db,
  );
}
