import { sql, type Kysely, type Transaction } from 'kysely';
import { failedAlone, isUnavailable, unavailable } from '../db/database-fault.ts';
import type { Database } from '../db/database.ts';
import { retryConflicts } from '../db/retry-conflicts.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { approximateBytes } from '../lib/approximate-bytes.ts';
import { MemoryBudget, memoryBudgetDefault, type Share } from '../lib/memory-budget.ts';
import { completed, type Completions } from './completions.ts';
import {
  insertEvents,
  storedIds,
  toEntry,
  withIds,
  type StoredRow,
  type NamedDraft,
  type Written,
} from './event-rows.ts';
import type { Decide, DurableLog, LogFigures, LogListener, Page, Projection, Receipt } from './journal.ts';
import { Listeners } from './listeners.ts';
import { logEnd, storedHead } from './log-end.ts';
import { newsChannel } from './news.ts';
import { receiptsOf } from './receipts.ts';
import { Ring, type RingBounds } from './ring.ts';
import type { Draft, Entry } from './topic.ts';

/** Bounds of the group commit, checked where work comes in. */
export interface CommitBounds {
  /** Drafts that may wait for a commit before `append` answers OVERLOADED. */
  readonly waitingMax: number;
  /** Drafts that go into one transaction. */
  readonly batchMax: number;
}

const defaultCommitBounds: CommitBounds = { waitingMax: 50_000, batchMax: 2_000 };

/** Any number will do, as long as every writer of the log takes the same lock. */
const appendLock = 6_707_717_212;
const entryOverheadBytes = 256;
/** A decision that waits: what it holds is its own, and small. */
const decisionBytes = 2_048;

/** One caller's share of a transaction. */
interface Unit {
  readonly size: number;
  /** What its drafts take in memory. */
  readonly bytes: number;
  /** The drafts themselves, or the decision that brings them forth inside the transaction. */
  readonly drafts: readonly Draft[] | ((db: Kysely<Database>) => Promise<readonly Draft[]>);
  readonly resolve: (receipts: readonly Receipt[]) => void;
  readonly reject: (error: unknown) => void;
}

/** What one transaction has stored. */
interface Commit extends Pick<Written, 'entries' | 'sizes'> {
  /** The log's end before it. */
  readonly end: number;
  readonly outcomes: readonly { readonly unit: Unit; readonly result: readonly Receipt[] | Failure }[];
}

export interface PostgresLogOptions {
  readonly db: Kysely<Database>;
  readonly log: Log;
  readonly projections?: ReadonlyMap<string, Projection>;
  readonly completions?: Completions;
  readonly ring?: RingBounds;
  readonly commit?: CommitBounds;
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
  const { epoch } = await options.db.selectFrom('journal_identity').select('epoch').executeTakeFirstOrThrow();
  return new PostgresLog(options, epoch, await storedHead(options.db));
}

class PostgresLog implements DurableLog {
  readonly epoch: string;
  readonly #db: Kysely<Database>;
  readonly #log: Log;
  readonly #projections: ReadonlyMap<string, Projection>;
  readonly #completions: Completions;
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
  #closed = false;

  constructor(options: PostgresLogOptions, epoch: string, head: number) {
    this.epoch = epoch;
    this.#db = options.db;
    this.#log = options.log;
    this.#listeners = new Listeners(options.log);
    this.#projections = options.projections ?? new Map();
    this.#completions = options.completions ?? new Map();
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
    try {
      const end = await storedHead(this.#db);
      this.catchUp(end);
      return end;
    } catch (error) {
      throw isUnavailable(error) ? unavailable(error) : error;
    }
  }

  holds(seq: number): boolean {
    return seq >= this.#ring.floor();
  }

  recent(topics: readonly string[] | null, seq: number, limit: number): readonly Entry[] {
    return this.#ring.after(topics, seq, limit);
  }

  async page(topics: readonly string[] | null, seq: number, limit: number): Promise<Page> {
    const end = this.#ring.head(); // taken before the query: what was committed by now is certainly in its answer
    const entries = (await this.#rows(topics, seq, limit)).map(toEntry);
    const full = entries.length === limit;
    const last = entries.at(-1)?.seq ?? seq;
    return { entries, upTo: full ? last : Math.max(last, end), floor: await this.floor(topics) };
  }

  async floor(topics: readonly string[] | null): Promise<number> {
    try {
      let query = this.#db
        .selectFrom('event_floors')
        .select((eb) => eb.fn.max<number | null>('seq').as('seq'));
      if (topics !== null) query = query.where('topic', 'in', [...topics]);
      return (await query.executeTakeFirst())?.seq ?? 0;
    } catch (error) {
      throw isUnavailable(error) ? unavailable(error) : error;
    }
  }

  async tail(
    topics: readonly string[] | null,
    types: readonly string[] | null,
    seq: number,
    keep: number,
  ): Promise<number> {
    let query = this.#db.selectFrom('events').select('seq').where('seq', '>', seq);
    if (topics !== null) query = query.where('topic', 'in', [...topics]);
    if (types !== null) query = query.where('type', 'in', [...types]);
    try {
      const beyond = await query.orderBy('seq', 'desc').offset(keep).limit(1).executeTakeFirst();
      return beyond?.seq ?? seq;
    } catch (error) {
      throw isUnavailable(error) ? unavailable(error) : error;
    }
  }

  catchUp(seq: number | null): void {
    if (this.#closed) return;
    if (seq === null || !Number.isSafeInteger(seq)) this.#catchUpToEnd = true;
    else if (seq <= this.#ring.head() || seq === this.#committing) return;
    if (this.#catchingUp) return;
    this.#catchingUp = true;
    void this.#publish(() => this.#catchUp());
  }

  figures(): LogFigures {
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
  }

  #enqueue(size: number, drafts: Unit['drafts']): Promise<readonly Receipt[]> {
    if (this.#closed)
      return Promise.reject(new AppError('SHUTTING_DOWN', 'The server is stopping.', { retryable: true }));
    if (this.#waiting + size > this.#bounds.waitingMax)
      return Promise.reject(overloaded(this.#bounds.waitingMax));
    const bytes = typeof drafts === 'function' ? decisionBytes : approximateBytes(drafts);
    if (!this.#drafts.take(bytes)) return Promise.reject(overloaded(`${this.#drafts.bytesMax} bytes of`));
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
      for (const { bytes } of batch) this.#drafts.giveBack(bytes);
    }
  }

  #nextBatch(): readonly Unit[] {
    let size = 0;
    let count = 0;
    for (const unit of this.#units) {
      if (count > 0 && size + unit.size > this.#bounds.batchMax) break;
      size += unit.size;
      count++;
    }
    return this.#units.splice(0, count);
  }

  async #commit(batch: readonly Unit[]): Promise<void> {
    let commit: Commit;
    try {
      commit = await retryConflicts(() => this.#db.transaction().execute((db) => this.#write(db, batch)));
    } catch (error) {
      return this.#notCommitted(batch, error);
    }
    // It is stored: whatever happens from here on, nothing of it may run again.
    await this.#publish(() => this.#admit(commit));
    for (const { unit, result } of commit.outcomes) {
      if (result instanceof Failure) unit.reject(result.error);
      else unit.resolve(result);
    }
  }

  async #notCommitted(batch: readonly Unit[], error: unknown): Promise<void> {
    if (isUnavailable(error)) {
      for (const unit of batch) unit.reject(unavailable(error));
      this.#catchUpLater();
    } else if (batch.length === 1) {
      batch[0]?.reject(error);
    } else {
      for (const unit of batch) await this.#commit([unit]); // so that only the culprit fails
    }
  }

  async #write(db: Transaction<Database>, batch: readonly Unit[]): Promise<Commit> {
    await sql`select pg_advisory_xact_lock(${appendLock}::bigint)`.execute(db);
    const end = await logEnd(db, this.#ring.head());
    const decided: { unit: Unit; result: NamedDraft[] | Failure }[] = [];
    for (const unit of batch) decided.push({ unit, result: await this.#decide(db, unit) });
    const drafts = decided.flatMap(({ result }) => (result instanceof Failure ? [] : result));
    const known = await storedIds(db, drafts);
    const named = await completed(db, drafts, { completions: this.#completions, known });
    const { entries, sizes, stored } = await insertEvents(db, named, { end, known });
    await this.#project(db, entries);
    const last = entries.at(-1);
    this.#committing = last?.seq ?? 0;
    if (last !== undefined) await sql`select pg_notify(${newsChannel}, ${String(last.seq)})`.execute(db);
    const outcomes = decided.map(({ unit, result }) => ({
      unit,
      result: result instanceof Failure ? result : receiptsOf(result, stored, this.epoch),
    }));
    return { end: end.seq, entries, sizes, outcomes };
  }

  async #decide(db: Transaction<Database>, unit: Unit): Promise<NamedDraft[] | Failure> {
    if (typeof unit.drafts !== 'function') return withIds(unit.drafts);
    await sql`savepoint unit`.execute(db);
    try {
      const drafts = await unit.drafts(db);
      await sql`release savepoint unit`.execute(db);
      return withIds(drafts);
    } catch (error) {
      if (!failedAlone(error)) throw error;
      await sql`rollback to savepoint unit`.execute(db);
      return new Failure(isUnavailable(error) ? unavailable(error) : error);
    }
  }

  async #project(db: Transaction<Database>, entries: readonly Entry[]): Promise<void> {
    for (const [topic, projection] of this.#projections) {
      const own = entries.filter((entry) => entry.topic === topic);
      if (own.length > 0) await projection(db, own);
    }
  }

  /**
   * Makes a commit readable: first what lies between it and what we hold, then its own entries. Never rejects: what
   * could not be read now is read later.
   */
  async #admit({ end, entries, sizes }: Commit): Promise<void> {
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
      const rows = await this.#rows(null, this.#ring.head(), pageMax, upTo);
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
      if (toEnd) await this.#readUpTo(await storedHead(this.#db));
      else await this.#readNew();
    } catch (error) {
      this.#log.debug({ err: error }, 'the log cannot be read yet');
      this.#catchUpLater();
    }
  }

  async #rows(
    topics: readonly string[] | null,
    seq: number,
    limit: number,
    upTo?: number,
  ): Promise<StoredRow[]> {
    try {
      let query = this.#db.selectFrom('events').selectAll().where('seq', '>', seq);
      if (upTo !== undefined) query = query.where('seq', '<=', upTo);
      if (topics !== null) query = query.where('topic', 'in', [...topics]);
      return await query.orderBy('events.seq').limit(limit).execute();
    } catch (error) {
      throw isUnavailable(error) ? unavailable(error) : error;
    }
  }
}

function overloaded(most: string | number): AppError {
  return new AppError('OVERLOADED', `More than ${most} events wait to be stored.`, { retryable: true });
}

/** What one unit's decision threw; the others of its batch are not touched by it. */
class Failure {
  readonly error: unknown;
  constructor(error: unknown) {
    this.error = error;
  }
}
