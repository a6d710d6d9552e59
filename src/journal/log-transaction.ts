import { sql, type Kysely } from 'kysely';
import { DatabaseError } from 'pg';
import type { Database, DatabaseHandle } from '../db/database.ts';
import { settledInOrder } from '../lib/settled-in-order.ts';
import { notificationBytesMax, notifyChannel, type NewsSender } from './news.ts';
import type { Statement } from './topic-handlers.ts';

/** Key of the advisory lock. Arbitrary, but the same in all versions and instances. */
const appendLock = 6_707_717_212;

/**
 * How long a transaction of the log can block other instances. A process that is paused or disconnected while it holds
 * the lock loses it after `idleMs`. A waiting process gives up after `lockMs`, which is longer, so that it can wait for
 * one such holder.
 */
export interface LockBounds {
  readonly idleMs: number;
  readonly lockMs: number;
  readonly statementMs: number;
  /** Of the whole transaction, where the server is PostgreSQL 17 or newer. */
  readonly transactionMs: number;
  /** A connection on which the server sends nothing for this time is closed. Longer than any statement can take. */
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

interface LogTransactionOptions {
  readonly serverVersion: number;
  readonly bounds: LockBounds;
  readonly sender?: NewsSender | null | undefined;
}

export interface LogTransaction {
  readonly db: Kysely<Database>;
  /** Resolves when the lock is held. Statements can be sent before; the server executes them after it. */
  readonly locked: Promise<unknown>;
  /** Maximum size of the news. */
  readonly newsBytesMax: number;
  /**
   * Ends the transaction: sends the statements and the commit together and waits for the results. A failed statement
   * rolls the transaction back. Must be called once, after everything else.
   * @param news for the other instances: a notification of the transaction, or sent after the commit.
   */
  readonly commit: (statements: readonly Statement[], news?: string) => Promise<void>;
}

/**
 * Runs transactions that hold the lock of the log, on pipelined connections: a statement is sent without waiting for
 * the result of the previous one, so statements that do not depend on a result cost one round trip together. The first
 * message begins the transaction, sets its timeouts and takes the lock.
 *
 * The work runs a second time if the session was certainly lost before the commit, so it must have no effects outside
 * the database.
 *
 * All settings are local to the transaction, because behind a pooler such as PgBouncer the next transaction may run in
 * another session.
 */
export function logTransactions(
  own: DatabaseHandle,
  { serverVersion, bounds, sender = null }: LogTransactionOptions,
): <Result>(work: (transaction: LogTransaction) => Promise<Result>) => Promise<Result> {
  const opening = openingOf(bounds, serverVersion);
  const newsBytesMax = sender?.bytesMax ?? notificationBytesMax;

  async function attempt<Result>(work: (transaction: LogTransaction) => Promise<Result>): Promise<Result> {
    const client = await own.pool.connect();
    const db = own.over(client);
    let broken: Error | undefined;
    let isCommitSent = false;
    let isRolledBack = true;

    async function commit(statements: readonly Statement[], news?: string): Promise<void> {
      const isNotified = news !== undefined && sender === null;
      const all = isNotified ? [...statements, sql`select pg_notify(${notifyChannel}, ${news})`] : statements;
      const queries = all.map((statement) => statement.compile(db)); // throws before anything is sent
      const results = queries.map((query) => own.send(client, query));
      const committed = own.send(client, { sql: 'commit', parameters: [] });
      committed.catch(() => {}); // the failure of a statement is thrown instead
      isCommitSent = true;
      isRolledBack = false;
      try {
        await settledInOrder(results);
      } catch (error) {
        isRolledBack = error instanceof DatabaseError; // the server has answered, and does not execute the commit
        throw error;
      }
      const { command } = await committed;
      if (command !== 'COMMIT') throw new Error('the transaction failed and was rolled back');
      if (news !== undefined) sender?.send(notifyChannel, news);
    }

    try {
      const locked = client.query(opening);
      locked.catch(() => {}); // awaited below
      try {
        const result = await work({ db, locked, newsBytesMax, commit });
        if (!isCommitSent) throw new Error('the work of a log transaction did not call commit');
        return result;
      } catch (error) {
        const cause = await locked.then(
          () => error,
          (first: unknown) => first,
        );
        await client.query('rollback').catch((lost: Error) => (broken = lost));
        throw broken !== undefined && isRolledBack ? new LostBeforeCommit(cause) : cause;
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
 * The session was lost before the commit, so nothing was stored and the work can run again. The server closes the
 * session of a process that was paused, and all sessions when it restarts.
 */
class LostBeforeCommit extends Error {
  constructor(cause: unknown) {
    super('the session was lost before the commit', { cause });
  }
}

/** One message, so that the server has received all of it before it takes the lock. */
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
