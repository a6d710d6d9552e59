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
import { raceAbort } from '../lib/race-abort.ts';
import { RollingWindow } from '../lib/rolling-window.ts';
import { Outages } from './outages.ts';
import { requestDatabases, type RequestBounds } from './request-database.ts';
import { sessionSettler } from './session.ts';
import { WatchedPool } from './watched-pool.ts';

/**
 * The connection pool and Kysely on it, used by everything that reads or writes PostgreSQL.
 *
 * A lost database never ends the process: callers get errors that `database-fault.ts` classifies, and the pool
 * reconnects by itself. Every wait is bounded. `bigint` is read as a number and `timestamptz` as a `Date`. LISTEN needs
 * a client of its own, because the pool closes silent connections.
 */
export interface DatabaseHandle extends AsyncDisposable {
  readonly kysely: Kysely<Database>;
  /** The same database with the limits of one request. */
  readonly forRequest: (bounds: RequestBounds) => Kysely<Database>;
  readonly pool: pg.Pool;
  /** The same database over one connection of the pool, for transactions that Kysely does not control. */
  over(client: pg.PoolClient): Kysely<Database>;
  /**
   * Sends a statement on a connection of the pool before it returns, so statements arrive in the order of the calls.
   */
  send(client: pg.PoolClient, query: Pick<CompiledQuery, 'sql' | 'parameters'>): Promise<pg.QueryResult>;
  /**
   * Another pool for the same database, for work that must not wait for this pool. Its faults and query times are
   * counted here.
   */
  beside(options: PoolOptions): DatabaseHandle;
  /** Reasons of failures in the last seconds; empty without failures. */
  faults(): readonly FaultReason[];
  /** For a client outside the pool, such as LISTEN. May contain a password. */
  readonly connection: pg.PoolConfig;
  /** Applies the session settings to a connected client outside the pool. */
  settle(client: pg.ClientBase): Promise<void>;
  /** The duration of a round trip in milliseconds, including the wait for a free connection. Rejects when aborted. */
  ping(signal?: AbortSignal): Promise<number>;
  /** The mean duration of this process's statements of the last 60 seconds; null without any. */
  meanQueryTimeMs(): number | null;
  /** Calls the observer after each statement of Kysely, in the asynchronous context in which the statement was sent. */
  observe(observer: (event: LogEvent) => void): void;
}

/** All tables. A store adds its own: `declare module '../../db/database.ts' { interface Database { … } }`. */
export interface Database {
  events: EventsTable;
  event_floors: EventFloorsTable;
  journal_identity: JournalIdentityTable;
}

/** The append-only log of all topics. */
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
  /** The subject whose credential reported the event; null: the server recorded it itself. */
  reported_by: string | null;
  /** Of what a producer reported under its key; null: the event has no such key. */
  report_digest: string | null;
  /** JSON text, because the driver would write an array as a PostgreSQL array. */
  payload: ColumnType<unknown, string, never>;
}

/** The `seq` up to which retention has removed the events of a topic. */
export interface EventFloorsTable {
  topic: string;
  seq: number;
}

/** One row: the identity of the log, by which cursors of another log are recognized. */
export interface JournalIdentityTable {
  only: Generated<boolean>;
  epoch: string;
}

/** The properties of one pool. */
export interface PoolOptions {
  /** Maximum number of connections; default 10. */
  readonly max?: number;
  /** Whether a connection sends a statement without waiting for earlier responses. Default: no. */
  readonly pipeline?: boolean;
  /**
   * A server that is silent for this time is considered gone, 0 for never; default: 10 s more than the statement
   * timeout.
   */
  readonly silenceMaxMs?: number;
}

export interface DatabaseOptions extends PoolOptions {
  readonly connection: pg.PoolConfig | string;
  /** The statement timeout, 0 for none; default 30 s. */
  readonly statementTimeoutMs?: number;
  /** The age at which an idle session is closed; default half an hour. */
  readonly sessionAgeMaxS?: number;
  readonly log: Log;
}

const connectTimeoutMs = 5_000;
const statementTimeoutDefaultMs = 30_000;
/** A server that exceeds its own statement timeout is not slow but gone: a stopped machine, a broken network. */
const silenceBeyondStatementMs = 10_000;
/** An idle connection is closed before the limit on silence would break it. */
const idleMaxMs = 30_000;
const idlePerSilence = 0.8;
const idleInTransactionMaxMs = 60_000;
/** After a change of addresses or of the primary, no session to the old server outlives this. */
const sessionAgeDefaultS = 1_800;
const keepAliveAfterMs = 10_000;
/** Connections that requests leave for writes, samples and probes. */
const reservedConnections = 3;

/** The state that pools of the same database share. */
interface Watch {
  readonly outages: Outages;
  /** Durations of statements, milliseconds. */
  readonly times: RollingWindow;
  observer: ((event: LogEvent) => void) | null;
}

/** Opens no connection: the first statement connects. */
export function openDatabase(options: DatabaseOptions): DatabaseHandle {
  const watch: Watch = { outages: new Outages(options.log), times: new RollingWindow(), observer: null };
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
  // The pool awaits it, although its types do not show that.
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
    stream: () => socketWithTimeout(silenceMaxMs),
    types: { getTypeParser },
  };
  const pool = new WatchedPool(config, (error) => {
    // `pool.end()` does not wait for its connections, so errors of a server that stops right after do not matter.
    const reason = closing ? null : faultReason(error);
    if (reason !== null) outages.add(reason, error);
  });

  const timed = (event: LogEvent): void => {
    times.add(event.queryDurationMillis);
    watch.observer?.(event);
  };
  const kysely = new Kysely<Database>({ dialect: new PostgresDialect({ pool }), log: timed });
  const overClients = new WeakMap<pg.PoolClient, Kysely<Database>>();
  return {
    kysely,
    forRequest: requestDatabases({ pool, statementsMax: Math.max(1, max - reservedConnections), log: timed }),
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
        times.add(performance.now() - began);
      }
    },
    beside: (own) => openPool({ ...options, ...own }, watch, () => {}),
    connection,
    settle,
    faults: () => outages.reasons(),
    async ping(signal) {
      const began = performance.now();
      const response = pool.query('select 1');
      await (signal === undefined ? response : raceAbort(response, signal));
      return performance.now() - began;
    },
    meanQueryTimeMs: () => times.summary().mean,
    observe(observer) {
      watch.observer = observer;
    },
    async [Symbol.asyncDispose]() {
      closing = true;
      closed();
      await kysely.destroy(); // Ends the pool as well, unless Kysely was never used.
      if (!pool.ending) await pool.end();
    },
  };
}

/** For a connection that another caller takes from the pool and releases. */
function kyselyOver(client: pg.PoolClient, log: (event: LogEvent) => void): Kysely<Database> {
  const lent = { query: client.query.bind(client), release: () => {} };
  const pool = { connect: async () => lent, end: async () => {} };
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }), log });
}

/** A socket that times out when its peer is silent for this time; 0 for never. */
function socketWithTimeout(silenceMaxMs: number): Socket {
  const socket = new Socket();
  socket.setTimeout(silenceMaxMs, () => {
    const error = new Error(`The database sent nothing for ${silenceMaxMs} ms`);
    socket.destroy(Object.assign(error, { code: 'ETIMEDOUT' }));
  });
  return socket;
}

const int8 = 20;

const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: string) =>
  oid === int8 ? parseInteger : pg.types.getTypeParser(oid, format as 'text');

/** All our bigints are far below 2^53; a larger one must not be rounded silently. */
function parseInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is not a safe integer`);
  return value;
}
