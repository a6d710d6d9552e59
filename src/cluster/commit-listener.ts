import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { isUnavailable } from '../db/database-fault.ts';
import type { DatabaseHandle } from '../db/database.ts';
import type { DurableLog } from '../journal/journal.ts';
import { notifyChannel } from '../journal/news.ts';
import type { Log } from '../log/log.ts';
import { guarded } from '../lib/guarded.ts';

/** Poll intervals without notifications, and as a safety net with them. */
const pollUnnotifiedMs = 250;
const pollListeningMs = 10_000;
const reconnectMs = 1_000;
const connectTimeoutMs = 5_000;
/** A notification sent through the pool must arrive within this time. */
const proofMs = 2_000;
/** How often a nonce is sent while notifications arrive, and how often LISTEN is retried while none do. */
const proveEveryMs = 15_000;
const listenAgainMs = 30_000;
/** A channel for nonces only: instances that do not know it never receive any. */
const proofChannel = 'opsgraph_proof';

export interface CommitListenerTimings {
  readonly proofMs?: number;
  readonly proveEveryMs?: number;
  readonly listenAgainMs?: number;
}

export interface CommitListener extends AsyncDisposable {
  /** Whether notifications are proven to arrive, so that the log need not be polled. */
  listening(): boolean;
}

export interface CommitListenerOptions extends CommitListenerTimings {
  readonly database: DatabaseHandle;
  readonly eventLog: Pick<DurableLog, 'catchUp' | 'receive'>;
  readonly log: Log;
  /** Where LISTEN connects; null: the address of the pool. */
  readonly listenUrl?: string | null;
  /** What else instances notify each other of: a listener per channel. */
  readonly channels?: Readonly<Record<string, (payload: string) => void>>;
}

/**
 * Receives the commits of other instances on the same PostgreSQL: every commit sends a NOTIFY with its entries, or with
 * its position where they are too large. A receiver that lacks an entry before them reads the table, so a lost
 * notification causes a delay and no loss.
 *
 * A successful LISTEN proves nothing: behind PgBouncer in transaction mode no notification ever arrives, and after a
 * failover the connection may lead to a server without writers. So a nonce is sent through the pool, like every commit,
 * and must arrive here. Until it does, the log is polled four times a second.
 */
export function listenForCommits(options: CommitListenerOptions): CommitListener {
  const { database, eventLog, log, listenUrl = null, channels = {} } = options;
  const connection = listenUrl === null ? database.connection : { connectionString: listenUrl };
  const nonceTimeoutMs = options.proofMs ?? proofMs;
  let client: pg.Client | null = null;
  let proof: { readonly nonce: string; readonly onArrival: () => void } | null = null;
  let next: NodeJS.Timeout | null = null;
  let polling: NodeJS.Timeout | null = null;
  let pollingMs = 0;
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
      if (channel === notifyChannel) eventLog.receive(payload ?? '');
      else if (channel === proofChannel && payload === proof?.nonce) proof?.onArrival();
      else channels[channel]?.(payload ?? '');
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
      const names = [notifyChannel, proofChannel, ...Object.keys(channels)];
      await opened.query(names.map((name) => `listen ${name}`).join('; '));
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
    if (!receiving) eventLog.catchUp(); // reads what was committed before
    if (warned) log.info({}, 'notifications of the database arrive again; polling stops');
    receiving = true;
    warned = false;
    pollEvery(pollListeningMs);
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
    pollEvery(pollUnnotifiedMs);
    if (warned) return;
    warned = true;
    log.warn(error === null ? {} : { err: error }, message);
  }

  function later(ms: number, work: () => void): void {
    if (next !== null) clearTimeout(next);
    next = closed ? null : setTimeout(work, ms);
  }

  /**
   * Keeps a timer with the same interval: a LISTEN that is retried more often than the interval would never let it
   * fire.
   */
  function pollEvery(everyMs: number): void {
    if (pollingMs === everyMs) return;
    pollingMs = everyMs;
    if (polling !== null) clearInterval(polling);
    polling = closed ? null : setInterval(() => eventLog.catchUp(), everyMs);
  }

  pollEvery(pollUnnotifiedMs);
  void listen();

  return {
    listening: () => receiving,
    async [Symbol.asyncDispose]() {
      closed = true;
      if (next !== null) clearTimeout(next);
      if (polling !== null) clearInterval(polling);
      await client?.end().catch(() => {});
    },
  };
}
