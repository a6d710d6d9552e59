import { sql, type Kysely } from 'kysely';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createTestDatabase, proxied, servers } from '../../test/_util/database.ts';
import { databaseUrl, maintain } from '../../test/_util/server.ts';
import { openLog, silentLog, type Log } from '../log.ts';
import { faultReason } from './database-fault.ts';
import { openDatabase, type Database, type DatabaseHandle, type DatabaseOptions } from './database.ts';
import { Outages } from './outages.ts';
import { retryConflicts } from './retry-conflicts.ts';

describe.each(servers)('sessions on $name', (server) => {
  async function open(options: Partial<DatabaseOptions> = {}) {
    const own = await createTestDatabase(server, { empty: true });
    const db = openDatabase({ connection: own.connection, max: 2, log: silentLog, ...options });
    onTestFinished(async () => {
      await db[Symbol.asyncDispose]();
      await own.drop();
    });
    return { db, connection: own.connection };
  }

  test('to a server that became read-only are closed, so that writes succeed once new ones may write', async () => {
    const { db, connection } = await open();
    await sql`create table t (n int)`.execute(db.kysely);
    const name = new URL(connection).pathname.slice(1);
    const readOnly = (value: string): Promise<unknown> =>
      maintain(server.url, (client) =>
        client.query(`alter database ${name} set default_transaction_read_only = ${value}`),
      );
    await readOnly('on');
    await maintain(databaseUrl(server.url, name), (client) =>
      client.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'opsgraph'`),
    );
    await vi.waitUntil(() => pids(db).catch(() => false)); // two sessions that are read-only for good
    const write = (): Promise<unknown> => sql`insert into t values (1)`.execute(db.kysely);
    expect(faultReason(await failure(write()))).toBe('READ_ONLY');
    expect(db.faults()).toContain('READ_ONLY');
    await readOnly('off');
    await vi.waitUntil(async () => (await failure(write())) === undefined);
    await Promise.all([write(), write(), write()]);
  });

  test('are closed when they have reached their age', async () => {
    const { db } = await open({ max: 1, sessionAgeMaxS: 1 });
    const [before] = await pids(db, 1);
    expect(await pids(db, 1)).toEqual([before]);
    await vi.waitFor(async () => expect(await pids(db, 1)).not.toEqual([before]), 10_000);
  });

  test('are set as they have to be, whatever the database has as defaults', async () => {
    const { db, connection } = await open({ statementTimeoutMs: 1_234 });
    const name = new URL(connection).pathname.slice(1);
    await sql.raw(`alter database ${name} set statement_timeout = '7s'`).execute(db.kysely);
    const later = openDatabase({ connection, statementTimeoutMs: 1_234, log: silentLog });
    onTestFinished(() => later[Symbol.asyncDispose]());
    const { rows } = await sql<{ value: string }>`
      select current_setting('statement_timeout') as value`.execute(later.kysely);
    expect(rows).toEqual([{ value: '1234ms' }]);
  });

  test('that hang behind a network that passes nothing on are given up, and work again after it', async () => {
    const own = await createTestDatabase(server, { empty: true });
    const { proxy, connection } = await proxied(own.connection);
    const config = { connectionString: connection, connectionTimeoutMillis: 200 };
    const db = openDatabase({ connection: config, log: silentLog });
    onTestFinished(async () => {
      await db[Symbol.asyncDispose]();
      await own.drop();
    });
    proxy.blackHole();
    expect(faultReason(await failure(db.ping()))).toBe('UNREACHABLE');
    proxy.heal();
    await vi.waitUntil(() => db.ping().catch(() => undefined));
    proxy.cut();
    await vi.waitUntil(async () => faultReason(await failure(db.ping())) === 'UNREACHABLE');
    proxy.heal();
    await vi.waitUntil(() => db.ping().catch(() => undefined));
  });

  test('run a transaction again after a deadlock, until both of two have succeeded', async () => {
    const { db } = await open();
    await sql`create table t (id int primary key, n int not null)`.execute(db.kysely);
    await sql`insert into t values (1, 0), (2, 0)`.execute(db.kysely);
    let met = 0;
    let go = (): void => {};
    const both = new Promise<void>((resolve) => {
      go = resolve;
    });
    const attempts = [0, 0];
    const change = (index: number, ids: readonly number[]): Promise<void> =>
      retryConflicts(() =>
        db.kysely.transaction().execute(async (trx) => {
          attempts[index] = (attempts[index] ?? 0) + 1;
          await sql`set local deadlock_timeout = '20ms'`.execute(trx);
          await add(trx, ids[0]);
          if (++met === 2) go();
          await both;
          await add(trx, ids[1]);
        }),
      );
    await Promise.all([change(0, [1, 2]), change(1, [2, 1])]);
    const { rows } = await sql<{ n: number }>`select n from t`.execute(db.kysely);
    expect(rows).toEqual([{ n: 2 }, { n: 2 }]);
    expect(Math.max(...attempts)).toBeGreaterThan(1);
  });

  test('do not run a transaction again that failed for another reason', async () => {
    let attempts = 0;
    const failing = retryConflicts(async () => {
      attempts += 1;
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(attempts).toBe(1);
  });
});

describe('an outage of the database', () => {
  function recording(): { log: Log; lines: Record<string, unknown>[] } {
    const lines: Record<string, unknown>[] = [];
    const write = (line: string): void => void lines.push(JSON.parse(line) as Record<string, unknown>);
    return { log: openLog({ level: 'DEBUG', destination: { write } }), lines };
  }

  test('is logged once, however many statements it fails', async () => {
    const { log, lines } = recording();
    const db = openDatabase({ connection: 'postgresql://x@127.0.0.1:1/x', log });
    await Promise.all(Array.from({ length: 30 }, () => failure(db.ping())));
    await Promise.all(Array.from({ length: 30 }, () => failure(sql`select 1`.execute(db.kysely))));
    expect(lines).toEqual([
      expect.objectContaining({ level: 'WARNING', reason: 'UNREACHABLE', code: 'ECONNREFUSED' }),
    ]);
    await db[Symbol.asyncDispose]();
  });

  test('is over when nothing has failed for a while, and the log counts what it failed', async () => {
    const { log, lines } = recording();
    using outages = new Outages(log, 40);
    outages.add('DISK_FULL', new Error('no space left on device'));
    outages.add('DISK_FULL', new Error('no space left on device'));
    expect(outages.reasons()).toEqual(['DISK_FULL']);
    await vi.waitUntil(() => outages.reasons().length === 0);
    expect(lines.map(({ level, reason, failures }) => ({ level, reason, failures }))).toEqual([
      { level: 'WARNING', reason: 'DISK_FULL', failures: undefined },
      { level: 'INFO', reason: 'DISK_FULL', failures: 2 },
    ]);
  });
});

async function add(db: Kysely<Database>, id: number | undefined): Promise<void> {
  await sql`update t set n = n + 1 where id = ${id}`.execute(db);
}

/** The process of each of `count` sessions that are open at the same time. */
async function pids(db: DatabaseHandle, count = 2): Promise<number[]> {
  const clients = await Promise.all(Array.from({ length: count }, () => db.pool.connect()));
  try {
    const results = clients.map((client) => client.query<{ pid: number }>('select pg_backend_pid() as pid'));
    return (await Promise.all(results)).map(({ rows }) => rows[0]?.pid ?? 0);
  } finally {
    for (const client of clients) client.release();
  }
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
