import { Migrator, sql, type Kysely, type Migration } from 'kysely';
import { migrations as ours } from '../../migrations/list.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { openDatabase, type Database, type DatabaseHandle } from './database.ts';

const serverVersionMin = 140_000;

/**
 * Brings the database to the newest schema, from empty or from any earlier version; forward only.
 *
 * All steps are one transaction under a lock in the database, so of several processes that start at once
 * one does the work, and a failure leaves everything as it was. Throws when the server is too old, and when
 * the database was already migrated by a newer program, whose data this one could misread.
 */
export async function migrate(
  db: DatabaseHandle,
  log: Log,
  migrations: Readonly<Record<string, Migration>> = ours,
): Promise<void> {
  // A connection of its own: building an index may take longer than any statement at run time.
  const own = openDatabase({ connection: db.connection, max: 1, statementTimeoutMs: 0, log });
  try {
    await refuseOldServer(own.kysely);
    await refuseNewerSchema(own.kysely, migrations);
    await runMissing(own.kysely, migrations, log);
  } finally {
    await own[Symbol.asyncDispose]();
  }
}

async function runMissing(
  db: Kysely<Database>,
  migrations: Readonly<Record<string, Migration>>,
  log: Log,
): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results = [] } = await migrator.migrateToLatest();
  for (const { migrationName, status } of results) {
    if (status === 'Success') log.info({ migration: migrationName }, 'migrated the database');
    if (status === 'Error') log.error({ migration: migrationName }, 'a migration failed');
  }
  if (error !== undefined) throw error;
}

async function refuseOldServer(kysely: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ number: number; name: string }>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as name
  `.execute(kysely);
  const [server] = rows;
  if (server && server.number >= serverVersionMin) return;
  throw new AppError(
    'DATABASE_UNAVAILABLE',
    `The database server is PostgreSQL ${server?.name}; opsgraph needs version 14 or newer.`,
  );
}

async function refuseNewerSchema(
  kysely: Kysely<Database>,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> {
  const { rows: tables } = await sql<{ known: boolean }>`
    select to_regclass('kysely_migration') is not null as known
  `.execute(kysely);
  if (!tables[0]?.known) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
    kysely,
  );
  const unknown = rows.filter(({ name }) => !Object.hasOwn(migrations, name));
  if (unknown.length === 0) return;
  throw new AppError(
    'DATABASE_UNAVAILABLE',
    `The database is newer than this program: it has ${unknown.map(({ name }) => name).join(', ')}, ` +
      `and the program ends at ${Object.keys(migrations).sort().at(-1) ?? 'nothing'}. Run the newer program.`,
  );
}
