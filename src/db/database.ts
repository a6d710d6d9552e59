import {
  Kysely,
  PostgresDialect,
  type ColumnType,
  type CompiledQuery,
  type Generated,
  type LogEvent,
} from 'kysely';
import { Socket } from 'node:net';
import pg from 'pg';
import type { Log } from '../log/log.ts';
import { faultReason, type FaultReason } from './database-fault.ts';
import { Outages } from './outages.ts';
import { QueryTimes } from './query-times.ts';
import { requestDatabases, type RequestBounds } from './request-database.ts';
import { sessionSettler } from './session.ts';
import { WatchedPool } from './watched-pool.ts';

/**
 * The pool, and Kysely on it: the one way to PostgreSQL for everything that stores or reads.
 *
 * It promises that a lost database never ends the process (callers see errors that `database-fault.ts` knows,
 * and the pool connects again by itself), that no wait is endless, and that `bigint` arrives as a number and
 * `timestamptz` as a `Date`. A LISTEN needs a client of its own: the pool cuts connections that stay silent.
 */
export interface DatabaseHandle extends AsyncDisposable {
  readonly kysely: Kysely<Database>;
  /** The same database for one request, with its bounds. */
  readonly forRequest: (bounds: RequestBounds) => Kysely<Database>;
  readonly pool: pg.Pool;
  /** The same database through one connection of the pool: for transactions that are not Kysely's own. */
  over(client: pg.PoolClient): Kysely<Database>;
  /** Sends a statement on a connection of the pool before it returns, so statements arrive in the order of the calls. */
  send(client: pg.PoolClient, query: Pick<CompiledQuery, 'sql' | 'parameters'>): Promise<pg.QueryResult>;
  /** Another pool for the same database, for what must not wait for this one. Its faults and times count here. */
  beside(options: PoolOptions): DatabaseHandle;
  /** Why statements or connections failed in the last seconds; empty while all is well. */
  faults(): readonly FaultReason[];
  /** For a client outside the pool, such as a LISTEN. May hold a password. */
  readonly connection: pg.PoolConfig;
  /** Sets what a session has to be: for a client outside the pool, once it is connected. */
  settle(client: pg.ClientBase): Promise<void>;
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

/** What is particular to a pool. */
export interface PoolOptions {
  /** Connections at most; default 10. */
  readonly max?: number;
  /** A connection sends a statement without waiting for the answers to those before. Default: it waits. */
  readonly pipeline?: boolean;
  /** A server that says nothing for so long is gone, 0 for never; default: 10 s more than the bound on a statement. */
  readonly silenceMaxMs?: number;
}

export interface DatabaseOptions extends PoolOptions {
  readonly connection: pg.PoolConfig | string;
  /** The server's bound on one statement, 0 for none; default 30 s. */
  readonly statementTimeoutMs?: number;
  /** The age at which a session is closed when it is free; default half an hour. */
  readonly sessionAgeMaxS?: number;
  readonly log: Log;
}

const connectTimeoutMs = 5_000;
const statementTimeoutDefaultMs = 30_000;
/** Beyond the server's own bound the server is not slow but gone: a stopped machine, a cut network. */
const silenceBeyondStatementMs = 10_000;
/** An unused connection is closed before the bound on silence would cut it. */
const idleMaxMs = 30_000;
const idlePerSilence = 0.8;
const idleInTransactionMaxMs = 60_000;
/** After a change of addresses or of the primary, no session to the old one outlives this. */
const sessionAgeDefaultS = 1_800;
const keepAliveAfterMs = 10_000;
/** Connections that requests leave to what stores, samples and probes. */
const heldBack = 3;

/** What pools of the same database have in common. */
interface Watch {
  readonly outages: Outages;
  readonly times: QueryTimes;
}

/** Opens nothing yet: the first statement connects. */
export function openDatabase(options: DatabaseOptions): DatabaseHandle {
  const watch = { outages: new Outages(options.log), times: new QueryTimes() };
  return openPool(options, watch, () => watch.outages[Symbol.dispose]());
}

function openPool(options: DatabaseOptions, watch: Watch, closed: () => void): DatabaseHandle {
  const { max = 10, statementTimeoutMs = statementTimeoutDefaultMs } = options;
  const { outages, times } = watch;
  const settle = sessionSettler({ statementTimeoutMs, idleInTransactionMs: idleInTransactionMaxMs });
  const connection =
    typeof options.connection === 'string' ? { connectionString: options.connection } : options.connection;
  const silenceDefaultMs = statementTimeoutMs === 0 ? 0 : statementTimeoutMs + silenceBeyondStatementMs;
  const silenceMaxMs = options.silenceMaxMs ?? silenceDefaultMs;
  let closing = false;
  // The pool waits for it, which its types do not show.
  const settled: (client: pg.ClientBase) => unknown = settle;
  const config: pg.PoolConfig = {
    application_name: 'opsgraph',
    connectionTimeoutMillis: connectTimeoutMs,
    ...connection,
    max,
    idleTimeoutMillis: silenceMaxMs === 0 ? idleMaxMs : Math.min(idleMaxMs, idlePerSilence * silenceMaxMs),
    pipeline: options.pipeline ?? false,
    maxLifetimeSeconds: options.sessionAgeMaxS ?? sessionAgeDefaultS,
    onConnect: settled,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
    stream: () => impatientSocket(silenceMaxMs),
    types: { getTypeParser },
  };
  const pool = new WatchedPool(config, (error) => {
    // A pool that ends does not wait for its connections; a server that stops right after is no loss.
    const reason = closing ? null : faultReason(error);
    if (reason !== null) outages.add(reason, error);
  });

  const timed = (event: LogEvent): void => times.add(performance.now(), event.queryDurationMillis);
  const kysely = new Kysely<Database>({ dialect: new PostgresDialect({ pool }), log: timed });
  const overClients = new WeakMap<pg.PoolClient, Kysely<Database>>();
  return {
    kysely,
    forRequest: requestDatabases({ pool, statementsMax: Math.max(1, max - heldBack), log: timed }),
    pool,
    over(client) {
      const known = overClients.get(client) ?? kyselyOver(client, timed);
      overClients.set(client, known);
      return known;
    },
    async send(client, { sql, parameters }) {
      const began = performance.now();
      try {
        return await client.query(sql, [...parameters]);
      } finally {
        const ended = performance.now();
        times.add(ended, ended - began);
      }
    },
    beside: (own) => openPool({ ...options, ...own }, watch, () => {}),
    connection,
    settle,
    faults: () => outages.reasons(),
    async ping(signal) {
      const began = performance.now();
      await abortable(pool.query('select 1'), signal);
      return performance.now() - began;
    },
    meanQueryTimeMs: (windowMs) => times.meanSince(performance.now() - windowMs),
    async [Symbol.asyncDispose]() {
      closing = true;
      closed();
      await kysely.destroy(); // ends the pool as well, unless Kysely was never used
      if (!pool.ending) await pool.end();
    },
  };
}

/** Of a connection that somebody else takes from the pool and gives back. */
function kyselyOver(client: pg.PoolClient, log: (event: LogEvent) => void): Kysely<Database> {
  const lent = { query: client.query.bind(client), release: () => {} };
  const pool = { connect: async () => lent, end: async () => {} };
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool: pool }),
    log,
  });
}

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
