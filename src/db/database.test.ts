import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTestDatabase, servers, type TestDatabase } from '../../test/_util/database.ts';
import { maintain } from '../../test/_util/server.ts';
import { silentLog } from '../log/log.ts';
import { isUnavailable } from './database-fault.ts';
import { openDatabase, type DatabaseHandle } from './database.ts';

describe.each(servers)('a database on $name', (server) => {
  let own: TestDatabase;
  let db: DatabaseHandle;

  beforeAll(async () => {
    own = await createTestDatabase(server);
    db = openDatabase({ connection: own.connection, max: 2, log: silentLog });
  });
  afterAll(async () => {
    await db[Symbol.asyncDispose]();
    await own.drop();
  });

  test('answers a ping with its duration', async () => {
    expect(await db.ping(AbortSignal.timeout(5_000))).toBeGreaterThan(0);
  });

  test('rejects a ping when its signal aborts', async () => {
    await expect(db.ping(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    const busy = await Promise.all([db.pool.connect(), db.pool.connect()]);
    const stop = new AbortController();
    const waiting = db.ping(stop.signal);
    stop.abort(new Error('aborted'));
    await expect(waiting).rejects.toThrow('aborted');
    for (const client of busy) client.release();
  });

  test('reads bigint as a number, timestamptz as a Date and jsonb as written', async () => {
    const at = new Date('2026-11-21T10:00:00.123Z');
    const stored = await db.kysely
      .insertInto('events')
      .values({
        topic: 't',
        key: 'k',
        type: 'x',
        id: 'read',
        occurred_at: at,
        payload: JSON.stringify([1, 'a']),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    expect(stored).toMatchObject({ seq: 1, occurred_at: at, payload: [1, 'a'] });
    expect(stored.recorded_at).toBeInstanceOf(Date);
  });

  test('rejects a bigint beyond the safe integers', async () => {
    await expect(sql`select 9007199254740993::bigint`.execute(db.kysely)).rejects.toThrow(
      'not a safe integer',
    );
    expect(await db.ping()).toBeGreaterThan(0);
  });

  test('reports the mean duration of its own statements', async () => {
    await sql`select pg_sleep(0.02)`.execute(db.kysely);
    expect(db.meanQueryTimeMs()).toBeGreaterThan(0);
  });

  test('survives the loss of every connection: idle, in a statement, and between two of a transaction', async () => {
    const [idle, lent] = await Promise.all([db.pool.connect(), db.pool.connect()]);
    await lent.query('begin');
    const lost = [idle, lent].map(
      (client) => new Promise<void>((resolve) => void client.once('end', () => resolve())),
    );
    idle.release();
    await loseConnections();
    await Promise.all(lost);
    expect(isUnavailable(await failure(lent.query('commit')))).toBe(true);
    lent.release(true);

    const running = failure(sql`select pg_sleep(60), 'lost'`.execute(db.kysely));
    await vi.waitUntil(loseConnections);
    expect(isUnavailable(await running)).toBe(true);
    // The pool may lend the lost connection once more, until it has read to its end.
    await vi.waitUntil(() => db.ping().catch(() => undefined));
  });

  /** Returns whether there were any connections. */
  async function loseConnections(): Promise<boolean> {
    const { rowCount } = await maintain(own.connection, (client) =>
      client.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and application_name = 'opsgraph'`),
    );
    return rowCount !== 0;
  }

  test('does not report an invalid statement as a lost database', async () => {
    const error = await failure(sql`select nothing`.execute(db.kysely));
    expect(error).toBeInstanceOf(pg.DatabaseError);
    expect(isUnavailable(error)).toBe(false);
  });
});

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
