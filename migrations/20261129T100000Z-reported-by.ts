import { sql, type Kysely } from 'kysely';

/**
 * The subject whose credential reported an event; null: the server recorded it itself, or it was stored before this
 * migration.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['events', 'audit_log', 'activities', 'notifications'])
    await sql`alter table ${sql.table(table)} add column reported_by text`.execute(db);
}
