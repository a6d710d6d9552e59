import { singleFlightWithTimeout } from '../../lib/single-flight-with-timeout.ts';
import { meanSince, type Totals } from './figures.ts';
import {
  ACTIVITY,
  ARCHIVER,
  CACHE,
  EXTENSION,
  REPLICATION,
  slowerThan,
  statisticsIn,
  storageStatements,
  together,
  type Answers,
} from './statements.ts';

/** What a reader needs of a pool: `pg.Pool` has it. */
export interface Pool {
  query(text: string): Promise<QueryAnswer>;
}

interface QueryAnswer {
  // oxlint-disable-next-line typescript/no-explicit-any -- the driver's own type of a row
  readonly rows: readonly any[];
}

export interface ReaderOptions {
  readonly pool: Pool;
  readonly slowQueryThresholdMs: number;
  readonly slowQueriesEveryMs: number;
  readonly storageEveryMs: number;
  /** In a database of more tables only the largest by the planner's statistics are measured. */
  readonly tablesMeasuredMax: number;
  /** How long a view that is missing or forbidden is not asked for again. */
  readonly recheckMs: number;
}

/** What one reading brought; null is what the database does not tell. */
export interface Reading {
  readonly responseTimeMs: number;
  readonly activity: Answers['activity'] | null;
  readonly slow: Answers['slow'] | null;
  readonly cache: Answers['cache'] | null;
  readonly replication: Answers['replication'] | null;
  readonly archiver: Answers['archiver'] | null;
  readonly size: Answers['size'] | null;
  readonly tables: Answers['tables'] | null;
  /** By pg_stat_statements; undefined where that is not there to be asked. */
  readonly meanQueryTimeMs: number | null | undefined;
}

type Name = keyof Answers;
type Statements = Partial<Record<Name, string>>;

/** A sample does not wait longer for the sizes; they come with a later one. */
const STORAGE_PATIENCE_MS = 1_000;

/**
 * Reads a database in as few statements as it can: one, and one more when the sizes are due. Throws when the database
 * as a whole fails; a view that it lacks or refuses only costs its own values.
 */
export function createReader(options: ReaderOptions): { read(): Promise<Reading> } {
  const { pool, recheckMs } = options;
  const slowStatement = slowerThan(options.slowQueryThresholdMs);
  const offUntil = new Map<Name, number>();
  let schema: string | null = null; // of pg_stat_statements
  let totals: Totals | null = null;
  let slow: Answers['slow'] | null = null;
  let slowDueAt = 0;
  const storageTexts = storageStatements(options.tablesMeasuredMax);
  let size: Answers['size'] | null = null;
  let tables: Answers['tables'] | null = null;
  let storageDueAt = 0;

  async function read(): Promise<Reading> {
    const startedAt = performance.now();
    const statements = dueAt(startedAt);
    let responseTimeMs = Number.NaN;
    let answers: Partial<Answers>;
    try {
      answers = await send(together(statements)).finally(() => {
        responseTimeMs = performance.now() - startedAt;
      });
    } catch (error) {
      if (!isMissing(error)) throw error;
      answers = await oneByOne(statements);
    }
    if (statements.extension !== undefined) {
      schema = answers.extension?.schema ?? null;
      if (schema === null) offUntil.set('extension', startedAt + recheckMs);
      else Object.assign(answers, await oneByOne({ statistics: statisticsIn(schema) }));
    }
    if (statements.slow !== undefined) {
      slow = answers.slow ?? null;
      slowDueAt = startedAt + options.slowQueriesEveryMs;
    }
    const meanQueryTimeMs = follow(answers.statistics);
    if (startedAt >= storageDueAt) await refreshStorage();
    return {
      responseTimeMs,
      activity: answers.activity ?? null,
      slow,
      cache: answers.cache ?? null,
      replication: answers.replication ?? null,
      archiver: answers.archiver ?? null,
      size,
      tables,
      meanQueryTimeMs,
    };
  }

  function dueAt(now: number): Statements {
    const statements: Statements = {
      activity: ACTIVITY,
      cache: CACHE,
      replication: REPLICATION,
      archiver: ARCHIVER,
      ...(schema === null ? { extension: EXTENSION } : { statistics: statisticsIn(schema) }),
      ...(now >= slowDueAt && { slow: slowStatement }),
    };
    for (const [name, until] of offUntil) {
      if (now >= until) offUntil.delete(name);
      else delete statements[name];
    }
    return statements;
  }

  async function oneByOne(statements: Statements): Promise<Partial<Answers>> {
    const answers: Partial<Answers> = {};
    for (const name of Object.keys(statements) as Name[]) {
      try {
        Object.assign(answers, await send(together({ [name]: statements[name] ?? '' })));
      } catch (error) {
        if (!isMissing(error)) throw error;
        // Statistics may have moved to another schema: they are looked for anew.
        if (name === 'statistics') schema = null;
        offUntil.set(name === 'statistics' ? 'extension' : name, performance.now() + recheckMs);
      }
    }
    return answers;
  }

  async function send(text: string): Promise<Partial<Answers>> {
    const answer: QueryAnswer | readonly QueryAnswer[] = await pool.query(text);
    // Several statements in one message have several answers.
    return [answer].flat().at(-1)?.rows[0] as Partial<Answers>;
  }

  function follow(newest: Answers['statistics'] | undefined): number | null | undefined {
    const before = totals;
    totals = newest === undefined ? null : { calls: newest.calls ?? 0, totalMs: newest.totalMs ?? 0 };
    return totals === null ? undefined : meanSince(before, totals);
  }

  const refreshStorage = singleFlightWithTimeout(async () => {
    storageDueAt = performance.now() + options.storageEveryMs;
    size = await newest(size, async () => (await send(storageTexts.size)).size);
    tables = await newest(tables, async () => {
      const answer = await send(storageTexts.tables);
      return answer.tables === undefined ? undefined : withKnown(answer.tables, tables);
    });
  }, STORAGE_PATIENCE_MS);

  return {
    async read() {
      try {
        return await read();
      } catch (error) {
        // It may come back as another one.
        slowDueAt = 0;
        storageDueAt = 0;
        size = null;
        tables = null;
        throw error;
      }
    },
  };
}

/** When it takes too long, as behind a lock, what was known before still says something. */
async function newest<Value>(
  known: Value | null,
  ask: () => Promise<Value | undefined>,
): Promise<Value | null> {
  try {
    return (await ask()) ?? null;
  } catch (error) {
    return isMissing(error) ? null : known;
  }
}

/** Sizes that cannot be read now, because a table is locked, are those that were read last. */
function withKnown(now: Answers['tables'], known: Answers['tables'] | null): Answers['tables'] {
  const bytes = new Map(known?.largest.map((table) => [`${table.schema}.${table.name}`, table.bytes]));
  return {
    indexBytes: now.indexBytes ?? known?.indexBytes ?? null,
    largest: now.largest.map((table) => ({
      ...table,
      bytes: table.bytes ?? bytes.get(`${table.schema}.${table.name}`) ?? null,
    })),
  };
}

/** A view, column or function that this server lacks, forbids or has not loaded; not a failure of the server. */
function isMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (code === '55000') return error.message.includes('shared_preload_libraries'); // else it lets nobody in
  return typeof code === 'string' && /^(?:42|0A)\w{3}$/.test(code);
}
