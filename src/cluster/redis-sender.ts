import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/database.ts';
import { readLogIdentity } from '../journal/log-identity.ts';
import type { NewsSender } from '../journal/news.ts';
import { Deque } from '../lib/deque.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';
import { keepRedis, type RedisClient } from './redis-client.ts';

/** An entry of the stream. Larger commits are read from the table. */
const newsBytesMax = 32 * 1024;
/** The stream keeps about this number of entries, so at most 64 MiB, and usually a few. */
const entriesMax = 2_000;
/** Characters of news that Redis has not confirmed. Further news are dropped. */
const unconfirmedMax = 4 * 1024 * 1024;
/** A server that has not confirmed news after this time does not work. */
const confirmMs = 1_000;
const watchEveryMs = 250;
/** How often something is sent, so that it is known whether news can be sent. */
const heartbeatMs = 1_000;
/** A channel that no instance reads. */
const heartbeatChannel = 'opsgraph_heartbeat';
/** How long one that stops waits for the confirmation of its last news. */
const flushMs = 500;

/**
 * The stream of a database, as several can use one Redis. A copy of a database has the same epoch, so the server and the
 * database are in the name, too.
 */
export async function newsStream(db: Kysely<Database>): Promise<string> {
  const { epoch } = await readLogIdentity(db);
  const { rows } = await sql<{ place: string }>`
    select substr(md5(system_identifier || '/' || oid), 1, 8) as place
    from pg_control_system(), pg_database where datname = current_database()`.execute(db);
  return `opsgraph:${epoch}:${rows[0]?.place ?? ''}:news`;
}

/**
 * Adds news to a stream of Redis. It never waits: while Redis is gone, frozen, full or slow, news are dropped, and
 * `sending` is false, which the reports of this instance tell the others, so that they read the table.
 */
export class RedisSender implements NewsSender, AsyncDisposable {
  readonly bytesMax = newsBytesMax;
  /** The name of the stream. */
  readonly route: string;
  readonly #closing = new AbortController();
  readonly #keeping: Promise<void>;
  /** What Redis has not confirmed, in the order of sending, which is that of the confirmations. */
  #unconfirmed = new Deque<{ readonly chars: number; readonly sentAt: number }>();
  #unconfirmedChars = 0;
  #client: RedisClient | null = null;
  #sentAt = Number.NEGATIVE_INFINITY;
  #sending = false;
  #error: unknown = null;
  #idle: (() => void) | null = null;

  constructor(url: string, stream: string) {
    this.route = stream;
    this.#keeping = keepRedis(url, this.#closing.signal, {
      work: (client) => this.#serve(client),
      lost: (error) => this.#lost(error),
    });
  }

  sending(): boolean {
    return this.#sending;
  }

  /** Why the latest news were not confirmed; null if they were. */
  error(): unknown {
    return this.#error;
  }

  send(channel: string, text: string): void {
    const client = this.#client;
    if (client === null) return;
    if (this.#unconfirmedChars + text.length > unconfirmedMax)
      return this.#failed(new Error('Redis is too slow; news were dropped'));
    const unconfirmed = this.#unconfirmed;
    this.#sentAt = performance.now();
    unconfirmed.push({ chars: text.length, sentAt: this.#sentAt });
    this.#unconfirmedChars += text.length;
    addNews(client, this.route, channel, text).then(
      () => this.#confirmed(unconfirmed, null),
      (error: unknown) => this.#confirmed(unconfirmed, error),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#unconfirmed.length > 0)
      await waitAtMost(flushMs, new Promise<void>((resolve) => (this.#idle = resolve)));
    this.#client = null;
    this.#closing.abort();
    await this.#keeping;
  }

  /** Rejects when Redis does not confirm. */
  async #serve(client: RedisClient): Promise<never> {
    this.#client = client;
    let watching: NodeJS.Timeout | null = null;
    try {
      return await new Promise<never>((_, reject) => {
        const check = (): void => {
          if (this.#isLate()) reject(new Error('Redis does not answer'));
          else if (performance.now() - this.#sentAt > heartbeatMs) this.send(heartbeatChannel, '');
        };
        this.send(heartbeatChannel, '');
        // Confirmations that arrived while this process was busy are read first.
        watching = setInterval(() => setImmediate(() => setImmediate(check)), watchEveryMs);
      });
    } finally {
      if (watching !== null) clearInterval(watching);
    }
  }

  /** What was not confirmed is dropped. */
  #lost(error: unknown): void {
    this.#client = null;
    [this.#unconfirmed, this.#unconfirmedChars] = [new Deque(), 0];
    this.#idle?.();
    this.#failed(error);
  }

  #isLate(): boolean {
    const sentAt = this.#unconfirmed.at(0)?.sentAt;
    return sentAt !== undefined && performance.now() - sentAt > confirmMs;
  }

  #confirmed(unconfirmed: Deque<{ readonly chars: number }>, error: unknown): void {
    if (unconfirmed !== this.#unconfirmed) return; // of a connection that is lost
    this.#unconfirmedChars -= unconfirmed.shift()?.chars ?? 0;
    if (error !== null) this.#failed(error);
    else [this.#sending, this.#error] = [true, null];
    if (unconfirmed.length === 0) this.#idle?.();
  }

  #failed(error: unknown): void {
    [this.#sending, this.#error] = [false, error];
  }
}

function addNews(client: RedisClient, stream: string, channel: string, text: string): Promise<unknown> {
  return client.xAdd(
    stream,
    '*',
    { [channel]: text },
    { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: entriesMax } },
  );
}
