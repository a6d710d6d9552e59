import { Kysely, PostgresDialect, type ColumnType, type Generated, type LogEvent } from 'kysely';
import { Socket } from 'node:net';
import pg from 'pg';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { QueryTimes } from './query-times.ts';
import { requestDatabases, type RequestBounds } from './request-database.ts';

/**
 * The pool, and Kysely on it: the one way to PostgreSQL for everything that stores or reads.
 *
 * It promises that a lost database never ends the process (callers see errors for which `isUnavailable` holds,
 * and the pool connects again by itself), that no wait is endless, and that `bigint` arrives as a number and
 * `timestamptz` as a `Date`. A LISTEN needs a client of its own: the pool cuts connections that stay silent.
 */
export interface DatabaseHandle extends AsyncDisposable {
  readonly kysely: Kysely<Database>;
  /** The same database for one request, with its bounds. */
  readonly forRequest: (bounds: RequestBounds) => Kysely<Database>;
  readonly pool: pg.Pool;
  /** For a client outside the pool, such as a LISTEN. May hold a password. */
  readonly connection: pg.PoolConfig;
  /** A round trip in milliseconds, waiting for a free connection included. Rejects when aborted. */
  ping(signal?: AbortSignal): Promise<number>;
  /** The mean duration of this process's own statements that ended in the last `windowMs`; null without any. */
  meanQueryTimeMs(windowMs: number): number | null;
}

/** Every table. A store adds its own: `declare module '../../db/database.ts' { interface Database { … } }`. */
export interface Database {
  events: EventsTable;
  event_floors: EventFloorsTable;
  journal_identity: JournalIdentityTable;
}

/** The append-only log of every topic. */
export interface EventsTable {
  /** Commit order, over all topics. */
  seq: Generated<number>;
  topic: string;
  key: string;
  type: string;
  /** Idempotency key. */
  id: string;
  occurred_at: Date;
  recorded_at: Generated<Date>;
  /** The subject whose credential reported it; null: the server recorded it itself. */
  reported_by: string | null;
  /** Given as JSON text: the driver would write an array as PostgreSQL's own kind. */
  payload: ColumnType<unknown, string, never>;
}

/** Up to which `seq` retention has removed a topic's events. */
export interface EventFloorsTable {
  topic: string;
  seq: number;
}

/** One row: which log this is, for cursors of another one to be recognised. */
export interface JournalIdentityTable {
  only: Generated<boolean>;
  epoch: string;
}

export interface DatabaseOptions {
  readonly connection: pg.PoolConfig | string;
  /** Connections at most; default 10. */
  readonly max?: number;
  /** The server's bound on one statement, 0 for none; default 30 s. */
  readonly statementTimeoutMs?: number;
  readonly log: Log;
}

const connectTimeoutMs = 5_000;
const statementTimeoutDefaultMs = 30_000;
/** Beyond the server's own bound the server is not slow but gone: a stopped machine, a cut network. */
const silenceBeyondStatementMs = 10_000;
/** Below the bound on silence, so that an unused connection is closed and not cut. */
const idleMaxMs = 30_000;
const idleInTransactionMaxMs = 60_000;
const keepAliveAfterMs = 10_000;
/** Connections that requests leave to what stores, samples and probes. */
const heldBack = 3;

/** Opens nothing yet: the first statement connects. */
export function openDatabase(options: DatabaseOptions): DatabaseHandle {
  const { max = 10, statementTimeoutMs = statementTimeoutDefaultMs, log } = options;
  const connection =
    typeof options.connection === 'string' ? { connectionString: options.connection } : options.connection;
  const silenceMaxMs = statementTimeoutMs === 0 ? 0 : statementTimeoutMs + silenceBeyondStatementMs;
  const pool = new pg.Pool({
    application_name: 'opsgraph',
    connectionTimeoutMillis: connectTimeoutMs,
    ...connection,
    max,
    idleTimeoutMillis: idleMaxMs,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionMaxMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
    stream: () => impatientSocket(silenceMaxMs),
    types: { getTypeParser },
  });
  // Without listeners a lost connection would end the process: the pool's is for idle ones, and a client that is
  // lent out, in the middle of a transaction but between two statements, has none but its own.
  let closing = false;
  pool.on('error', ({ message }) => {
    // A pool that ends does not wait for its connections; a server that stops right after is no loss.
    if (!closing) log.warn({ reason: message }, 'lost an idle connection to the database');
  });
  pool.on('connect', (client) => {
    client.on('error', ({ message }) => log.debug({ reason: message }, 'lost a connection to the database'));
  });

  const times = new QueryTimes();
  const timed = (event: LogEvent): void => times.add(performance.now(), event.queryDurationMillis);
  const kysely = new Kysely<Database>({ dialect: new PostgresDialect({ pool }), log: timed });
  return {
    kysely,
    forRequest: requestDatabases({ pool, statementsMax: Math.max(1, max - heldBack), log: timed }),
    pool,
    connection,
    async ping(signal) {
      const began = performance.now();
      await abortable(pool.query('select 1'), signal);
      return performance.now() - began;
    },
    meanQueryTimeMs: (windowMs) => times.meanSince(performance.now() - windowMs),
    async [Symbol.asyncDispose]() {
      closing = true;
      await kysely.destroy(); // ends the pool as well, unless Kysely was never used
      if (!pool.ending) await pool.end();
    },
  };
}

/** A failure of the connection or of the server as a whole, not of one statement: worth trying again later. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AppError) return error.code === 'DATABASE_UNAVAILABLE';
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code !== undefined && unavailableCodes.has(code)) return true;
  // No socket file: the server is down. Of any other call it is a missing file.
  if (code === 'ENOENT' && syscall === 'connect') return true;
  if (error instanceof pg.DatabaseError) return isRefusal(code ?? '', error.message);
  return unavailableMessages.test(error.message) || (error.cause !== undefined && isUnavailable(error.cause));
}

/** The server answers, but does not let us in: a broken connection, our account, our database. */
function isRefusal(code: string, message: string): boolean {
  const closed = code === '55000' && message.includes('not currently accepting connections');
  return closed || code.startsWith('08') || code.startsWith('28') || code === '3D000';
}

/** What a client is told when `isUnavailable(cause)`. */
export function unavailable(cause: unknown): AppError {
  return new AppError('DATABASE_UNAVAILABLE', 'The database cannot be reached at the moment.', {
    retryable: true,
    cause,
  });
}

/** Text that no PostgreSQL knows, asked for or to be stored: it is the sender's mistake. */
export function isUnstorable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && unstorableCodes.has(error.code ?? '');
}

/** What a client is told when `isUnstorable(cause)`. */
export function unstorable(cause: unknown): AppError {
  const allowed = 'text without U+0000 and without halves of surrogate pairs';
  return new AppError('BAD_USER_INPUT', `Text must be ${allowed}.`, { details: { allowed }, cause });
}

const unstorableCodes: ReadonlySet<string> = new Set([
  '22021', // character_not_in_repertoire
  '22P05', // untranslatable_character
]);

const unavailableCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '53300', // too_many_connections
]);

/** The driver's own failures have no codes. */
const unavailableMessages =
  /Connection terminated|timeout exceeded when trying to connect|timeout expired|connection error and is not queryable/;

/** A socket that gives up on a peer that says nothing for so long. 0 for never. */
function impatientSocket(silenceMaxMs: number): Socket {
  const socket = new Socket();
  socket.setTimeout(silenceMaxMs, () => {
    const error = new Error(`The database said nothing for ${silenceMaxMs} ms`);
    socket.destroy(Object.assign(error, { code: 'ETIMEDOUT' }));
  });
  return socket;
}

const int8 = 20;

const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: string) =>
  oid === int8 ? parseInteger : pg.types.getTypeParser(oid, format as 'text');

/** Every bigint of ours is far below 2^53; one that is not must not be rounded in silence. */
function parseInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is no safe integer`);
  return value;
}

async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  // Nobody may be left to hear of it.
  promise.catch(() => undefined);
  signal.throwIfAborted();
  const { promise: aborted, reject } = withReject();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}

function withReject(): { promise: Promise<never>; reject: (reason: unknown) => void } {
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<never>((_, fail) => {
    reject = fail;
  });
  return { promise, reject };
}
