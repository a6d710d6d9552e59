import { sql, type Kysely } from 'kysely';
import pg from 'pg';
import { laterIndexes, type LaterIndex } from '../../migrations/list.ts';
import type { Log } from '../log/log.ts';
import type { Database, DatabaseHandle } from './database.ts';

/** A table of this size is read in well under a second, for which writers may wait. */
const smallBytesMax = 32 * 1024 * 1024;

/** Builds those whose tables are small, in the transaction of `db`. The others are left to `buildLaterIndexes`. */
export async function buildSmallIndexes(
  db: Kysely<Database>,
  indexes: readonly LaterIndex[] = laterIndexes,
): Promise<void> {
  for (const index of indexes) {
    const { rows } = await sql<{ small: boolean }>`
      select pg_relation_size(${index.table}::regclass) <= ${smallBytesMax} and to_regclass(${index.name}) is null
        as small`.execute(db);
    if (rows[0]?.small === true) await sql.raw(creating(index)).execute(db);
  }
}

function creating({ name, table, definition }: LaterIndex, how = ''): string {
  return `create index ${how} if not exists ${name} on ${table} ${definition}`;
}

/** The work goes on in the database when the process ends. */
export interface Building extends AsyncDisposable {
  /** All are there, or could not be built, which is in the log. Never rejects. */
  readonly done: Promise<void>;
}

export interface LaterIndexOptions {
  readonly database: DatabaseHandle;
  readonly log: Log;
  /**
   * PostgreSQL itself where the database is behind a pooler: in its transaction mode the settings of a session would not
   * be those of the statement that builds. Default: where the pool connects.
   */
  readonly directUrl?: string | null;
  readonly indexes?: readonly LaterIndex[];
}

/**
 * Builds the indexes that are missing while everybody writes on, one after the other. What another instance builds is
 * left to it; what one did not finish is built anew. Failing costs only speed, so that the next start tries again.
 */
export function buildLaterIndexes({
  database,
  log,
  directUrl = null,
  indexes = laterIndexes,
}: LaterIndexOptions): Building {
  let client: pg.Client | null = null;
  let stopped = false;

  async function build(index: LaterIndex): Promise<void> {
    if (stopped || (await stateOf(database, index)) === 'there') return;
    client ??= await connect(database, directUrl);
    const state = await stateOf(database, index);
    if (stopped || state === 'there') return;
    const { name, table } = index;
    log.info(
      { index: name, table },
      'building an index; writers do not wait, lists that need it are slow until then',
    );
    const began = performance.now();
    if (state === 'unfinished') await client.query(`drop index concurrently if exists ${name}`);
    await client.query(creating(index, 'concurrently'));
    log.info({ index: name, table, ms: Math.round(performance.now() - began) }, 'built an index');
  }

  async function buildAll(): Promise<void> {
    for (const index of indexes)
      await build(index).catch((error: unknown) => {
        if (stopped) return;
        log.warn(
          { err: error, index: index.name },
          'an index could not be built; the next start tries again',
        );
      });
    if (client === null) return;
    // behind PgBouncer another client may get this session
    if (!stopped) await database.settle(client).catch(() => undefined);
    await client.end().catch(() => undefined);
  }

  const done = buildAll();
  return {
    done,
    async [Symbol.asyncDispose]() {
      stopped = true;
      await client?.end().catch(() => undefined); // the statement under way fails
      await done;
    },
  };
}

/** Of its own, without a bound on a statement: building takes as long as it takes. */
async function connect(database: DatabaseHandle, directUrl: string | null): Promise<pg.Client> {
  const connection = directUrl === null ? database.connection : { connectionString: directUrl };
  const client = new pg.Client({ ...connection, keepAlive: true });
  client.on('error', () => undefined); // the statement under way fails as well
  try {
    await client.connect();
    await database.settle(client);
    await client.query(
      `select set_config('statement_timeout', '0', false), set_config('lock_timeout', '0', false)`,
    );
    return client;
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
}

/** `there` also while somebody builds it. */
async function stateOf(
  { pool }: DatabaseHandle,
  { name }: LaterIndex,
): Promise<'there' | 'missing' | 'unfinished'> {
  const { rows } = await pool.query<{ there: boolean }>(
    `select indisvalid or exists (select from pg_stat_progress_create_index where index_relid = indexrelid) as there
     from pg_index where indexrelid = to_regclass($1)`,
    [name],
  );
  const [index] = rows;
  if (index === undefined) return 'missing';
  return index.there ? 'there' : 'unfinished';
}
