import type { Kysely } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Demand } from './demand.ts';
import type { Gauges } from './gauges.ts';
import type { Draft, Entry } from './topic.ts';

/**
 * Sources and mutations write to the journal, and the graph reads from it: events, gauges, and the demand for gauges.
 * The journal knows neither GraphQL nor sockets.
 *
 * It promises: an acknowledged event is stored; events are in commit order; a reader receives each event once, in order
 * and without gaps, or the error CURSOR_EXPIRED; it stores nothing per reader but a cursor.
 */
export interface Journal {
  /** EVERY topics: the stored log. */
  readonly log: EventLog;
  /** LATEST topics: the newest value per key, in memory. */
  readonly gauges: Gauges;
  /** Which gauges have readers, and how often they read. */
  readonly demand: Demand;
}

/** The append-only log of EVERY topics. Every implementation passes `event-log.contract.ts`. */
export interface EventLog extends AsyncDisposable {
  /** Identifies the stored log; part of every cursor. */
  readonly epoch: string;

  /**
   * Stores all drafts or none. Resolves when they are durable, with one receipt per draft in the same order.
   * @throws AppError OVERLOADED (too many events are waiting; retry), DATABASE_UNAVAILABLE (retry with the same ids).
   */
  append(drafts: readonly Draft[]): Promise<readonly Receipt[]>;

  /** Position of the newest entry that readers can see. */
  head(): number;

  /**
   * Position of the newest entry that is stored. It is greater than `head` while this process has not read what another
   * process has committed.
   */
  end(): Promise<number>;

  /** Whether everything after `seq` is in memory, so that `recent` can be called. */
  holds(seq: number): boolean;

  /** Entries after `seq` from memory, oldest first. Requires `holds(seq)`. `topics` null: all. */
  recent(topics: readonly string[] | null, seq: number, limit: number): readonly Entry[];

  /** Entries after `seq` from the database, oldest first. */
  page(topics: readonly string[] | null, seq: number, limit: number): Promise<Page>;

  /** The position after which no entry of these topics was removed. */
  floor(topics: readonly string[] | null): Promise<number>;

  /**
   * The start of a bounded replay: the position after which there are at most `keep` entries of these topics (and of
   * these types, if not null), but not less than `seq`.
   */
  tail(
    topics: readonly string[] | null,
    types: readonly string[] | null,
    seq: number,
    keep: number,
  ): Promise<number>;

  /** Calls the listener when entries have become readable, in order. */
  onAppend(listener: LogListener): Disposable;
}

/**
 * Called with entries that became readable. It must not throw. If it has to read the database before this process can
 * apply the entries, it returns a promise: the `transact` that stored them resolves when that promise has settled, or
 * after a second.
 */
export type LogListener = (entries: readonly Entry[]) => void | Promise<void>;

/** The log in PostgreSQL, which changes state and appends in one transaction. */
export interface DurableLog extends EventLog {
  /**
   * Reads what other processes have appended, also while a commit of this process is under way. Never throws; while the
   * database does not answer, it tries again.
   */
  catchUp(): void;

  /**
   * Takes the news of a commit of any process, in the form of its notification. Entries that follow on the last known
   * one become readable without reading the database; otherwise the table is read. Never throws.
   */
  receive(news: string): void;

  /**
   * Runs a function in a transaction, appends the drafts that it returns in the same transaction, and resolves after
   * the commit, when the listeners of this process have applied the entries. If the function throws, only its own
   * changes are rolled back, and the error is thrown here.
   */
  transact<Value>(transaction: TransactionFn<Value>): Promise<{ value: Value; receipts: readonly Receipt[] }>;

  /**
   * Checks that the log is writable: resolves if something was stored in the last second, else after a test write that
   * waits in the same queue as all writes and fails as they do.
   */
  writable(): Promise<void>;

  stats(): LogStats;
}

export interface LogStats {
  /** Position of the newest entry that readers can see. */
  readonly head: number;
  /** Number of entries in memory, and their approximate size. */
  readonly heldEntries: number;
  readonly heldBytes: number;
  /** Number of drafts and transaction functions that wait to be stored. */
  readonly waiting: number;
}

export type TransactionFn<Value> = (
  db: Kysely<Database>,
) => Promise<{ value: Value; drafts: readonly Draft[] }>;

export interface Receipt {
  readonly id: string;
  readonly seq: number;
  /** The position in the log as clients see it. */
  readonly cursor: string;
  /** Whether an entry with this id was stored before. If so, nothing was stored now. */
  readonly duplicate: boolean;
}

export interface Page {
  readonly entries: readonly Entry[];
  /** The position of a reader after `entries`: that of the last entry, or the end of the log if the page reached it. */
  readonly upTo: number;
  /** The oldest available position when the page was read. A reader before it has lost entries. */
  readonly floor: number;
}
