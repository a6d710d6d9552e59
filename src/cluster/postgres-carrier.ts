import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { isUnavailable } from '../db/database-fault.ts';
import type { DatabaseHandle } from '../db/database.ts';
import type { Log } from '../log/log.ts';
import { guarded } from '../lib/guarded.ts';
import type { Carrier, NewsSink } from './carrier.ts';

const reconnectMs = 1_000;
const connectTimeoutMs = 5_000;
/** A notification sent through the pool must arrive within this time. */
const proofMs = 2_000;
/** How often a nonce is sent while notifications arrive, and how often LISTEN is retried while none do. */
const proveEveryMs = 15_000;
const listenAgainMs = 30_000;
/** A channel for nonces only: instances that do not know it never receive any. */
const proofChannel = 'opsgraph_proof';

export interface PostgresCarrierTimings {
  readonly proofMs?: number;
  readonly proveEveryMs?: number;
  readonly listenAgainMs?: number;
}

export interface PostgresCarrierOptions extends PostgresCarrierTimings {
  readonly database: Pick<DatabaseHandle, 'connection' | 'kysely' | 'settle'>;
  readonly log: Log;
  /** Where LISTEN connects; null: the address of the pool. */
  readonly listenUrl?: string | null;
}

/**
 * Brings the news that transactions of instances on the same PostgreSQL send with NOTIFY.
 *
 * A successful LISTEN proves nothing: behind PgBouncer in transaction mode no notification ever arrives, and after a
 * failover the connection may lead to a server without writers. So a nonce is sent through the pool, like every commit,
 * and must arrive here.
 */
export function postgresCarrier(
  options: PostgresCarrierOptions,
  sink: NewsSink,
  channels: readonly string[],
): Carrier {
  const { database, log, listenUrl = null } = options;
  const connection = listenUrl === null ? database.connection : { connectionString: listenUrl };
  const nonceTimeoutMs = options.proofMs ?? proofMs;
  const known = new Set(channels);
  let client: pg.Client | null = null;
  let proof: { readonly nonce: string; readonly onArrival: () => void } | null = null;
  let next: NodeJS.Timeout | null = null;
  let receiving = false;
  let warned = false;
  let closed = false;

  async function listen(): Promise<void> {
    const opened = new pg.Client({
      ...connection,
      application_name: 'opsgraph-listen',
      keepAlive: true,
      connectionTimeoutMillis: connectTimeoutMs,
    });
    client = opened;
    const notified = ({ channel, payload }: pg.Notification): void => {
      if (known.has(channel)) sink.news(channel, payload ?? '');
      else if (channel === proofChannel && payload === proof?.nonce) proof?.onArrival();
    };
    opened.on(
      'error',
      guarded((error) => lost(opened, error)),
    );
    opened.on(
      'end',
      guarded(() => lost(opened, null)),
    );
    opened.on(
      'notification',
      guarded(notified, (error) => lost(opened, error)),
    );
    try {
      await opened.connect();
      await database.settle(opened);
      await opened.query([proofChannel, ...channels].map((name) => `listen ${name}`).join('; '));
      await prove(opened);
    } catch (error) {
      lost(opened, error);
    }
  }

  async function prove(by: pg.Client): Promise<void> {
    const nonce = randomUUID();
    const arrived = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), nonceTimeoutMs).unref();
      const onArrival = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      proof = { nonce, onArrival };
    });
    await sql`select pg_notify(${proofChannel}, ${nonce})`.execute(database.kysely);
    const proven = await arrived;
    if (closed || client !== by) return;
    if (!proven) return receiving ? lost(by, null) : receivesNothing(by);
    if (warned) log.info({}, 'notifications of the database arrive again; polling stops');
    receiving = true;
    warned = false;
    sink.arrive(true);
    later(options.proveEveryMs ?? proveEveryMs, () => void prove(by).catch((error) => lost(by, error)));
  }

  /** The connection is open but receives no notifications. */
  function receivesNothing(from: pg.Client): void {
    client = null;
    void from.end().catch(() => {});
    warnOnce(
      null,
      'LISTEN receives no notifications; polling four times a second. Behind PgBouncer in transaction mode, set DATABASE_LISTEN_URL to the address of PostgreSQL itself',
    );
    later(options.listenAgainMs ?? listenAgainMs, () => void listen());
  }

  function lost(from: pg.Client, error: unknown): void {
    if (closed || client !== from) return;
    client = null;
    void from.end().catch(() => {});
    // An outage of the database is logged elsewhere.
    if (error === null || !isUnavailable(error) || receiving)
      warnOnce(error, 'LISTEN connection lost; polling four times a second');
    later(reconnectMs, () => void listen());
  }

  function warnOnce(error: unknown, message: string): void {
    receiving = false;
    sink.arrive(false);
    if (warned) return;
    warned = true;
    log.warn(error === null ? {} : { err: error }, message);
  }

  function later(ms: number, work: () => void): void {
    if (next !== null) clearTimeout(next);
    next = closed ? null : setTimeout(work, ms);
  }

  void listen();

  return {
    name: 'POSTGRES',
    async [Symbol.asyncDispose]() {
      closed = true;
      if (next !== null) clearTimeout(next);
      await client?.end().catch(() => {});
    },
  };
}
