import { sql, type Kysely } from 'kysely';
import pg from 'pg';
import { laterIndexes, type LaterIndex } from '../../migrations/list.ts';
import type { Log } from '../log/log.ts';
import { withProgress } from '../log/progress.ts';
import type { Database, DatabaseHandle } from './database.ts';

/** A table of this size is indexed in well under a second, for which writers can wait. */
const smallBytesMax = 32 * 1024 * 1024;

/** Builds the indexes of small tables in the transaction of `db`. `buildLaterIndexes` builds the others. */
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

/** The database continues the work after the process ends. */
export interface Building extends AsyncDisposable {
  /** Resolves when all indexes are built, or failed to build, which is logged. Never rejects. */
  readonly done: Promise<void>;
}

export interface LaterIndexOptions {
  readonly database: DatabaseHandle;
  readonly log: Log;
  /**
   * The address of PostgreSQL itself if the database is behind a pooler: in its transaction mode, session settings
   * would not apply to the statement that builds. Default: the pool's address.
   */
  readonly directUrl?: string | null;
  readonly indexes?: readonly LaterIndex[];
}

/**
 * Builds missing indexes one after the other, without blocking writers. An index that another instance is building is
 * skipped; an incomplete one is rebuilt. A failure costs only speed, and the next start tries again.
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
    client ??= await connect(database, directUrl);
    const state = (await statesOf(database, [index])).get(index.name);
    if (stopped || state === 'there') return;
    const { name, table } = index;
    log.info(
      { index: name, table },
      'building an index; writers do not wait, lists that need it are slow until then',
    );
    const began = performance.now();
    if (state === 'unfinished') await client.query(`drop index concurrently if exists ${name}`);
    const building = client;
    const fields = async (): Promise<object> => ({
      index: name,
      table,
      ...(await progressOf(database, table)),
    });
    await withProgress({ log, message: 'still building an index', fields }, () =>
      building.query(creating(index, 'concurrently')),
    );
    log.info({ index: name, table, ms: Math.round(performance.now() - began) }, 'built an index');
  }

  async function buildAll(): Promise<void> {
    const states = await statesOf(database, indexes).catch((error: unknown) => {
      if (!stopped) log.warn({ err: error }, 'the indexes could not be checked; the next start tries again');
      return null;
    });
    if (states === null) return;
    for (const index of indexes.filter(({ name }) => states.get(name) !== 'there'))
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
      await client?.end().catch(() => undefined); // the running statement fails
      await done;
    },
  };
}

/** A connection of its own without a statement timeout: building has no time limit. */
async function connect(database: DatabaseHandle, directUrl: string | null): Promise<pg.Client> {
  const connection = directUrl === null ? database.connection : { connectionString: directUrl };
  const client = new pg.Client({ ...connection, keepAlive: true });
  client.on('error', () => undefined); // the running statement fails as well
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

/** How far PostgreSQL is with the index that it builds on a table; empty before it has begun. */
async function progressOf({ pool }: DatabaseHandle, table: string): Promise<object> {
  const { rows } = await pool.query<{ phase: string; percent: number | null }>(
    `select phase, round(100.0 * blocks_done / nullif(blocks_total, 0))::int as percent
     from pg_stat_progress_create_index where relid = $1::regclass and datname = current_database()`,
    [table],
  );
  return rows[0] ?? {};
}

type IndexState = 'there' | 'missing' | 'unfinished';

/** The state of each index by name. An index that another instance is building is `there`. */
async function statesOf(
  { pool }: DatabaseHandle,
  indexes: readonly LaterIndex[],
): Promise<ReadonlyMap<string, IndexState>> {
  const { rows } = await pool.query<{ name: string; state: IndexState }>(
    `select name, case
       when index.indexrelid is null then 'missing'
       when index.indisvalid or building.index_relid is not null then 'there'
       else 'unfinished'
     end as state
     from unnest($1::text[]) as name
     left join pg_index as index on index.indexrelid = to_regclass(name)
     left join pg_stat_progress_create_index as building on building.index_relid = index.indexrelid`,
    [indexes.map(({ name }) => name)],
  );
  return new Map(rows.map(({ name, state }) => [name, state]));
}
