import { sql, type Kysely } from 'kysely';
import pg from 'pg';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createTestDatabase, proxied, servers } from '../../test/_util/database.ts';
import { databaseUrl, maintain } from '../../test/_util/server.ts';
import { openLog, silentLog, type Log } from '../log/log.ts';
import { faultReason } from './database-fault.ts';
import { openDatabase, type Database, type DatabaseHandle, type DatabaseOptions } from './database.ts';
import { migrate } from './migrate.ts';
import { Outages } from './outages.ts';
import { retryConflicts } from './retry-conflicts.ts';

/** Defaults that an administrator may have set for a database, and that would break our statements. */
const contrary: Readonly<Record<string, string>> = {
  array_nulls: 'off',
  bytea_output: 'escape',
  client_encoding: `'LATIN1'`,
  datestyle: `'SQL, DMY'`,
  default_transaction_deferrable: 'on',
  default_transaction_isolation: `'repeatable read'`,
  extra_float_digits: '-5',
  idle_session_timeout: '500',
  intervalstyle: `'sql_standard'`,
  lock_timeout: '1',
  search_path: 'elsewhere',
  standard_conforming_strings: 'off',
  timezone: `'Asia/Kathmandu'`,
  transform_null_equals: 'on',
};

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

  test('to a server that became read-only are closed, so that writes succeed once new sessions can write', async () => {
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
    await vi.waitUntil(() => pids(db).catch(() => false)); // two sessions that stay read-only
    const write = (): Promise<unknown> => sql`insert into t values (1)`.execute(db.kysely);
    expect(faultReason(await failure(write()))).toBe('READ_ONLY');
    expect(db.faults()).toContain('READ_ONLY');
    await readOnly('off');
    await vi.waitUntil(async () => (await failure(write())) === undefined);
    await Promise.all([write(), write(), write()]);
  });

  test('are closed at their maximum age', async () => {
    const { db } = await open({ max: 1, sessionAgeMaxS: 1 });
    const [before] = await pids(db, 1);
    expect(await pids(db, 1)).toEqual([before]);
    await vi.waitFor(async () => expect(await pids(db, 1)).not.toEqual([before]), 10_000);
  });

  test('have the required settings whatever the defaults of the database are', async () => {
    const { db, connection } = await open();
    const name = new URL(connection).pathname.slice(1);
    await sql`create schema elsewhere`.execute(db.kysely);
    for (const [setting, value] of Object.entries(contrary))
      await sql.raw(`alter database ${name} set ${setting} = ${value}`).execute(db.kysely);
    const later = openDatabase({ connection, statementTimeoutMs: 1_234, log: silentLog });
    onTestFinished(() => later[Symbol.asyncDispose]());
    const client = new pg.Client({ connectionString: connection });
    await client.connect();
    onTestFinished(() => client.end());
    await later.settle(client);
    const names = [...Object.keys(contrary), 'statement_timeout'].sort();
    const query = `select name, current_setting(name) as value from unnest($1::text[]) as name order by name`;
    const inPool = await later.pool.query<{ name: string; value: string }>(query, [names]);
    expect(Object.fromEntries(inPool.rows.map(({ name: key, value }) => [key, value]))).toEqual({
      array_nulls: 'on',
      bytea_output: 'hex',
      client_encoding: 'UTF8',
      datestyle: 'ISO, MDY',
      default_transaction_deferrable: 'off',
      default_transaction_isolation: 'read committed',
      extra_float_digits: '1',
      idle_session_timeout: '0',
      intervalstyle: 'postgres',
      lock_timeout: '0',
      search_path: 'elsewhere',
      standard_conforming_strings: 'on',
      statement_timeout: '1234ms',
      timezone: 'UTC',
      transform_null_equals: 'off',
    });
    expect((await client.query(query, [names])).rows).toEqual(inPool.rows);
  });

  test('find the tables whatever the search path of the database becomes', async () => {
    const { db, connection } = await open();
    await migrate(db, silentLog);
    await sql`create schema elsewhere`.execute(db.kysely);
    const name = new URL(connection).pathname.slice(1);
    for (const path of ['elsewhere', `''`, 'nowhere']) {
      await sql.raw(`alter database ${name} set search_path = ${path}`).execute(db.kysely);
      const later = openDatabase({ connection, log: silentLog });
      await migrate(later, silentLog);
      const found = await later.kysely.selectFrom('journal_identity').selectAll().execute();
      expect(found).toEqual(await db.kysely.selectFrom('journal_identity').selectAll().execute());
      await later[Symbol.asyncDispose]();
    }
  });

  test('on a network that drops all packets time out, and work again afterwards', async () => {
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

  test('retry a transaction after a deadlock, until both of two have succeeded', async () => {
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

  test('do not retry a transaction that failed for another reason', async () => {
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
  test('is not one timeout, but several within seconds', () => {
    using outages = new Outages(silentLog);
    const timeout = new Error('canceling statement due to statement timeout');
    outages.add('TIMEOUT', timeout);
    outages.add('CONFLICT', new Error('could not serialize access'));
    outages.add('TIMEOUT', timeout);
    expect(outages.reasons()).toEqual([]);
    outages.add('TIMEOUT', timeout);
    expect(outages.reasons()).toEqual(['TIMEOUT']);
  });

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

  test('is over when no statement has failed for some time, and the log has the number of failures', async () => {
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

/** The process ids of `count` concurrent sessions. */
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
