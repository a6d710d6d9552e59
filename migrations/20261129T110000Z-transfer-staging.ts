import { sql, type Kysely } from 'kysely';

/** Transfers whose bytes are being stored, before the event that makes them readable. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table transfer_stagings (
    transfer_id text primary key,
    staged_at timestamptz not null default now()
  )`.execute(db);
  await sql`create index transfer_stagings_staged_at on transfer_stagings (staged_at)`.execute(db);
}
