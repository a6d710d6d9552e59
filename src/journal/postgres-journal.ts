import { sql, type Kysely } from 'kysely';
import { isUnavailable, unavailable } from '../db/database-fault.ts';
import type { Database, DatabaseHandle } from '../db/database.ts';
import { retryConflicts } from '../db/retry-conflicts.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log/log.ts';
import { approximateBytes } from '../lib/approximate-bytes.ts';
import { MemoryBudget, memoryBudgetDefault, type Share } from '../lib/memory-budget.ts';
import { toEntry } from './event-rows.ts';
import type { Decide, DurableLog, LogStats, LogListener, Page, Receipt } from './journal.ts';
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

/** Bounds of the group commit, checked where work comes in. */
export interface CommitBounds {
  /** Drafts that may wait for a commit before `append` answers OVERLOADED. */
  readonly waitingMax: number;
  /** Drafts that go into one transaction. */
  readonly batchMax: number;
  /** What they may take in memory, so that no transaction takes long to send. */
  readonly batchBytesMax?: number;
}

const batchBytesMaxDefault = 8 * 1024 * 1024;
const defaultCommitBounds: CommitBounds = { waitingMax: 50_000, batchMax: 2_000 };

/** One for commits, which run one after the other, and one for what other instances have committed, likewise. */
const connectionsMax = 2;
const entryOverheadBytes = 256;
/** Whatever was stored so recently shows that the log can be written. */
const storedRecentlyMs = 1_000;
/** A decision that waits: what it holds is its own, and small. */
const decisionBytes = 2_048;

/** One caller's share of a transaction. */
interface Unit {
  readonly size: number;
  /** What its drafts take in memory. */
  readonly bytes: number;
  /** The drafts themselves, or the decision that brings them forth inside the transaction. */
  readonly drafts: DraftShare;
  readonly resolve: (receipts: readonly Receipt[]) => void;
  readonly reject: (error: unknown) => void;
}

export interface PostgresLogOptions {
  /** Readers read pages through its pool; for its own needs the log opens connections beside it. */
  readonly database: DatabaseHandle;
  readonly log: Log;
  readonly handlers?: readonly TopicHandler[];
  readonly ring?: RingBounds;
  readonly commit?: CommitBounds;
  readonly lock?: LockBounds;
  /** What drafts may take in memory while they wait. */
  readonly drafts?: Share;
  /** How long to wait before the database is asked again after it was lost. */
  readonly retryMs?: number;
}

/**
 * The log in PostgreSQL. All that arrives while one commit runs goes into the next one, so a thousand callers cost a
 * handful of statements. A transaction-scoped lock is taken before positions are drawn, so order of positions is
 * order of commits whatever number of processes write, and the ring is filled only after the commit, in that order:
 * rows that another process put in between, or whose commit was not acknowledged to us, are read first.
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
  /** What the log cannot do without: no number of queries keeps it waiting. */
  readonly #own: DatabaseHandle;
  readonly #transaction: ReturnType<typeof logTransactions>;
  readonly #log: Log;
  readonly #handlers: TopicHandlers;
  readonly #ring: Ring;
  readonly #bounds: CommitBounds;
  readonly #retryMs: number;
  readonly #drafts: Share;
  readonly #listeners: Listeners;
  #units: Unit[] = [];
  #waiting = 0;
  /** Commits run one after the other. */
  #commits: Promise<void> = Promise.resolve();
  /** Whatever puts entries into the ring runs one after the other. */
  #publications: Promise<void> = Promise.resolve();
  #drainQueued = false;
  /** Set while commits may exist that we have not seen. */
  #behind: NodeJS.Timeout | null = null;
  #catchingUp = false;
  /** Set when the end of the log has to be asked for, since no row may show it. */
  #catchUpToEnd = false;
  /** The last position of the commit under way: its notification says nothing that its acknowledgement does not. */
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
    this.#bounds = options.commit ?? defaultCommitBounds;
    this.#retryMs = options.retryMs ?? 500;
    this.#drafts = options.drafts ?? new MemoryBudget(memoryBudgetDefault).share('drafts');
  }

  async append(drafts: readonly Draft[]): Promise<readonly Receipt[]> {
    if (drafts.length === 0) return [];
    return this.#enqueue(drafts.length, drafts);
  }

  async transact<Value>(decide: Decide<Value>): Promise<{ value: Value; receipts: readonly Receipt[] }> {
    let value: { set: Value } | undefined;
    const receipts = await this.#enqueue(1, async (db) => {
      const decided = await decide(db);
      value = { set: decided.value };
      return decided.drafts;
    });
    if (value === undefined) throw new Error('a transaction was acknowledged that never ran');
    await this.#listeners.takenUp();
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
    if (this.#catchingUp) return;
    this.#catchingUp = true;
    void this.#publish(() => this.#catchUp());
  }

  async writable(): Promise<void> {
    if (performance.now() - this.#storedAt < storedRecentlyMs) return;
    await this.#enqueue(1, async (db) => {
      await sql`update journal_identity set epoch = epoch`.execute(db);
      return [];
    });
    this.#storedAt = performance.now();
  }

  stats(): LogStats {
    const { size, bytes } = this.#ring;
    return { head: this.head(), heldEntries: size, heldBytes: bytes, waiting: this.#waiting };
  }

  onAppend(listener: LogListener): Disposable {
    return this.#listeners.add(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    if (this.#behind !== null) clearTimeout(this.#behind);
    await this.#commits;
    await this.#publications;
    this.#listeners.clear();
    await this.#own[Symbol.asyncDispose]();
  }

  #enqueue(size: number, drafts: Unit['drafts']): Promise<readonly Receipt[]> {
    if (this.#closed)
      return Promise.reject(new AppError('SHUTTING_DOWN', 'The server is stopping.', { retryable: true }));
    if (this.#waiting + size > this.#bounds.waitingMax)
      return Promise.reject(overloaded(this.#bounds.waitingMax));
    const bytes = typeof drafts === 'function' ? decisionBytes : approximateBytes(drafts);
    if (!this.#drafts.acquire(bytes)) return Promise.reject(overloaded(`${this.#drafts.bytesMax} bytes of`));
    this.#waiting += size;
    return new Promise((resolve, reject) => {
      this.#units.push({ size, bytes, drafts, resolve, reject });
      if (this.#drainQueued) return;
      this.#drainQueued = true;
      this.#commits = this.#commits.then(() => this.#drain());
    });
  }

  /** @param task must not reject. */
  #publish(task: () => Promise<void>): Promise<void> {
    this.#publications = this.#publications.then(task);
    return this.#publications;
  }

  async #drain(): Promise<void> {
    this.#drainQueued = false;
    while (this.#units.length > 0) {
      const batch = this.#nextBatch();
      await this.#commit(batch);
      this.#waiting -= batch.reduce((sum, unit) => sum + unit.size, 0);
      for (const { bytes } of batch) this.#drafts.release(bytes);
    }
  }

  #nextBatch(): readonly Unit[] {
    const { batchMax, batchBytesMax = batchBytesMaxDefault } = this.#bounds;
    let size = 0;
    let bytes = 0;
    let count = 0;
    for (const unit of this.#units) {
      size += unit.size;
      bytes += unit.bytes;
      if (count > 0 && (size > batchMax || bytes > batchBytesMax)) break;
      count++;
    }
    return this.#units.splice(0, count);
  }

  async #commit(batch: readonly Unit[]): Promise<void> {
    let stored: StoredBatch;
    try {
      stored = await retryConflicts(() =>
        this.#transaction((transaction) => this.#write(transaction, batch)),
      );
    } catch (error) {
      return this.#notCommitted(batch, error);
    }
    if (stored.entries.length > 0) this.#storedAt = performance.now();
    // It is stored: whatever happens from here on, nothing of it may run again.
    await this.#publish(() => this.#admit(stored));
    for (const [index, unit] of batch.entries()) {
      const outcome = stored.outcomes[index];
      if (outcome instanceof Failure) unit.reject(outcome.error);
      else unit.resolve(outcome ?? []);
    }
  }

  async #notCommitted(batch: readonly Unit[], error: unknown): Promise<void> {
    this.#committing = 0; // another instance may commit what ends there
    if (isUnavailable(error)) {
      for (const unit of batch) unit.reject(unavailable(error));
      this.#catchUpLater();
    } else if (batch.length === 1) {
      batch[0]?.reject(error);
    } else {
      for (const unit of batch) await this.#commit([unit]); // so that only the culprit fails
    }
  }

  #write(transaction: LogTransaction, batch: readonly Unit[]): Promise<StoredBatch> {
    return writeBatch(
      transaction,
      batch.map(({ drafts }) => drafts),
      {
        epoch: this.epoch,
        shown: this.#ring.head(),
        handlers: this.#handlers,
        committing: (seq) => (this.#committing = seq),
      },
    );
  }

  /**
   * Makes a commit readable: first what lies between it and what we hold, then its own entries. Never rejects: what
   * could not be read now is read later.
   */
  async #admit({ end, entries, sizes }: StoredBatch): Promise<void> {
    try {
      if (end > this.#ring.head()) await this.#readUpTo(end);
      const head = this.#ring.head(); // catching up may have read some of this commit already
      const first = entries.findIndex(({ seq }) => seq > head);
      if (first !== -1) this.#push(entries.slice(first), sizes.slice(first));
    } catch (error) {
      this.#log.error({ err: error }, 'what was committed cannot be shown to readers yet');
      this.#catchUpLater();
    }
  }

  /** @param seq a position up to which everything is committed. */
  async #readUpTo(seq: number): Promise<void> {
    if (seq <= this.#ring.head()) return;
    await this.#readNew(seq);
    this.#ring.advance(seq);
  }

  /** Every page shows all that was committed up to its last row, since positions are drawn in commit order. */
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

  /** @param sizes characters of each entry's payload. */
  #push(entries: readonly Entry[], sizes: readonly number[]): void {
    if (entries.length === 0) return;
    for (const [index, entry] of entries.entries())
      this.#ring.push(entry, (sizes[index] ?? 0) + entryOverheadBytes);
    this.#listeners.tell(entries);
  }

  /** After the database was lost, a commit may be there that was never acknowledged: read on until it answers. */
  #catchUpLater(): void {
    if (this.#behind !== null || this.#closed) return;
    this.#behind = setTimeout(() => {
      this.#behind = null;
      this.catchUp(null);
    }, this.#retryMs);
  }

  async #catchUp(): Promise<void> {
    this.#catchingUp = false; // whatever is committed from here on is notified again
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

function overloaded(most: string | number): AppError {
  return new AppError('OVERLOADED', `More than ${most} events wait to be stored.`, { retryable: true });
}
