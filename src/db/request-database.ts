import { Kysely, PostgresDialect, type LogEvent, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pLimit, { type LimitFunction } from 'p-limit';
import pg from 'pg';
import { AppError } from '../errors.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';
import type { Database } from './database.ts';

/** After this wait for a connection, the database counts as unreachable. */
const connectTimeoutMs = 5_000;

/** The limits of one request. */
export interface RequestBounds {
  /** Concurrent statements. */
  readonly statementsMax: number;
  /** Bytes of rows, over all statements. */
  readonly rowBytesMax: number;
}

/** Bytes of rows that may be read per byte of the largest response: not all stored data is part of it. */
const rowsPerResponse = 2;

export function requestBounds(responseBytesMax: number): RequestBounds {
  return { statementsMax: 3, rowBytesMax: rowsPerResponse * responseBytesMax };
}

export interface RequestDatabases {
  readonly pool: pg.Pool;
  /** Concurrent statements of all requests; the rest of the pool is for writes, samples and probes. */
  readonly statementsMax: number;
  readonly log: (event: LogEvent) => void;
}

/**
 * Creates the database for one request: few concurrent statements, so that no request exhausts the pool, and a limit on
 * the bytes of rows. Rows beyond the limit are dropped as they arrive, and the statement and all later ones of the
 * request fail with RESPONSE_TOO_LARGE.
 */
export function requestDatabases({ pool, statementsMax, log }: RequestDatabases) {
  const all = pLimit(statementsMax);
  return (bounds: RequestBounds): Kysely<Database> =>
    new Kysely<Database>({ dialect: new PostgresDialect({ pool: new RequestPool(pool, all, bounds) }), log });
}

class RequestPool implements PostgresPool {
  readonly #pool: pg.Pool;
  readonly #all: LimitFunction;
  readonly #own: LimitFunction;
  readonly #meter: RowMeter;

  constructor(pool: pg.Pool, all: LimitFunction, { statementsMax, rowBytesMax }: RequestBounds) {
    this.#pool = pool;
    this.#all = all;
    this.#own = pLimit(statementsMax);
    this.#meter = new RowMeter(rowBytesMax);
  }

  async connect(): Promise<PostgresPoolClient> {
    const releaseOwn = await acquire(this.#own);
    try {
      this.#meter.check();
      const releaseShared = await acquireInTime(this.#all);
      try {
        const client = await this.#pool.connect();
        return metered(client, this.#meter, () => {
          releaseShared();
          releaseOwn();
        });
      } catch (error) {
        releaseShared();
        throw error;
      }
    } catch (error) {
      releaseOwn();
      throw error;
    }
  }

  /** The pool owns the connections. */
  async end(): Promise<void> {}
}

/** Waits for a place. @returns a function that releases it. */
function acquire(limit: LimitFunction): Promise<() => void> {
  return new Promise((acquired) => void limit(() => new Promise<void>((release) => acquired(release))));
}

async function acquireInTime(limit: LimitFunction): Promise<() => void> {
  const place = acquire(limit);
  const release = await waitAtMost(connectTimeoutMs, place);
  if (release !== undefined) return release;
  void place.then((late) => late());
  throw new Error('timeout exceeded when trying to connect'); // the message of pg's pool
}

function metered(client: pg.PoolClient, meter: RowMeter, released: () => void): PostgresPoolClient {
  const lent = {
    query: (text: string, values: readonly unknown[]) =>
      new Promise((resolve, reject) => {
        const callback = (error: Error | null | undefined, result: unknown): void =>
          error ? reject(error) : resolve(result);
        client.query(new MeteredQuery({ text, values: [...values] }, meter, callback));
      }),
    release() {
      client.release();
      released();
    },
  };
  return lent as unknown as PostgresPoolClient;
}

/** Counts the bytes of the rows that a request has read. */
class RowMeter {
  readonly #bytesMax: number;
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** @throws AppError RESPONSE_TOO_LARGE */
  check(): void {
    if (this.#bytes > this.#bytesMax) throw rowsTooLarge(this.#bytesMax);
  }

  add(bytes: number): AppError | null {
    this.#bytes += bytes;
    return this.#bytes > this.#bytesMax ? rowsTooLarge(this.#bytesMax) : null;
  }
}

function rowsTooLarge(bytesMax: number): AppError {
  return new AppError(
    'RESPONSE_TOO_LARGE',
    `One request may read ${bytesMax} bytes of stored data. Request shorter lists or fewer fields.`,
    { details: { bytesMax } },
  );
}

/** The driver's methods for a row and for the end, which its types do not show. */
interface RowHandler {
  _canceledDueToError: false | Error;
  handleDataRow(message: DataRow): void;
}

interface DataRow {
  /** Bytes of the message with the row. */
  readonly length: number;
}

const driver = pg.Query.prototype as unknown as RowHandler;

/**
 * A statement whose rows are counted before they are parsed. The first excess row fails it, and no further row is kept.
 */
class MeteredQuery extends pg.Query {
  readonly #meter: RowMeter;

  constructor(
    config: pg.QueryConfig,
    meter: RowMeter,
    callback: (error: Error | undefined, result: unknown) => void,
  ) {
    super(config, callback);
    this.#meter = meter;
  }

  handleDataRow(message: DataRow): void {
    const own = this as unknown as RowHandler;
    const tooLarge = own._canceledDueToError ? null : this.#meter.add(message.length);
    if (tooLarge === null) driver.handleDataRow.call(own, message);
    else own._canceledDueToError = tooLarge;
  }
}
