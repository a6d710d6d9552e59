import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createTestDatabase, servers } from '../../../test/_util/database.ts';
import { maintain } from '../../../test/_util/server.ts';
import { openDatabase } from '../../db/database.ts';
import { startEmbedded, type EmbeddedPostgres } from '../../db/embedded.ts';
import { silentLog } from '../../log/log.ts';
import type { Source } from '../../sources/source.ts';
import { noBackups } from './backups.ts';
import { databaseKey, databaseSampled, type DatabaseSample } from './events.ts';
import { databaseSource, type DatabaseSourceOptions } from './source.ts';

const unknown = {
  connection: {
    activeConnectionCount: null,
    idleConnectionCount: null,
    connectionsMax: null,
    poolUsedRatio: null,
  },
  performance: {
    activeQueryCount: null,
    avgQueryTimeMs: null,
    slowQueryCount: null,
    slowQueryThresholdMs: 1000,
    queryCacheHitRatio: null,
  },
  storage: { databaseSizeBytes: null, indexesSizeBytes: null, tables: [] },
  health: {
    status: 'UNHEALTHY',
    responseTimeMs: null,
    replicationLagMs: null,
    backupStatus: 'UNKNOWN',
    lastBackupAt: null,
  },
};

/** A source with its own pool. It reads everything in each sample. */
function sourceOf(connection: pg.PoolConfig | string, options: Partial<DatabaseSourceOptions> = {}): Source {
  const handle = openDatabase({ connection, log: silentLog });
  onTestFinished(() => handle.pool.end());
  return databaseSource({
    pool: handle.pool,
    ownMeanQueryTimeMs: () => 42,
    reportedBackups: () => noBackups,
    slowQueryThresholdMs: 1000,
    backgroundMs: 30_000,
    slowQueriesEveryMs: 0,
    storageEveryMs: 0,
    ...options,
  });
}

async function sampleOf(source: Source): Promise<DatabaseSample> {
  const { gauges } = await source.sample(new AbortController().signal);
  expect(gauges).toMatchObject([{ topic: databaseSampled, key: databaseKey }]);
  return gauges[0]?.payload as DatabaseSample;
}

/** Another session, which ends with the test. */
async function session(connection: pg.ClientConfig | string): Promise<pg.Client> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

describe('databaseSource on a separate PostgreSQL server', () => {
  let dir: string;
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'opsgraph-test-'));
    await chmod(dir, 0o755);
    server = await startEmbedded({
      dataDir: join(dir, 'd'),
      log: silentLog,
      durable: false,
      maxConnections: 40,
    });
  });
  afterAll(async () => {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  });

  test('counts its own session as idle, and does not count its own statements', async () => {
    const source = sourceOf(server.connection, { slowQueryThresholdMs: 0 });
    for (const sample of [await sampleOf(source), await sampleOf(source)]) {
      expect(sample.connection).toEqual({
        activeConnectionCount: 0,
        idleConnectionCount: 1,
        connectionsMax: 40,
        poolUsedRatio: 0.025,
      });
      expect(sample.performance).toMatchObject({ activeQueryCount: 0, slowQueryCount: 0 });
    }
  });

  test('counts sessions that are idle, in a transaction, or run a statement, and slow statements', async () => {
    const source = sourceOf(server.connection, { slowQueryThresholdMs: 300 });
    await sampleOf(source);
    await session(server.connection);
    await (await session(server.connection)).query('begin');
    const sleeper = await session(server.connection);
    const sleeping = sleeper.query('select pg_sleep(60)').catch(() => undefined);
    await expect
      .poll(() => sampleOf(source))
      .toMatchObject({
        connection: { activeConnectionCount: 2, idleConnectionCount: 2, poolUsedRatio: 0.1 },
        performance: { activeQueryCount: 1, slowQueryCount: 0 },
      });
    await expect
      .poll(() => sampleOf(source), { timeout: 5000 })
      .toMatchObject({ performance: { activeQueryCount: 1, slowQueryCount: 1 } });
    const other = await session(server.connection);
    await other.query(
      `select pg_cancel_backend(pid) from pg_stat_activity where query like 'select pg_sleep%'`,
    );
    await sleeping;
    await expect
      .poll(() => sampleOf(source))
      .toMatchObject({
        connection: { activeConnectionCount: 1 },
        performance: { activeQueryCount: 0, slowQueryCount: 0 },
      });
  });

  test('repeats the count of slow statements and the sizes until they are due', async () => {
    const options = { slowQueryThresholdMs: 0, slowQueriesEveryMs: 3_600_000, storageEveryMs: 3_600_000 };
    const source = sourceOf(server.connection, options);
    const client = await session(server.connection);
    expect((await sampleOf(source)).storage.tables).toEqual([]);
    await client.query('create table public.late (n int)');
    onTestFinished(async () => void (await client.query('drop table public.late')));
    const sleeping = client.query('select pg_sleep(0.3)');
    await expect.poll(() => sampleOf(source)).toMatchObject({ performance: { activeQueryCount: 1 } });
    expect(await sampleOf(source)).toMatchObject({
      performance: { slowQueryCount: 0 },
      storage: { tables: [] },
    });
    await sleeping;
  });

  test('sends at most four statements, and one if no sizes are due', async () => {
    const handle = openDatabase({ connection: server.connection, log: silentLog });
    onTestFinished(() => handle.pool.end());
    let sent = 0;
    const pool = {
      query: (text: string) => {
        sent++;
        return handle.pool.query(text);
      },
    };
    const source = sourceOf(server.connection, {
      pool,
      slowQueriesEveryMs: 3_600_000,
      storageEveryMs: 3_600_000,
    });
    await sampleOf(source); // also reads the schema of pg_stat_statements
    expect(sent).toBeLessThanOrEqual(4);
    sent = 0;
    await sampleOf(source);
    expect(sent).toBe(1);
  });
});

describe.each(servers)('databaseSource on $name', (server) => {
  test('samples everything that PostgreSQL provides', async () => {
    await using database = await createTestDatabase(server);
    const source = sourceOf(database.connection);
    const client = await session(database.connection);
    await client.query(
      'create table public.filled as select n, repeat(n::text, 9) from generate_series(1, 20000) n',
    );
    await client.query('create index on public.filled (n)');
    await client.query('create schema other');
    await client.query('create table other.small (n int primary key)');
    await client.query('create table public.parted (n int) partition by range (n)');
    await client.query(
      'create table public.parted_low partition of public.parted for values from (0) to (9)',
    );
    await client.query('insert into public.parted select 1 from generate_series(1, 10000)'); // large enough to be listed
    await client.query('insert into other.small select generate_series(1, 10000)');
    await client.query('create temporary table passing (n int)');
    await client.query('vacuum analyze public.filled');
    const sample = await sampleOf(source);
    expect(sample.health).toEqual({
      status: 'HEALTHY',
      responseTimeMs: expect.any(Number),
      replicationLagMs: null,
      backupStatus: 'UNKNOWN',
      lastBackupAt: null,
    });
    expect(sample.performance.queryCacheHitRatio).toBeGreaterThan(0.1);
    expect(sample.performance.queryCacheHitRatio).toBeLessThanOrEqual(1);
    expect(sample.storage.databaseSizeBytes).toBeGreaterThan(5_000_000);
    expect(sample.storage.indexesSizeBytes).toBeGreaterThan(400_000);
    const { tables } = sample.storage;
    expect(tables[0]).toEqual({
      tableName: 'filled',
      sizeBytes: expect.any(Number),
      rowCount: 20_000,
      lastVacuumAt: expect.any(String),
    });
    expect(tables[0]?.sizeBytes).toBeGreaterThan(2 ** 20);
    expect(Math.abs(Date.parse(tables[0]?.lastVacuumAt ?? '') - Date.now())).toBeLessThan(60_000);
    const names = tables.map(({ tableName }) => tableName);
    expect(names).toContain('parted_low');
    expect(names).toContain('other.small');
    expect(tables.find(({ tableName }) => tableName === 'other.small')?.lastVacuumAt).toBeNull();
    expect(names.filter((name) => name === 'parted' || name.includes('passing'))).toEqual([]);
  });

  test('lists the twenty largest tables', async () => {
    await using database = await createTestDatabase(server, { empty: true });
    const client = await session(database.connection);
    await client.query(`do $$ begin for n in 1..25 loop
      execute format('create table t%s as select generate_series(1, %s) as n', n, n * 300);
      end loop; end $$`);
    const { tables } = (await sampleOf(sourceOf(database.connection))).storage;
    expect(tables).toHaveLength(20);
    expect(tables[0]?.tableName).toBe('t25');
    expect(tables.map(({ tableName }) => tableName)).not.toContain('t1');
    const sizes = tables.map(({ sizeBytes }) => sizeBytes ?? 0);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });

  test('measures only the largest tables above the limit, and takes the size of indexes from the statistics', async () => {
    await using database = await createTestDatabase(server, { empty: true });
    const client = await session(database.connection);
    await client.query(`do $$ begin for n in 1..25 loop
      execute format('create table t%s as select generate_series(1, %s) as n', n, n * 300);
      execute format('create index on t%s (n)', n);
      end loop; end $$`);
    const exact = (await sampleOf(sourceOf(database.connection))).storage;
    await client.query('analyze');
    const { tables, indexesSizeBytes, databaseSizeBytes } = (
      await sampleOf(sourceOf(database.connection, { tablesMeasuredMax: 24 }))
    ).storage;
    expect(tables).toEqual(
      exact.tables.map((table) => ({ ...table, rowCount: expect.any(Number) as number })),
    );
    expect(indexesSizeBytes).toBe(exact.indexesSizeBytes);
    expect(databaseSizeBytes).toBeGreaterThan(0);
  });

  test('reads the size of the database if the sizes of tables cannot be read, and vice versa', async () => {
    await using database = await createTestDatabase(server);
    const handle = openDatabase({ connection: database.connection, log: silentLog });
    onTestFinished(() => handle.pool.end());
    const without = (name: string, put: string) => ({
      query: (text: string) => handle.pool.query(text.replaceAll(name, put)),
    });
    // Takes longer than the limit of the statement.
    const tables = without('pg_total_relation_size(relid)', '(select 1 from pg_sleep(6))');
    const size = without('pg_database_size', 'no_such_function');
    const [ofDatabase, ofTables] = await Promise.all([
      sampleOf(sourceOf(database.connection, { pool: tables })),
      sampleOf(sourceOf(database.connection, { pool: size })),
    ]);
    expect(ofDatabase.storage).toMatchObject({
      databaseSizeBytes: expect.any(Number) as number,
      indexesSizeBytes: null,
    });
    expect(ofDatabase.storage.tables).toEqual([]);
    expect(ofTables.storage).toMatchObject({
      databaseSizeBytes: null,
      indexesSizeBytes: expect.any(Number) as number,
    });
    expect(ofTables.storage.tables.length).toBeGreaterThan(10);
  });

  test('returns null for the size of a locked table, and the sizes of the others', async () => {
    await using database = await createTestDatabase(server, { empty: true });
    const client = await session(database.connection);
    await client.query('create table one (n int); create table other (n int)');
    await client.query('begin; lock table one in access exclusive mode');
    const { storage } = await sampleOf(sourceOf(database.connection));
    expect(storage).toMatchObject({
      databaseSizeBytes: expect.any(Number) as number,
      indexesSizeBytes: null,
    });
    expect(storage.tables).toMatchObject([
      { tableName: 'one', sizeBytes: null },
      { tableName: 'other', sizeBytes: 0 },
    ]);
    await client.query('rollback');
  });

  test('repeats the previous sizes while a lock prevents reading them', async () => {
    await using database = await createTestDatabase(server, { empty: true });
    const source = sourceOf(database.connection);
    const client = await session(database.connection);
    await client.query('create table kept (n int)');
    const before = await sampleOf(source);
    await client.query('begin; lock table kept in access exclusive mode');
    const during = await sampleOf(source);
    expect(during.storage).toEqual(before.storage);
    expect(during.health.status).toBe('HEALTHY');
    await client.query('rollback');
  });

  test('uses the mean of its own statements without pg_stat_statements, and detects when the extension is created', async () => {
    await using database = await createTestDatabase(server, { empty: true });
    const client = await session(database.connection);
    await client.query('drop extension if exists pg_stat_statements');
    const source = sourceOf(database.connection, { recheckMs: 0 });
    expect((await sampleOf(source)).performance.avgQueryTimeMs).toBe(42);
    const { rows } = await client.query<{ available: boolean }>(
      `select exists (select from pg_available_extensions where name = 'pg_stat_statements') as available`,
    );
    if (!rows[0]?.available) return;
    await client.query('create schema watched; create extension pg_stat_statements schema watched');
    const loaded = await client.query('select from watched.pg_stat_statements limit 1').then(
      () => true,
      () => false,
    );
    const { avgQueryTimeMs } = (await sampleOf(source)).performance;
    // An extension that was not loaded at the start of the server rejects queries.
    expect(avgQueryTimeMs === 42).toBe(!loaded);
    await client.query('drop extension pg_stat_statements');
    expect((await sampleOf(source)).performance.avgQueryTimeMs).toBe(42);
    expect((await sampleOf(source)).health.status).toBe('HEALTHY');
  });

  test('samples what an account without rights can read', async () => {
    await using database = await createTestDatabase(server);
    const owner = await session(database.connection);
    const role = `opsgraph_test_${process.pid}_${Date.now()}`;
    await owner.query(`create role ${role} login password 'p'`);
    onTestFinished(() =>
      maintain(server.url, async (client) => void (await client.query(`drop role ${role}`))),
    );
    const url = new URL(database.connection);
    url.searchParams.set('user', role);
    url.searchParams.set('password', 'p');
    const sample = await sampleOf(sourceOf(url.href));
    expect(sample.health.status).toBe('HEALTHY');
    expect(sample.connection).toEqual({
      activeConnectionCount: null,
      idleConnectionCount: null,
      connectionsMax: expect.any(Number),
      poolUsedRatio: expect.any(Number),
    });
    expect(sample.performance).toMatchObject({ activeQueryCount: null, slowQueryCount: null });
    expect(sample.storage.databaseSizeBytes).toBeGreaterThan(0);
    expect(sample.storage.tables.map(({ tableName }) => tableName)).toContain('events');
  });

  test('returns null only for the values of a missing or forbidden view', async () => {
    await using database = await createTestDatabase(server);
    const handle = openDatabase({ connection: database.connection, log: silentLog });
    onTestFinished(() => handle.pool.end());
    let sent = 0;
    const pool = {
      query: (text: string) => {
        sent++;
        return handle.pool.query(
          text
            .replaceAll('pg_stat_archiver', 'pg_stat_nothing')
            .replaceAll('pg_stat_replication', 'pg_authid_x'),
        );
      },
    };
    const source = sourceOf(database.connection, { pool, storageEveryMs: 3_600_000 });
    const sample = await sampleOf(source);
    expect(sample.health).toMatchObject({
      status: 'HEALTHY',
      replicationLagMs: null,
      backupStatus: 'UNKNOWN',
    });
    expect(sample.connection.idleConnectionCount).toBeGreaterThan(0);
    expect(sample.performance.queryCacheHitRatio).not.toBeNull();
    sent = 0;
    await sampleOf(source);
    expect(sent).toBe(1);
  });

  test('is UNHEALTHY with null values while the database does not exist, and HEALTHY when it exists again', async () => {
    await using database = await createTestDatabase(server);
    const reported = { status: 'COMPLETED', finishedAt: '2026-01-02T03:04:05.678Z' } as const;
    const source = sourceOf(database.connection, {
      reportedBackups: () => ({ latest: reported, lastSuccess: reported }),
    });
    expect((await sampleOf(source)).health).toMatchObject({
      status: 'HEALTHY',
      backupStatus: 'COMPLETED',
      lastBackupAt: '2026-01-02T03:04:05.678Z',
    });
    await database.drop();
    const missing = await sampleOf(source);
    expect(missing).toEqual({
      ...unknown,
      sampledAt: expect.any(Number),
      health: { ...unknown.health, backupStatus: 'COMPLETED', lastBackupAt: reported.finishedAt },
    });
    const name = new URL(database.connection).pathname.slice(1);
    await maintain(server.url, (client) => client.query(`create database ${name}`));
    const back = await sampleOf(source);
    expect(back.health.status).toBe('HEALTHY');
    expect(back.storage.databaseSizeBytes).toBeGreaterThan(0);
    expect(back.storage.tables).toEqual([]);
  });
});

describe('databaseSource with an unreachable database', () => {
  test('is UNHEALTHY if connections are refused', async () => {
    const source = sourceOf({ host: '127.0.0.1', port: 1, user: 'u', database: 'd' });
    expect(await sampleOf(source)).toEqual({ ...unknown, sampledAt: expect.any(Number) });
  });

  test('is UNHEALTHY if the database does not respond, and opens no second connection meanwhile', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const source = sourceOf({ host: '127.0.0.1', port, user: 'u', database: 'd' }, { responseMaxMs: 50 });
    expect(await sampleOf(source)).toEqual({ ...unknown, sampledAt: expect.any(Number) });
    expect((await sampleOf(source)).health.status).toBe('UNHEALTHY');
    expect(sockets).toHaveLength(1);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
});
