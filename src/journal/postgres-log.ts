import { sql, type Kysely } from 'kysely';
import { isUnavailable, unavailable } from '../db/database-fault.ts';
import type { Database, DatabaseHandle } from '../db/database.ts';
import { retryConflicts } from '../db/retry-conflicts.ts';
import type { Log } from '../log/log.ts';
import { MemoryBudget, memoryBudgetDefault, type Share } from '../lib/memory-budget.ts';
import { toEntry } from './event-rows.ts';
import type { TransactionFn, DurableLog, LogStats, LogListener, Page, Receipt } from './journal.ts';
import { Listeners } from './listeners.ts';
import { storedHead } from './log-end.ts';
import { readLogIdentity, type LogIdentity } from './log-identity.ts';
import {
  lockBoundsDefault,
  logTransactions,
  type LockBounds,
  type LogTransaction,
} from './log-transaction.ts';
import { entriesAfter, lastOf, type NewsSender } from './news.ts';
import { Ring, type RingBounds } from './ring.ts';
import { rethrow, rowsAfter, storedFloor, storedTail } from './stored-events.ts';
import { TopicHandlers, type TopicHandler } from './topic-handlers.ts';
import type { Draft, Entry } from './topic.ts';
import { Failure, writeBatch, type DraftSource, type StoredBatch } from './write-batch.ts';
import { commitBoundsDefault, WriteQueue, type CommitBounds, type WriteRequest } from './write-queue.ts';

type LogRequest = WriteRequest<DraftSource, readonly Receipt[]>;

/** One for commits and one for reading the commits of other instances. */
const connectionsMax = 2;
const entryOverheadBytes = 256;
/** News that arrive while this many wait are read from the table instead, so that they take no memory. */
const newsWaitingMax = 128;
/** A commit within this time proves that the log is writable. */
const storedRecentlyMs = 1_000;

export interface PostgresLogOptions {
  /** Its pool serves the pages of readers. For commits the log opens its own connections. */
  readonly database: DatabaseHandle;
  readonly log: Log;
  readonly handlers?: readonly TopicHandler[];
  readonly ring?: RingBounds;
  readonly commit?: CommitBounds;
  readonly lock?: LockBounds;
  readonly sender?: NewsSender | null;
  /** Memory limit of waiting drafts. */
  readonly drafts?: Share;
  /** Delay before the log is read again after a fault of the database. Default: 500. */
  readonly retryMs?: number;
}

/**
 * Opens the log in PostgreSQL. Every transaction takes the lock of the log before it assigns positions, so positions
 * are in commit order, however many processes write. Entries are added to the ring after the commit, in that order:
 * entries that another process committed before, or whose commit was not acknowledged to this process, are read first.
 */
export async function openPostgresLog(options: PostgresLogOptions): Promise<DurableLog> {
  const { kysely } = options.database;
  const identity = await readLogIdentity(kysely);
  return new PostgresLog(options, { ...identity, head: await storedHead(kysely) });
}

class PostgresLog implements DurableLog {
  readonly epoch: string;
  readonly #db: Kysely<Database>;
  /** The log's own connections, so that commits do not wait for queries that use the whole pool. */
  readonly #own: DatabaseHandle;
  readonly #transaction: ReturnType<typeof logTransactions>;
  readonly #log: Log;
  readonly #handlers: TopicHandlers;
  readonly #ring: Ring;
  readonly #retryMs: number;
  readonly #listeners: Listeners;
  readonly #queue: WriteQueue<DraftSource, readonly Receipt[]>;
  /** Tasks that add entries to the ring, one after the other. */
  #publications: Promise<void> = Promise.resolve();
  /** Number of received news that wait for tasks before them. */
  #newsWaiting = 0;
  /** Set while a retry of reading the log is scheduled. */
  #retryTimer: NodeJS.Timeout | null = null;
  #catchUpQueued = false;
  /** Whether the end of the log has to be read, because the last position may have no row. */
  #catchUpToEnd = false;
  /** The last position of the commit under way, whose notification is ignored. */
  #committing = 0;
  /** `performance.now()` of the last commit. */
  #storedAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(
    options: PostgresLogOptions,
    { epoch, serverVersion, head }: LogIdentity & { readonly head: number },
  ) {
    this.epoch = epoch;
    this.#db = options.database.kysely;
    const bounds = options.lock ?? lockBoundsDefault;
    const silenceMaxMs = bounds.silenceMs;
    this.#own = options.database.beside({ max: connectionsMax, pipeline: true, silenceMaxMs });
    const { sender } = options;
    this.#transaction = logTransactions(this.#own, { serverVersion, bounds, sender });
    this.#log = options.log;
    this.#listeners = new Listeners(options.log);
    this.#handlers = new TopicHandlers(options.handlers);
    this.#ring = new Ring(head, options.ring);
    this.#queue = new WriteQueue((batch) => this.#commit(batch), {
      bounds: options.commit ?? commitBoundsDefault,
      memory: options.drafts ?? new MemoryBudget(memoryBudgetDefault).share('drafts'),
    });
    this.#retryMs = options.retryMs ?? 500;
  }

  async append(drafts: readonly Draft[]): Promise<readonly Receipt[]> {
    if (drafts.length === 0) return [];
    return this.#queue.enqueue(drafts.length, drafts);
  }

  async transact<Value>(
    transaction: TransactionFn<Value>,
  ): Promise<{ value: Value; receipts: readonly Receipt[] }> {
    let value: { set: Value } | undefined;
    const receipts = await this.#queue.enqueue(1, async (db) => {
      const result = await transaction(db);
      value = { set: result.value };
      return result.drafts;
    });
    if (value === undefined) throw new Error('the transaction function was not called');
    await this.#listeners.settled();
    return { value: value.set, receipts };
  }

  head(): number {
    return this.#ring.head();
  }

  async end(): Promise<number> {
    const end = await storedHead(this.#db).catch(rethrow);
    if (end > this.#ring.head()) this.#queueCatchUp();
    return end;
  }

  holds(seq: number): boolean {
    return seq >= this.#ring.floor();
  }

  recent(topics: readonly string[] | null, seq: number, limit: number): readonly Entry[] {
    return this.#ring.after(topics, seq, limit);
  }

  async page(topics: readonly string[] | null, seq: number, limit: number): Promise<Page> {
    const end = this.#ring.head(); // read before the query, whose result contains everything up to it
    const entries = (await rowsAfter(this.#db, { topics, seq, limit })).map(toEntry);
    const full = entries.length === limit;
    const last = entries.at(-1)?.seq ?? seq;
    return { entries, upTo: full ? last : Math.max(last, end), floor: await this.floor(topics) };
  }

  floor(topics: readonly string[] | null): Promise<number> {
    return storedFloor(this.#db, topics);
  }

  tail(
    topics: readonly string[] | null,
    types: readonly string[] | null,
    seq: number,
    keep: number,
  ): Promise<number> {
    return storedTail(this.#db, { topics, types, seq, keep });
  }

  catchUp(): void {
    this.#catchUpToEnd = true;
    this.#queueCatchUp();
  }

  receive(news: string): void {
    const last = lastOf(news);
    if (Number.isNaN(last)) return this.catchUp();
    if (this.#closed || last <= this.#ring.head() || last === this.#committing) return;
    if (this.#newsWaiting >= newsWaitingMax) return this.#queueCatchUp();
    this.#newsWaiting++;
    void this.#publish(async () => {
      this.#newsWaiting--;
      const entries = entriesAfter(this.#ring.head(), news);
      if (entries === null) return this.#catchUp();
      const bytes = Math.ceil(news.length / entries.length);
      return this.#push(
        entries,
        entries.map(() => bytes),
      );
    });
  }

  async writable(): Promise<void> {
    if (performance.now() - this.#storedAt < storedRecentlyMs) return;
    await this.#queue.enqueue(1, async (db) => {
      await sql`update journal_identity set epoch = epoch`.execute(db);
      return [];
    });
    this.#storedAt = performance.now();
  }

  stats(): LogStats {
    const { size, bytes } = this.#ring;
    return { head: this.head(), heldEntries: size, heldBytes: bytes, waiting: this.#queue.waiting };
  }

  onAppend(listener: LogListener): Disposable {
    return this.#listeners.add(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    if (this.#retryTimer !== null) clearTimeout(this.#retryTimer);
    await this.#queue.close();
    await this.#publications;
    this.#listeners.clear();
    await this.#own[Symbol.asyncDispose]();
  }

  /** @param task must not reject. */
  #publish(task: () => Promise<void>): Promise<void> {
    this.#publications = this.#publications.then(task);
    return this.#publications;
  }

  async #commit(batch: readonly LogRequest[]): Promise<void> {
    let stored: StoredBatch;
    try {
      stored = await retryConflicts(() =>
        this.#transaction((transaction) => this.#write(transaction, batch)),
      );
    } catch (error) {
      return this.#notCommitted(batch, error);
    }
    if (stored.entries.length > 0) this.#storedAt = performance.now();
    // The batch is stored. From here on, nothing may cause it to run again.
    await this.#publish(() => this.#publishToRing(stored));
    for (const [index, request] of batch.entries()) {
      const outcome = stored.outcomes[index];
      if (outcome instanceof Failure) request.reject(outcome.error);
      else request.resolve(outcome ?? []);
    }
  }

  async #notCommitted(batch: readonly LogRequest[], error: unknown): Promise<void> {
    this.#committing = 0; // another instance may commit the same position
    if (isUnavailable(error)) {
      for (const request of batch) request.reject(unavailable(error));
      this.#catchUpLater();
    } else if (batch.length === 1) {
      batch[0]?.reject(error);
    } else {
      for (const request of batch) await this.#commit([request]); // rejects only the failing one
    }
  }

  #write(transaction: LogTransaction, batch: readonly LogRequest[]): Promise<StoredBatch> {
    return writeBatch(
      transaction,
      batch.map(({ work }) => work),
      {
        epoch: this.epoch,
        visibleHead: this.#ring.head(),
        handlers: this.#handlers,
        onCommitting: (seq) => (this.#committing = seq),
      },
    );
  }

  /**
   * Makes a commit readable: first adds the entries that were committed before it and are not in the ring, then its
   * own. Never rejects: if the database cannot be read, the entries are read later.
   */
  async #publishToRing({ end, entries, sizes }: StoredBatch): Promise<void> {
    try {
      if (end > this.#ring.head()) await this.#readUpTo(end);
      const head = this.#ring.head(); // `catchUp` may have read entries of this commit already
      const first = entries.findIndex(({ seq }) => seq > head);
      if (first !== -1) this.#push(entries.slice(first), sizes.slice(first));
    } catch (error) {
      this.#log.error({ err: error }, 'Cannot read committed events; retrying');
      this.#catchUpLater();
    }
  }

  /** @param seq a position up to which all transactions have ended. */
  async #readUpTo(seq: number): Promise<void> {
    if (seq <= this.#ring.head()) return;
    await this.#readNew(seq);
    this.#ring.advance(seq);
  }

  /** A page contains everything up to its last row, because positions are in commit order. */
  async #readNew(upTo?: number): Promise<void> {
    const pageMax = 1_000;
    for (;;) {
      const seq = this.#ring.head();
      const rows = await rowsAfter(this.#own.kysely, { topics: null, seq, limit: pageMax, upTo });
      this.#push(
        rows.map(toEntry),
        rows.map(({ payload }) => JSON.stringify(payload).length),
      );
      if (rows.length < pageMax) break;
    }
  }

  /** @param sizes JSON length of each entry's payload. */
  #push(entries: readonly Entry[], sizes: readonly number[]): void {
    if (entries.length === 0) return;
    for (const [index, entry] of entries.entries())
      this.#ring.push(entry, (sizes[index] ?? 0) + entryOverheadBytes);
    this.#listeners.notify(entries);
  }

  /**
   * Reads the log again after a delay. After a fault of the database there may be a commit that was not acknowledged.
   */
  #catchUpLater(): void {
    if (this.#retryTimer !== null || this.#closed) return;
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = null;
      this.catchUp();
    }, this.#retryMs);
  }

  #queueCatchUp(): void {
    if (this.#catchUpQueued || this.#closed) return;
    this.#catchUpQueued = true;
    void this.#publish(() => this.#catchUp());
  }

  async #catchUp(): Promise<void> {
    this.#catchUpQueued = false; // a commit during the reading queues another one
    const toEnd = this.#catchUpToEnd;
    this.#catchUpToEnd = false;
    try {
      if (toEnd) await this.#readUpTo(await storedHead(this.#own.kysely));
      else await this.#readNew();
    } catch (error) {
      this.#log.debug({ err: error }, 'Cannot read the event log; retrying');
      this.#catchUpLater();
    }
  }
}
