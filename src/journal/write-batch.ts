import { sql, type Kysely } from 'kysely';
import { asClientError, failedAlone } from '../db/database-fault.ts';
import type { Database } from '../db/database.ts';
import { settledInOrder } from '../lib/settled-in-order.ts';
import { insertEvents, placed, storedIds, withIds, type NamedDraft, type Written } from './event-rows.ts';
import type { Receipt } from './journal.ts';
import { logEnd } from './log-end.ts';
import type { LogTransaction } from './log-transaction.ts';
import { notifyChannel } from './notify-channel.ts';
import { receiptsOf } from './receipts.ts';
import type { TopicHandlers } from './topic-handlers.ts';
import type { Draft } from './topic.ts';

/** What one caller has to be stored. */
export type Share = readonly Draft[] | ((db: Kysely<Database>) => Promise<readonly Draft[]>);

/** What one transaction has stored. */
export interface StoredBatch extends Pick<Written, 'entries' | 'sizes'> {
  /** The log's end before it. */
  readonly end: number;
  /** Of each share, in their order. */
  readonly outcomes: readonly (readonly Receipt[] | Failure)[];
}

/** What one caller's decision threw; the others of its batch are not touched by it. */
export class Failure {
  readonly error: unknown;
  constructor(error: unknown) {
    this.error = error;
  }
}

export interface BatchOptions {
  readonly epoch: string;
  /** The last position that this process has shown its readers. */
  readonly shown: number;
  readonly handlers: TopicHandlers;
  /** Called with the last position before the commit. */
  readonly committing: (seq: number) => void;
}

/**
 * Stores what several callers want stored, in a transaction that holds the log's lock. Drafts alone cost two round
 * trips, of which the lock is held for one: begin, lock, end of the log, known ids and the reads of the handlers are
 * sent together; then the rows, the notification, the statements of the handlers and the commit. Decisions cost one
 * more round trip, and one for each of their own statements.
 */
export async function writeBatch(
  { db, locked, commit }: LogTransaction,
  shares: readonly Share[],
  { epoch, shown, handlers, committing }: BatchOptions,
): Promise<StoredBatch> {
  const ending = logEnd(db, shown);
  const decisions = shares.some((share) => typeof share === 'function');
  if (decisions) await settledInOrder([locked, ending]); // what they read has to be as the lock has it
  const decided: (NamedDraft[] | Failure)[] = [];
  for (const share of shares)
    decided.push(typeof share === 'function' ? await decide(db, share, shares.length) : withIds(share));
  const drafts = decided.flatMap((result) => (result instanceof Failure ? [] : result));
  const reads = [ending, storedIds(db, drafts), handlers.read(db, drafts)] as const;
  const [end, known, states] = await settledInOrder(reads);
  const named = handlers.enriched(drafts, { known, states });
  const { entries, sizes, stored, rows } = placed(named, { end, known });
  const last = entries.at(-1);
  committing(last?.seq ?? 0);
  await commit(
    last === undefined
      ? []
      : [
          insertEvents(rows, end),
          sql`select pg_notify(${notifyChannel}, ${String(last.seq)})`,
          ...handlers.statements(entries, states),
        ],
  );
  const outcomes = decided.map((result) =>
    result instanceof Failure ? result : receiptsOf(result, stored, epoch),
  );
  return { end: end.seq, entries, sizes, outcomes };
}

/** A decision that is alone in its transaction is undone with it, and needs no savepoint. */
async function decide(
  db: Kysely<Database>,
  share: Exclude<Share, readonly Draft[]>,
  shares: number,
): Promise<NamedDraft[] | Failure> {
  if (shares === 1) return withIds(await share(db));
  const begun = sql`savepoint share`.execute(db);
  try {
    const [, drafts] = await settledInOrder([begun, share(db)]);
    await sql`release savepoint share`.execute(db);
    return withIds(drafts);
  } catch (error) {
    if (!failedAlone(error)) throw error;
    await sql`rollback to savepoint share`.execute(db);
    return new Failure(asClientError(error));
  }
}
