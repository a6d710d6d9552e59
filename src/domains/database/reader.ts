import { singleFlightWithTimeout } from '../../lib/single-flight-with-timeout.ts';
import {
  activityStatement,
  archiverStatement,
  cacheStatement,
  combined,
  extensionStatement,
  replicationStatement,
  slowQueriesStatement,
  statisticsStatement,
  storageStatements,
  type StatementResults,
} from './statements.ts';

/** The part of `pg.Pool` that the reader uses. */
export interface Pool {
  query(text: string): Promise<QueryResult>;
}

interface QueryResult {
  // oxlint-disable-next-line typescript/no-explicit-any -- the driver's own type of a row
  readonly rows: readonly any[];
}

export interface ReaderOptions {
  readonly pool: Pool;
  readonly slowQueryThresholdMs: number;
  /** Default: 10 s. */
  readonly slowQueriesEveryMs?: number;
  /** Default: 60 s. */
  readonly storageEveryMs?: number;
  /** In a database with more tables, only the largest by the planner's statistics are measured. Default: 1,000. */
  readonly tablesMeasuredMax?: number;
  /** How long a view that is missing or forbidden is not queried again. Default: 5 minutes. */
  readonly recheckMs?: number;
}

/** Null: the database does not provide the value. */
export interface DatabaseReading {
  readonly responseTimeMs: number;
  readonly activity: StatementResults['activity'] | null;
  readonly slow: StatementResults['slow'] | null;
  readonly cache: StatementResults['cache'] | null;
  readonly replication: StatementResults['replication'] | null;
  readonly archiver: StatementResults['archiver'] | null;
  readonly size: StatementResults['size'] | null;
  readonly tables: StatementResults['tables'] | null;
  /** From pg_stat_statements; undefined if the extension is not available. */
  readonly meanQueryTimeMs: number | null | undefined;
}

type Name = keyof StatementResults;
type Statements = Partial<Record<Name, string>>;

/** A sample waits for the sizes at most this long; a later sample contains them. */
const storageWaitMaxMs = 1_000;

/**
 * Creates a function that reads a database with as few statements as possible: one, and two more when the sizes are due.
 * It throws if the whole database fails. A view that is missing or forbidden affects only its own values.
 */
export function databaseReader(options: ReaderOptions): () => Promise<DatabaseReading> {
  const { pool, slowQueriesEveryMs = 10_000, storageEveryMs = 60_000, recheckMs = 300_000 } = options;
  const slowStatement = slowQueriesStatement(options.slowQueryThresholdMs);
  const storage = storageStatements(options.tablesMeasuredMax ?? 1_000);
  const skippedUntil = new Map<Name, number>();
  let schema: string | null = null; // of pg_stat_statements
  let totals: StatementTotals | null = null;
  let slow: StatementResults['slow'] | null = null;
  let slowDueAt = 0;
  let size: StatementResults['size'] | null = null;
  let tables: StatementResults['tables'] | null = null;
  let storageDueAt = 0;

  async function read(): Promise<DatabaseReading> {
    const startedAt = performance.now();
    const statements = dueStatements(startedAt);
    let responseTimeMs = Number.NaN;
    let results: Partial<StatementResults>;
    try {
      results = await send(combined(statements)).finally(() => {
        responseTimeMs = performance.now() - startedAt;
      });
    } catch (error) {
      if (!isMissing(error)) throw error;
      results = await sendSeparately(statements);
    }
    if (statements.extension !== undefined) {
      schema = results.extension?.schema ?? null;
      if (schema === null) skippedUntil.set('extension', startedAt + recheckMs);
      else Object.assign(results, await sendSeparately({ statistics: statisticsStatement(schema) }));
    }
    if (statements.slow !== undefined) {
      slow = results.slow ?? null;
      slowDueAt = startedAt + slowQueriesEveryMs;
    }
    const meanQueryTimeMs = updateTotals(results.statistics);
    if (startedAt >= storageDueAt) await refreshStorage();
    return {
      responseTimeMs,
      activity: results.activity ?? null,
      slow,
      cache: results.cache ?? null,
      replication: results.replication ?? null,
      archiver: results.archiver ?? null,
      size,
      tables,
      meanQueryTimeMs,
    };
  }

  function dueStatements(now: number): Statements {
    const statements: Statements = {
      activity: activityStatement,
      cache: cacheStatement,
      replication: replicationStatement,
      archiver: archiverStatement,
      ...(schema === null ? { extension: extensionStatement } : { statistics: statisticsStatement(schema) }),
      ...(now >= slowDueAt && { slow: slowStatement }),
    };
    for (const [name, until] of skippedUntil) {
      if (now >= until) skippedUntil.delete(name);
      else delete statements[name];
    }
    return statements;
  }

  async function sendSeparately(statements: Statements): Promise<Partial<StatementResults>> {
    const results: Partial<StatementResults> = {};
    for (const name of Object.keys(statements) as Name[]) {
      try {
        Object.assign(results, await send(combined({ [name]: statements[name] ?? '' })));
      } catch (error) {
        if (!isMissing(error)) throw error;
        // The extension may have moved to another schema, which is then read again.
        if (name === 'statistics') schema = null;
        skippedUntil.set(name === 'statistics' ? 'extension' : name, performance.now() + recheckMs);
      }
    }
    return results;
  }

  /** @returns the row of the last statement in the text. */
  async function send(text: string): Promise<Partial<StatementResults>> {
    const result: QueryResult | readonly QueryResult[] = await pool.query(text);
    return [result].flat().at(-1)?.rows[0] as Partial<StatementResults>;
  }

  function updateTotals(statistics: StatementResults['statistics'] | undefined): number | null | undefined {
    const before = totals;
    totals =
      statistics === undefined ? null : { calls: statistics.calls ?? 0, totalMs: statistics.totalMs ?? 0 };
    return totals === null ? undefined : meanSince(before, totals);
  }

  const refreshStorage = singleFlightWithTimeout(async () => {
    storageDueAt = performance.now() + storageEveryMs;
    size = await refreshed(size, async () => (await send(storage.size)).size);
    tables = await refreshed(tables, async () => {
      const { tables: current } = await send(storage.tables);
      return current && withKnownSizes(current, tables);
    });
  }, storageWaitMaxMs);

  return async () => {
    try {
      return await read();
    } catch (error) {
      // A different database may respond next time.
      slowDueAt = 0;
      storageDueAt = 0;
      size = null;
      tables = null;
      throw error;
    }
  };
}

/** The new value; null if the view is missing; the previous value after another error, such as a lock timeout. */
async function refreshed<Value>(
  previous: Value | null,
  read: () => Promise<Value | undefined>,
): Promise<Value | null> {
  try {
    return (await read()) ?? null;
  } catch (error) {
    return isMissing(error) ? null : previous;
  }
}

/** Replaces sizes that cannot be read, because a table is locked, by the previous ones. */
function withKnownSizes(
  current: StatementResults['tables'],
  previous: StatementResults['tables'] | null,
): StatementResults['tables'] {
  const bytes = new Map(previous?.largest.map((table) => [`${table.schema}.${table.name}`, table.bytes]));
  return {
    indexBytes: current.indexBytes ?? previous?.indexBytes ?? null,
    largest: current.largest.map((table) => ({
      ...table,
      bytes: table.bytes ?? bytes.get(`${table.schema}.${table.name}`) ?? null,
    })),
  };
}

/** Whether a view, column or function is missing, forbidden or not loaded, as opposed to a failure of the database. */
function isMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  // The same code is used for a database that accepts no connections.
  if (code === '55000') return error.message.includes('shared_preload_libraries');
  return typeof code === 'string' && /^(?:42|0A)\w{3}$/.test(code);
}

/** Cumulative counts of pg_stat_statements. */
export interface StatementTotals {
  readonly calls: number;
  readonly totalMs: number;
}

/**
 * The mean duration of the statements since `before`; of all statements if `before` is null or the statistics were reset
 * in between. Null without statements.
 */
export function meanSince(before: StatementTotals | null, now: StatementTotals): number | null {
  const wasReset = before !== null && (before.calls > now.calls || before.totalMs > now.totalMs);
  const base = before === null || wasReset ? { calls: 0, totalMs: 0 } : before;
  const calls = now.calls - base.calls;
  return calls === 0 ? null : (now.totalMs - base.totalMs) / calls;
}
