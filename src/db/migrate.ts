import { Kysely, Migrator, sql, type Migration } from 'kysely';
import { migrations as ours } from '../../migrations/list.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log/log.ts';
import { withProgress } from '../log/progress.ts';
import { openDatabase, type Database, type DatabaseHandle } from './database.ts';
import { buildSmallIndexes } from './later-indexes.ts';
import { MigrationDialect } from './migration-dialect.ts';
import { serverProblem, type ServerFacts } from './server-requirements.ts';
import { adoptMigrationTables, migrationLockTable, migrationTable, namesIn } from './migration-tables.ts';

/**
 * Migrates the database to the latest schema, from empty or from any earlier version; forward only.
 *
 * All steps are one transaction under a lock in the database: of several processes that start at the same time one
 * migrates, and a failure changes nothing. Two statements detect that nothing is missing. Throws when the server is too
 * old, when the database is not UTF-8, and when a newer program has migrated it, whose data this one could misread.
 */
export async function migrate(
  db: DatabaseHandle,
  log: Log,
  migrations: Readonly<Record<string, Migration>> = ours,
): Promise<void> {
  await refuseUnfitServer(db.kysely);
  if (await isNewest(db.kysely, migrations)) return;
  // A connection of its own without a timeout, because building an index takes long.
  const own = openDatabase({ connection: db.connection, max: 1, silenceMaxMs: 0, log });
  const kysely = new Kysely<Database>({ dialect: new MigrationDialect(own.pool) });
  try {
    await adoptMigrationTables(kysely, Object.keys(migrations));
    await refuseNewerSchema(kysely, migrations);
    await runMissing(kysely, migrations, log);
    if (migrations === ours) await kysely.transaction().execute((trx) => buildSmallIndexes(trx));
  } finally {
    await own[Symbol.asyncDispose]();
  }
}

async function runMissing(
  db: Kysely<Database>,
  migrations: Readonly<Record<string, Migration>>,
  log: Log,
): Promise<void> {
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db);
  const began = performance.now();
  const applied = new Set(await namesIn(db));
  const steps = Object.keys(migrations).filter((name) => !applied.has(name)).length;
  let current: string | null = null;
  let step = 0;
  const watched = Object.entries(migrations).map(([name, migration]) => [
    name,
    {
      ...migration,
      async up(trx: Kysely<unknown>) {
        [current, step] = [name, step + 1];
        log.debug({ migration: name, step, steps }, 'migrating the database');
        await migration.up(trx);
      },
    },
  ]);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(watched) as Record<string, Migration> },
    migrationTableName: migrationTable,
    migrationLockTableName: migrationLockTable,
    ...(rows[0] && { migrationTableSchema: rows[0].schema }),
  });
  log.info({ steps, from: [...applied].sort().at(-1) ?? 'empty' }, 'migrating the database');
  const fields = () => ({ migration: current, step, steps });
  const { error, results = [] } = await withProgress(
    { log, message: 'still migrating the database; other instances wait', fields },
    () => migrator.migrateToLatest(),
  );
  for (const { migrationName, status } of results)
    if (status === 'Error') log.error({ migration: migrationName }, 'a migration failed');
  if (error !== undefined) throw error;
  log.info({ steps: step, ms: Math.round(performance.now() - began) }, 'migrated the database');
}

async function refuseUnfitServer(kysely: Kysely<Database>): Promise<void> {
  const { rows } = await sql<ServerFacts>`
    select
      current_setting('server_version_num')::int as number, current_setting('server_version') as name,
      current_setting('server_encoding') as encoding
  `.execute(kysely);
  const [server] = rows;
  if (server === undefined) throw new Error('PostgreSQL returned no row');
  const problem = serverProblem(server);
  if (problem !== null) throw new AppError('DATABASE_UNAVAILABLE', `${problem.found} ${problem.todo}`);
}

/** Whether exactly the known migrations were applied; false while the tables have their former names. */
async function isNewest(
  kysely: Kysely<Database>,
  migrations: Readonly<Record<string, Migration>>,
): Promise<boolean> {
  const made = await namesIn(kysely);
  return (
    made !== null &&
    made.length === Object.keys(migrations).length &&
    made.every((name) => Object.hasOwn(migrations, name))
  );
}

async function refuseNewerSchema(
  kysely: Kysely<Database>,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> {
  const unknown = (await namesIn(kysely))?.filter((name) => !Object.hasOwn(migrations, name)) ?? [];
  if (unknown.length === 0) return;
  throw new AppError(
    'DATABASE_UNAVAILABLE',
    `The database is newer than this program: it has ${unknown.join(', ')}, ` +
      `and the program ends at ${Object.keys(migrations).sort().at(-1) ?? 'nothing'}. Run the newer program.`,
  );
}
