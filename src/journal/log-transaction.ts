import type { Kysely } from 'kysely';
import { DatabaseError } from 'pg';
import type { Database, DatabaseHandle } from '../db/database.ts';
import { settledInOrder } from '../lib/settled-in-order.ts';
import type { Statement } from './topic-handlers.ts';

/** Any number will do, as long as every writer of the log takes the same lock. */
const appendLock = 6_707_717_212;

/**
 * How long a transaction of the log may hold up the other instances. A process that is paused or cut off while it
 * holds the lock loses it after `idleMs`; a waiting one gives up after `lockMs`, which is longer, so that it outlives
 * one such holder.
 */
export interface LockBounds {
  readonly idleMs: number;
  readonly lockMs: number;
  readonly statementMs: number;
  /** Of the whole transaction, where the server is PostgreSQL 17 or newer. */
  readonly transactionMs: number;
  /** A server that says nothing for so long, which is longer than any statement may take, is gone. */
  readonly silenceMs: number;
}

export const lockBoundsDefault: LockBounds = {
  idleMs: 2_000,
  lockMs: 3_000,
  statementMs: 10_000,
  transactionMs: 15_000,
  silenceMs: 15_000,
};

const transactionTimeoutSince = 170_000;

export interface LogTransaction {
  readonly db: Kysely<Database>;
  /** When the lock is held. Statements may be sent before: they are executed after it. */
  readonly locked: Promise<unknown>;
  /**
   * Ends the transaction: sends the statements and the commit together and waits for the answers. The first statement
   * that fails undoes the transaction. Has to be called once, after everything else.
   */
  readonly commit: (statements: readonly Statement[]) => Promise<void>;
}

/**
 * Runs transactions under the log's lock, on connections that are pipelined: a statement is sent without waiting for
 * the answer to the one before, so what does not depend on an answer costs one round trip together. The first one
 * begins the transaction, sets its bounds and takes the lock.
 *
 * The work runs a second time when the session was certainly lost before the commit, so it must have no effect outside
 * the database.
 *
 * Everything is set for the transaction and nothing for the session, since behind a pooler such as PgBouncer the next
 * transaction may have another session.
 */
export function logTransactions(
  own: DatabaseHandle,
  { serverVersion, bounds }: { serverVersion: number; bounds: LockBounds },
): <Result>(work: (transaction: LogTransaction) => Promise<Result>) => Promise<Result> {
  const opening = openingOf(bounds, serverVersion);

  async function attempt<Result>(work: (transaction: LogTransaction) => Promise<Result>): Promise<Result> {
    const client = await own.pool.connect();
    const db = own.over(client);
    let broken: Error | undefined;
    let ended = false;
    let undone = true;

    async function commit(statements: readonly Statement[]): Promise<void> {
      const queries = statements.map((statement) => statement.compile(db)); // one that cannot be compiled sends nothing
      const answers = queries.map((query) => own.send(client, query));
      const committed = own.send(client, { sql: 'commit', parameters: [] });
      committed.catch(() => {}); // a statement may fail first
      ended = true;
      undone = false;
      try {
        await settledInOrder(answers);
      } catch (error) {
        undone = error instanceof DatabaseError; // after an answer like this, the server does not execute the commit
        throw error;
      }
      const { command } = await committed;
      if (command !== 'COMMIT') throw new Error('the transaction failed and was rolled back');
    }

    try {
      const locked = client.query(opening);
      locked.catch(() => {}); // whoever needs it waits for it
      try {
        const result = await work({ db, locked, commit });
        if (!ended) throw new Error('the work under the lock of the log ended without a commit');
        return result;
      } catch (error) {
        const cause = await locked.then(
          () => error,
          (first: unknown) => first,
        );
        await client.query('rollback').catch((lost: Error) => (broken = lost));
        throw broken !== undefined && undone ? new LostBeforeCommit(cause) : cause;
      }
    } finally {
      client.release(broken);
    }
  }

  return (work) =>
    attempt(work).catch((error: unknown) => {
      if (!(error instanceof LostBeforeCommit)) throw error;
      return attempt(work).catch((again: unknown) => {
        throw again instanceof LostBeforeCommit ? again.cause : again;
      });
    });
}

/**
 * The session was lost before the commit, so nothing was stored: the server closes it when this process was paused, and
 * also when it restarts. The work runs once more.
 */
class LostBeforeCommit extends Error {
  constructor(cause: unknown) {
    super('the session was lost before the commit', { cause });
  }
}

/** One message, so that the server has all of it before it takes the lock. */
function openingOf(
  { idleMs, lockMs, statementMs, transactionMs }: LockBounds,
  serverVersion: number,
): string {
  return [
    'begin isolation level read committed',
    `set local idle_in_transaction_session_timeout = ${idleMs}`,
    `set local lock_timeout = ${lockMs}`,
    `set local statement_timeout = ${statementMs}`,
    ...(serverVersion >= transactionTimeoutSince ? [`set local transaction_timeout = ${transactionMs}`] : []),
    `select pg_advisory_xact_lock(${appendLock})`,
  ].join('; ');
}
