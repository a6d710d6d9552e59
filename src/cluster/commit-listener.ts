import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { isUnavailable } from '../db/database-fault.ts';
import type { DatabaseHandle } from '../db/database.ts';
import type { DurableLog } from '../journal/journal.ts';
import { notifyChannel } from '../journal/notify-channel.ts';
import type { Log } from '../log/log.ts';
import { guarded } from '../lib/guarded.ts';

/** While no notification can be expected, and as a safety net while they arrive. */
const pollDeafMs = 250;
const pollListeningMs = 10_000;
const reconnectMs = 1_000;
const connectTimeoutMs = 5_000;
/** What was notified through the pool is received within this, or nothing is. */
const proofMs = 2_000;
/** How often it is proven again while notifications arrive, and tried again while none do. */
const proveEveryMs = 15_000;
const listenAgainMs = 30_000;
/** Carries proofs only: instances that do not know it never receive any. */
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
  readonly eventLog: Pick<DurableLog, 'catchUp'>;
  readonly log: Log;
  /** Where LISTEN connects; null: where the pool does. */
  readonly listenUrl?: string | null;
}

/**
 * News between instances that share a PostgreSQL: whoever commits says so with NOTIFY, and whoever receives it reads
 * what is new from the table. The news carry positions and never entries, so a lost one delays and never loses.
 *
 * That LISTEN succeeds proves nothing: behind PgBouncer in transaction mode it does, and no notification ever comes;
 * after a failover the connection may lead to a server to which nobody writes. So a nonce is notified through the
 * pool, the way of every commit, and has to arrive here. While none has, the log is polled four times a second.
 */
export function listenForCommits(options: CommitListenerOptions): CommitListener {
  const { database, eventLog, log, listenUrl = null } = options;
  const connection = listenUrl === null ? database.connection : { connectionString: listenUrl };
  const patienceMs = options.proofMs ?? proofMs;
  let client: pg.Client | null = null;
  let proof: { readonly nonce: string; readonly heard: () => void } | null = null;
  let next: NodeJS.Timeout | null = null;
  let polling: NodeJS.Timeout | null = null;
  let pollingMs = 0;
  let hearing = false;
  let warned = false;
  let closed = false;

  async function listen(): Promise<void> {
    const opened = new pg.Client({
      ...connection,
      application_name: 'opsgraph-news',
      keepAlive: true,
      connectionTimeoutMillis: connectTimeoutMs,
    });
    client = opened;
    const notified = ({ channel, payload }: pg.Notification): void => {
      if (channel === notifyChannel) eventLog.catchUp(Number(payload));
      else if (payload === proof?.nonce) proof?.heard();
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
      await opened.query(`listen ${notifyChannel}; listen ${proofChannel}`);
      await prove(opened);
    } catch (error) {
      lost(opened, error);
    }
  }

  async function prove(by: pg.Client): Promise<void> {
    const nonce = randomUUID();
    const arrived = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), patienceMs).unref();
      const heard = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      proof = { nonce, heard };
    });
    await sql`select pg_notify(${proofChannel}, ${nonce})`.execute(database.kysely);
    const proven = await arrived;
    if (closed || client !== by) return;
    if (!proven) return hearing ? lost(by, null) : deaf(by);
    if (!hearing) eventLog.catchUp(null); // what was notified before
    if (warned) log.info({}, 'notifications of the database arrive again; polling stops');
    hearing = true;
    warned = false;
    pollEvery(pollListeningMs);
    later(options.proveEveryMs ?? proveEveryMs, () => void prove(by).catch((error) => lost(by, error)));
  }

  /** The connection is there and hears nothing. */
  function deaf(from: pg.Client): void {
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
    // While the database is away, that is logged already.
    if (error === null || !isUnavailable(error) || hearing)
      warnOnce(error, 'LISTEN connection lost; polling four times a second');
    later(reconnectMs, () => void listen());
  }

  function warnOnce(error: unknown, message: string): void {
    hearing = false;
    pollEvery(pollDeafMs);
    if (warned) return;
    warned = true;
    log.warn(error === null ? {} : { err: error }, message);
  }

  function later(ms: number, work: () => void): void {
    if (next !== null) clearTimeout(next);
    next = closed ? null : setTimeout(work, ms);
  }

  /** A clock that runs at this pace already is kept: who tries LISTEN more often than it polls would never poll. */
  function pollEvery(everyMs: number): void {
    if (pollingMs === everyMs) return;
    pollingMs = everyMs;
    if (polling !== null) clearInterval(polling);
    polling = closed ? null : setInterval(() => eventLog.catchUp(null), everyMs);
  }

  pollEvery(pollDeafMs);
  void listen();

  return {
    listening: () => hearing,
    async [Symbol.asyncDispose]() {
      closed = true;
      if (next !== null) clearTimeout(next);
      if (polling !== null) clearInterval(polling);
      await client?.end().catch(() => {});
    },
  };
}
