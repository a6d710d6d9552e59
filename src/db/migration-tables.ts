import { sql, type Kysely } from 'kysely';
import type { Database } from './database.ts';

/** Names of our own: another program that uses Kysely in the same database has Kysely's default names. */
export const migrationTable = 'opsgraph_migration';
export const migrationLockTable = 'opsgraph_migration_lock';

const kyselyTable = 'kysely_migration';
const kyselyLockTable = 'kysely_migration_lock';
/** Any otherwise unused number: of several processes that start at the same time one renames. */
const renameLock = 6_707_717_213;

/**
 * The first versions used Kysely's default names. Tables with those names are renamed if they contain the migrations of
 * this program; those of another program are not changed.
 */
export async function adoptMigrationTables(kysely: Kysely<Database>, ours: readonly string[]): Promise<void> {
  await kysely.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(${renameLock}::bigint)`.execute(db);
    if ((await namesIn(db, migrationTable)) !== null) return;
    const names = await namesIn(db, kyselyTable);
    if (names === null || !names.some((name) => ours.includes(name))) return;
    await sql`alter table ${sql.table(kyselyTable)} rename to ${sql.id(migrationTable)}`.execute(db);
    await sql`alter table ${sql.table(kyselyLockTable)} rename to ${sql.id(migrationLockTable)}`.execute(db);
  });
}

/** The names of the applied migrations in order; null if the table does not exist. */
export async function namesIn(
  db: Kysely<Database>,
  table = migrationTable,
): Promise<readonly string[] | null> {
  const { rows: tables } = await sql<{ known: boolean }>`
    select to_regclass(${table}) is not null as known`.execute(db);
  if (!tables[0]?.known) return null;
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(table)} order by name`.execute(
    db,
  );
  return rows.map(({ name }) => name);
}
