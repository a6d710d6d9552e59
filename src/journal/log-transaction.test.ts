import { heldTransaction } from '../../test/_util/held-transaction.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTestDatabase, proxied, servers } from '../../test/_util/database.ts';
import { programOf } from '../../test/_util/process.ts';
import { roundTripsTo, type RoundTrips } from '../../test/_util/round-trips.ts';
import { showingStatements } from '../../test/_util/statements.ts';
import { maintain } from '../../test/_util/server.ts';
import { openDatabase, type DatabaseHandle } from '../db/database.ts';
import { silentLog } from '../log/log.ts';
import type { DurableLog } from './journal.ts';
import { lockBoundsDefault, type LockBounds } from './log-transaction.ts';
import { openPostgresLog } from './postgres-log.ts';
import { every, type Draft } from './topic.ts';

const alpha = every<{ n: number }>('alpha');
function draft(id: string): Draft {
  return { topic: alpha, key: 'k', type: 'counted', id, payload: { n: 1 } };
}

describe.each(servers)('the lock of the log ($name)', (server) => {
  async function database(): Promise<string> {
    const own = await createTestDatabase(server);
    onTestFinished(() => own.drop());
    return own.connection;
  }

  async function open(
    connection: string,
    bounds: Partial<LockBounds> = {},
  ): Promise<{ log: DurableLog; handle: DatabaseHandle }> {
    const config = { connectionString: connection, connectionTimeoutMillis: 2_000 };
    const handle = openDatabase({ connection: config, log: silentLog });
    const lock = { ...lockBoundsDefault, ...bounds };
    const log = await openPostgresLog({ database: handle, log: silentLog, retryMs: 20, lock });
    onTestFinished(async () => {
      await log[Symbol.asyncDispose]();
      await handle[Symbol.asyncDispose]();
    });
    return { log, handle };
  }

  async function storedIds({ kysely }: DatabaseHandle): Promise<string[]> {
    const rows = await kysely.selectFrom('events').select('id').orderBy('seq').execute();
    return rows.map(({ id }) => id);
  }

  it('is taken from a stopped process, which stores its events when it continues', async () => {
    const connection = await database();
    const program = await programOf('test/_util/hold-the-log.ts');
    const child = spawn(process.execPath, [program, connection, '300'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const lines = createInterface(child.stdout);
    const { log, handle } = await open(connection);
    await once(lines, 'line');
    child.kill('SIGSTOP');
    await log.append([draft('other')]);
    child.kill('SIGCONT');
    child.stdin.write('\n');
    expect(await once(lines, 'line')).toEqual(['stored']);
    expect(await storedIds(handle)).toEqual(['other', 'held', 'afterwards']);
  });

  it('is taken from an instance that has lost its connection, whose callers can retry', async () => {
    const connection = await database();
    const through = await proxied(connection);
    const { log: cutOff } = await open(through.connection, { idleMs: 300, silenceMs: 1_000 });
    const { log, handle } = await open(connection);
    const { done, finish } = await heldTransaction(cutOff, draft('held'));
    const outcome = done.catch((error: unknown) => error);
    through.proxy.blackHole();
    finish();
    await log.append([draft('other')]);
    expect(await outcome).toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true });
    through.proxy.heal();
    await vi.waitFor(() => cutOff.append([draft('afterwards')]), 20_000);
    expect(await storedIds(handle)).toEqual(['other', 'afterwards']);
  });

  it('orders the writers of a database whose transactions are repeatable read by default', async () => {
    const connection = await database();
    const name = new URL(connection).pathname.slice(1);
    await maintain(server.url, (client) =>
      client.query(`alter database ${name} set default_transaction_isolation = 'repeatable read'`),
    );
    const [a, b] = [await open(connection), await open(connection)];
    const ids = Array.from({ length: 40 }, (_, n) => String(n));
    for (const id of ids) {
      const receipts = await Promise.all([a, b].map(({ log }) => log.append([draft(id)])));
      expect(receipts.flat().filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    }
    expect((await storedIds(a.handle)).sort()).toEqual(ids.sort());
  });

  it('is requested once by a batch that does not get it in time, and all its callers can retry', async () => {
    const connection = await database();
    const { handle } = await open(connection);
    const statements: string[] = [];
    const shown = showingStatements(handle, (text) => void statements.push(text));
    const lock = { ...lockBoundsDefault, lockMs: 100 };
    const log = await openPostgresLog({ database: shown, log: silentLog, lock });
    onTestFinished(() => log[Symbol.asyncDispose]());
    const holder = new pg.Client({ connectionString: connection });
    await holder.connect();
    onTestFinished(() => holder.end());
    await holder.query('begin; select pg_advisory_xact_lock(6707717212)');
    const outcomes = await Promise.allSettled([1, 2, 3].map((n) => log.append([draft(String(n))])));
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ reason: { code: 'DATABASE_UNAVAILABLE', retryable: true } });
    expect(statements.filter((text) => text.includes('pg_advisory_xact_lock'))).toHaveLength(1);
    await holder.query('rollback');
    await log.append([draft('afterwards')]);
    expect(await storedIds(handle)).toEqual(['afterwards']);
  });

  it('is requested again when the server ends the session before the commit, and the events are stored once', async () => {
    const connection = await database();
    const { log, handle } = await open(connection);
    const holder = new pg.Client({ connectionString: connection });
    await holder.connect();
    onTestFinished(() => holder.end());
    await holder.query('begin; lock table events in share mode');
    const appended = log.append([draft('1')]);
    await vi.waitFor(async () => {
      const ended = await holder.query(
        `select pg_terminate_backend(pid) from pg_locks where not granted and relation = 'events'::regclass`,
      );
      expect(ended.rowCount).toBe(1);
    }, 20_000);
    await holder.query('commit');
    expect(await appended).toMatchObject([{ id: '1', duplicate: false }]);
    expect(await storedIds(handle)).toEqual(['1']);
  });

  it('costs an append two round trips, and a transaction function one more and one for each of its statements', async () => {
    const connection = await database();
    const slow = await slowed(connection);
    const { log } = await open(slow.connection);
    await log.append([draft('connects')]);
    const before = slow.trips.count;
    await log.append([draft('1'), draft('2')]);
    expect(slow.trips.count - before).toBe(2);
    await log.transact(async (db) => {
      await sql`select 1`.execute(db);
      return { value: null, drafts: [{ topic: alpha, key: 'k', type: 'counted', payload: { n: 1 } }] };
    });
    expect(slow.trips.count - before).toBe(2 + 3);
  });

  it('is taken on connections of the log, so an append does not wait for queries that use the whole pool', async () => {
    const connection = await database();
    const { log, handle } = await open(connection);
    const clients = await Promise.all(Array.from({ length: 10 }, () => handle.pool.connect()));
    const [receipt] = await log.append([draft('1')]);
    expect(receipt).toMatchObject({ id: '1', duplicate: false });
    for (const client of clients) client.release();
  });
});

async function slowed(connection: string): Promise<{ trips: RoundTrips; connection: string }> {
  const url = new URL(connection);
  const dir = url.searchParams.get('host');
  const port = url.port || '5432';
  const trips = await roundTripsTo(dir === null ? Number(port) : join(dir, `.s.PGSQL.${port}`), 20);
  const user = url.searchParams.get('user') ?? url.username;
  return { trips, connection: `postgresql://${user}@127.0.0.1:${trips.port}${url.pathname}` };
}
