import { sql, type Kysely } from 'kysely';

/**
 * How far clients of old feeds with a `client_id` have read, so that they resume at any instance. A row lives for
 * minutes, so the table is unlogged: after a crash of the database, an instance knows only its own clients.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create unlogged table feed_clients (
      client text primary key,
      progress jsonb not null,
      seen_at timestamptz not null
    ) with (fillfactor = 50)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
