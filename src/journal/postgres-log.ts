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
import {
  lockBoundsDefault,
  logTransactions,
  type LockBounds,
  type LogTransaction,
} from './log-transaction.ts';
import { Ring, type RingBounds } from './ring.ts';
import { mapped, rowsAfter, storedFloor, storedTail } from './stored-events.ts';
import { TopicHandlers, type TopicHandler } from './topic-handlers.ts';
import type { Draft, Entry } from './topic.ts';
import { Failure, writeBatch, type Share as DraftShare, type StoredBatch } from './write-batch.ts';
import { commitBoundsDefault, WriteQueue, type CommitBounds, type WriteRequest } from './write-queue.ts';

type LogRequest = WriteRequest<DraftShare, readonly Receipt[]>;

/** One for commits and one for reading what other instances have committed; each is used by one task at a time. */
const connectionsMax = 2;
const entryOverheadBytes = 256;
/** A commit within this time shows that the log is writable. */
const storedRecentlyMs = 1_000;
export interface PostgresLogOptions {
  /** Readers read pages through its pool. For commits the log opens connections of its own. */
  readonly database: DatabaseHandle;
  readonly log: Log;
  readonly handlers?: readonly TopicHandler[];
  readonly ring?: RingBounds;
  readonly commit?: CommitBounds;
  readonly lock?: LockBounds;
  /** The memory that waiting drafts may take. */
  readonly drafts?: Share;
  /** Time before the log is read again after the database was lost. */
  readonly retryMs?: number;
}

/**
 * The log in PostgreSQL. Every transaction takes the lock of the log before it draws positions, so positions are in
 * commit order however many processes write. Entries are added to the ring after the commit, in that order: rows that
 * another process committed in between, or whose commit was not acknowledged to this process, are read first.
 */
export async function openPostgresLog(options: PostgresLogOptions): Promise<DurableLog> {
  const { kysely } = options.database;
  const { rows } = await sql<{ epoch: string; version: number }>`
    select epoch, current_setting('server_version_num')::int as version from journal_identity`.execute(
    kysely,
  );
  const [opened] = rows;
  if (opened === undefined) throw new Error('the log has no identity');
  return new PostgresLog(options, { ...opened, head: await storedHead(kysely) });
}

class PostgresLog implements DurableLog {
  readonly epoch: string;
  readonly #db: Kysely<Database>;
  /** The log's own connections, so that queries that use up the pool do not hold up commits. */
  readonly #own: DatabaseHandle;
  readonly #transaction: ReturnType<typeof logTransactions>;
  readonly #log: Log;
  readonly #handlers: TopicHandlers;
  readonly #ring: Ring;
  readonly #retryMs: number;
  readonly #listeners: Listeners;
  readonly #queue: WriteQueue<DraftShare, readonly Receipt[]>;
  /** Tasks that add entries to the ring, one after the other. */
  #publications: Promise<void> = Promise.resolve();
  /** Set while there may be commits that this process has not read. */
  #behind: NodeJS.Timeout | null = null;
  #catchUpQueued = false;
  /** Set when the end of the log has to be read, since no row may show it. */
  #catchUpToEnd = false;
  /** The last position of the commit under way: its notification needs no reading. */
  #committing = 0;
  /** When something was last stored, on the clock of `performance`. */
  #storedAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(
    options: PostgresLogOptions,
    { epoch, version, head }: { epoch: string; version: number; head: number },
  ) {
    this.epoch = epoch;
    this.#db = options.database.kysely;
    const bounds = options.lock ?? lockBoundsDefault;
    const silenceMaxMs = bounds.silenceMs;
    this.#own = options.database.beside({ max: connectionsMax, pipeline: true, silenceMaxMs });
    this.#transaction = logTransactions(this.#own, { serverVersion: version, bounds });
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
    decide: TransactionFn<Value>,
  ): Promise<{ value: Value; receipts: readonly Receipt[] }> {
    let value: { set: Value } | undefined;
    const receipts = await this.#queue.enqueue(1, async (db) => {
      const decided = await decide(db);
      value = { set: decided.value };
      return decided.drafts;
    });
    if (value === undefined) throw new Error('a transaction was acknowledged that never ran');
    await this.#listeners.settled();
    return { value: value.set, receipts };
  }

  head(): number {
    return this.#ring.head();
  }

  async end(): Promise<number> {
    const end = await storedHead(this.#db).catch(mapped);
    this.catchUp(end);
    return end;
  }

  holds(seq: number): boolean {
    return seq >= this.#ring.floor();
  }

  recent(topics: readonly string[] | null, seq: number, limit: number): readonly Entry[] {
    return this.#ring.after(topics, seq, limit);
  }

  async page(topics: readonly string[] | null, seq: number, limit: number): Promise<Page> {
    const end = this.#ring.head(); // taken before the query: what was committed by now is certainly in its answer
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

  catchUp(seq: number | null): void {
    if (this.#closed) return;
    if (seq === null || !Number.isSafeInteger(seq)) this.#catchUpToEnd = true;
    else if (seq <= this.#ring.head() || seq === this.#committing) return;
    if (this.#catchUpQueued) return;
    this.#catchUpQueued = true;
    void this.#publish(() => this.#catchUp());
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
    if (this.#behind !== null) clearTimeout(this.#behind);
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
    // The batch is stored: nothing of it may run again, whatever happens from here on.
    await this.#publish(() => this.#publishToRing(stored));
    for (const [index, request] of batch.entries()) {
      const outcome = stored.outcomes[index];
      if (outcome instanceof Failure) request.reject(outcome.error);
      else request.resolve(outcome ?? []);
    }
  }

  async #notCommitted(batch: readonly LogRequest[], error: unknown): Promise<void> {
    this.#committing = 0; // another instance may commit up to that position
    if (isUnavailable(error)) {
      for (const request of batch) request.reject(unavailable(error));
      this.#catchUpLater();
    } else if (batch.length === 1) {
      batch[0]?.reject(error);
    } else {
      for (const request of batch) await this.#commit([request]); // so that only the request that fails is rejected
    }
  }

  #write(transaction: LogTransaction, batch: readonly LogRequest[]): Promise<StoredBatch> {
    return writeBatch(
      transaction,
      batch.map(({ work }) => work),
      {
        epoch: this.epoch,
        shown: this.#ring.head(),
        handlers: this.#handlers,
        committing: (seq) => (this.#committing = seq),
      },
    );
  }

  /**
   * Makes a commit readable: first what was committed before it and is not in the ring, then its own entries. Never
   * rejects: what cannot be read now is read later.
   */
  async #publishToRing({ end, entries, sizes }: StoredBatch): Promise<void> {
    try {
      if (end > this.#ring.head()) await this.#readUpTo(end);
      const head = this.#ring.head(); // catching up may have read some of this commit already
      const first = entries.findIndex(({ seq }) => seq > head);
      if (first !== -1) this.#push(entries.slice(first), sizes.slice(first));
    } catch (error) {
      this.#log.error({ err: error }, 'committed events cannot be read yet; trying again');
      this.#catchUpLater();
    }
  }

  /** @param seq a position before which no commit is pending. */
  async #readUpTo(seq: number): Promise<void> {
    if (seq <= this.#ring.head()) return;
    await this.#readNew(seq);
    this.#ring.advance(seq);
  }

  /** A page contains everything that was committed up to its last row, since positions are in commit order. */
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

  /** @param sizes number of characters of each entry's payload. */
  #push(entries: readonly Entry[], sizes: readonly number[]): void {
    if (entries.length === 0) return;
    for (const [index, entry] of entries.entries())
      this.#ring.push(entry, (sizes[index] ?? 0) + entryOverheadBytes);
    this.#listeners.notify(entries);
  }

  /** After the database was lost, there may be a commit that was never acknowledged: reads until the database answers. */
  #catchUpLater(): void {
    if (this.#behind !== null || this.#closed) return;
    this.#behind = setTimeout(() => {
      this.#behind = null;
      this.catchUp(null);
    }, this.#retryMs);
  }

  async #catchUp(): Promise<void> {
    this.#catchUpQueued = false; // later commits send further notifications
    const toEnd = this.#catchUpToEnd;
    this.#catchUpToEnd = false;
    try {
      if (toEnd) await this.#readUpTo(await storedHead(this.#own.kysely));
      else await this.#readNew();
    } catch (error) {
      this.#log.debug({ err: error }, 'the log cannot be read yet');
      this.#catchUpLater();
    }
  }
}
