import type { Kysely } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Demand } from './demand.ts';
import type { Gauges } from './gauges.ts';
import type { Draft, Entry } from './topic.ts';

/**
 * The journal is where everything that happens goes in and where every reader reads. Sources and mutations append;
 * the graph, and through it every socket, reads from cursors. It has never heard of GraphQL or of sockets.
 *
 * Its promises: an acknowledged event is stored; order is commit order; a reader gets each event once, in order,
 * with no hole, or the error CURSOR_EXPIRED; nothing is kept per reader but its cursor.
 */
export interface Journal {
  /** EVERY topics: the stored log. */
  readonly log: EventLog;
  /** LATEST topics: the newest value per key, in memory. */
  readonly gauges: Gauges;
  /** Who watches which gauge how fast; sources are paced by it. */
  readonly demand: Demand;
}

/** The append-only log of EVERY topics. Every implementation passes `event-log.contract.ts`. */
export interface EventLog extends AsyncDisposable {
  /** Names the stored log; part of every cursor. */
  readonly epoch: string;

  /**
   * Stores all drafts or none. Resolves once they are durable, with one receipt per draft in their order.
   * @throws AppError OVERLOADED (too much waits; retry), DATABASE_UNAVAILABLE (retry with the same ids).
   */
  append(drafts: readonly Draft[]): Promise<readonly Receipt[]>;

  /** Position of the newest entry that readers can see. */
  head(): number;

  /**
   * Position of the newest entry that is stored. It lies beyond `head` while this process has not read yet what another
   * one has committed.
   */
  end(): Promise<number>;

  /** Whether everything after `seq` is in memory, so that `recent` may be asked. */
  holds(seq: number): boolean;

  /** Entries after `seq` from memory, oldest first. `topics` null: all. Only where `holds(seq)`. */
  recent(topics: readonly string[] | null, seq: number, limit: number): readonly Entry[];

  /** Entries after `seq` from the store, oldest first. */
  page(topics: readonly string[] | null, seq: number, limit: number): Promise<Page>;

  /** The oldest position from which nothing is missing for these topics. */
  floor(topics: readonly string[] | null): Promise<number>;

  /**
   * The position after which at most `keep` entries of these topics (and types, when given) lie, never below `seq`:
   * where a bounded replay begins.
   */
  tail(
    topics: readonly string[] | null,
    types: readonly string[] | null,
    seq: number,
    keep: number,
  ): Promise<number>;

  /** Calls back after entries became readable, in order. */
  onAppend(listener: LogListener): Disposable;
}

/**
 * Hears of entries that became readable. It must not throw. Where it has to ask the store before this process goes by
 * what they say, it returns a promise: who brought them about by `transact` has the answer when that has settled, or
 * after a second.
 */
export type LogListener = (entries: readonly Entry[]) => void | Promise<void>;

/** The log in PostgreSQL, which changes state and appends in one transaction. */
export interface DurableLog extends EventLog {
  /**
   * Reads what other processes have appended; a commit of this process that is under way does not hold it up. `seq` is
   * a position of which a commit has been notified, null when none is known. Never throws; a store that does not answer
   * is asked again.
   */
  catchUp(seq: number | null): void;

  /**
   * Runs `decide` in a transaction, appends the drafts it returns in the same one, and resolves after the commit, when
   * this process goes by it.
   * What `decide` throws undoes its own changes only and is thrown here.
   */
  transact<Value>(decide: Decide<Value>): Promise<{ value: Value; receipts: readonly Receipt[] }>;

  /**
   * Resolves when something was stored within the last second, or after a test write that goes the way of every write:
   * it waits as they wait and fails as they fail.
   */
  writable(): Promise<void>;

  /** How it stands now. */
  stats(): LogStats;
}

export interface LogStats {
  /** Position of the newest entry that readers can see. */
  readonly head: number;
  /** Entries held in memory, and the bytes that they are counted with. */
  readonly heldEntries: number;
  readonly heldBytes: number;
  /** Drafts and transactions that wait to be stored. */
  readonly waiting: number;
}

export type Decide<Value> = (db: Kysely<Database>) => Promise<{ value: Value; drafts: readonly Draft[] }>;

export interface Receipt {
  readonly id: string;
  readonly seq: number;
  /** The position in the log as clients name it. */
  readonly cursor: string;
  /** An entry with this id was stored before; nothing was stored now. */
  readonly duplicate: boolean;
}

export interface Page {
  readonly entries: readonly Entry[];
  /** A reader that has taken all of `entries` stands here: at the last of them, or at the log's end if it saw it. */
  readonly upTo: number;
  /** The oldest position held when the page was read. A reader below it has lost entries. */
  readonly floor: number;
}
