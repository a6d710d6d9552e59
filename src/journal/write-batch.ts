import { sql, type Kysely } from 'kysely';
import { asClientError, failedAlone } from '../db/database-fault.ts';
import type { Database } from '../db/database.ts';
import { settledInOrder } from '../lib/settled-in-order.ts';
import {
  assignPositions,
  findReusedId,
  insertEvents,
  reusedId,
  storedIds,
  withIds,
  type DraftWithId,
  type PlacedDrafts,
  type StoredIds,
} from './event-rows.ts';
import type { Receipt } from './journal.ts';
import { logEnd } from './log-end.ts';
import type { LogTransaction } from './log-transaction.ts';
import { formatNews } from './news.ts';
import { receiptsOf } from './receipts.ts';
import type { TopicHandlers } from './topic-handlers.ts';
import type { Draft } from './topic.ts';

/** What one caller stores: drafts, or a function that returns them inside the transaction. */
export type DraftSource = readonly Draft[] | ((db: Kysely<Database>) => Promise<readonly Draft[]>);

/** The result of one transaction. */
export interface StoredBatch extends Pick<PlacedDrafts, 'entries' | 'sizes'> {
  /** The end of the log before the transaction. */
  readonly end: number;
  /** The outcome of each source, in their order. */
  readonly outcomes: readonly (readonly Receipt[] | Failure)[];
}

/** The error of one caller's function. It does not affect the other callers of the batch. */
export class Failure {
  readonly error: unknown;
  constructor(error: unknown) {
    this.error = error;
  }
}

export interface BatchOptions {
  readonly epoch: string;
  /** The last position that readers of this process have seen. */
  readonly visibleHead: number;
  readonly handlers: TopicHandlers;
  /** Called before the commit, with its last position; 0: it stores no event. */
  readonly onCommitting: (seq: number) => void;
}

/**
 * Stores the events of several callers in one transaction, which holds the lock of the log. Drafts cost two round
 * trips, and the lock is held for one of them: begin, lock, end of the log, known ids and the reads of the handlers are
 * sent together, then the rows, the statements of the handlers, the notification and the commit. Functions cost another
 * round trip, and one for each of their statements.
 */
export async function writeBatch(
  { db, locked, newsBytesMax, commit }: LogTransaction,
  sources: readonly DraftSource[],
  { epoch, visibleHead, handlers, onCommitting }: BatchOptions,
): Promise<StoredBatch> {
  const logEndRead = logEnd(db, visibleHead);
  const hasFunctions = sources.some((source) => typeof source === 'function');
  if (hasFunctions) await settledInOrder([locked, logEndRead]); // functions must read with the lock held
  const resolved: (DraftWithId[] | Failure)[] = [];
  for (const source of sources)
    resolved.push(typeof source === 'function' ? await call(db, source, sources.length) : withIds(source));
  const all = draftsOf(resolved);
  const reads = [logEndRead, storedIds(db, all), handlers.read(db, all)] as const;
  const [end, known, states] = await settledInOrder(reads);
  rejectReusedIds(resolved, known, sources);
  const drafts = draftsOf(resolved);
  const enriched = handlers.enrich(drafts, { known, states });
  const { entries, sizes, positions, rows } = assignPositions(enriched, { end, known });
  const last = entries.at(-1);
  onCommitting(last?.seq ?? 0);
  if (last === undefined) await commit([]);
  else
    await commit(
      [insertEvents(rows, end), ...handlers.statements(entries, states)],
      formatNews(rows, end.seq, newsBytesMax),
    );
  const outcomes = resolved.map((result) =>
    result instanceof Failure ? result : receiptsOf(result, positions, epoch),
  );
  return { end: end.seq, entries, sizes, outcomes };
}

/** Calls a function in a savepoint. A single function needs none: its failure rolls the transaction back. */
async function call(
  db: Kysely<Database>,
  source: Exclude<DraftSource, readonly Draft[]>,
  sources: number,
): Promise<DraftWithId[] | Failure> {
  if (sources === 1) return withIds(await source(db));
  const begun = sql`savepoint source`.execute(db);
  try {
    const [, drafts] = await settledInOrder([begun, source(db)]);
    await sql`release savepoint source`.execute(db);
    return withIds(drafts);
  } catch (error) {
    if (!failedAlone(error)) throw error;
    await sql`rollback to savepoint source`.execute(db);
    return new Failure(asClientError(error));
  }
}

function draftsOf(resolved: readonly (DraftWithId[] | Failure)[]): DraftWithId[] {
  return resolved.flatMap((result) => (result instanceof Failure ? [] : result));
}

/**
 * Replaces sources that use an id again for something else by their failures.
 * @throws the error for a function, whose changes cannot be rolled back alone any more: then the sources are stored one
 * by one.
 */
function rejectReusedIds(
  resolved: (DraftWithId[] | Failure)[],
  known: StoredIds,
  sources: readonly DraftSource[],
): void {
  const given = new Map<string, string>();
  for (const [index, result] of resolved.entries()) {
    const reused = result instanceof Failure ? null : findReusedId(result, known, given);
    if (reused === null) continue;
    if (typeof sources[index] === 'function') throw reusedId(reused);
    resolved[index] = new Failure(reusedId(reused));
  }
}
