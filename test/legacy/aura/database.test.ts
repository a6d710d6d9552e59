import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { createTestDatabase } from '../../_util/database.ts';
import { maintain } from '../../_util/server.ts';
import {
  auditEvent,
  dashboardFile,
  databaseMetrics,
  dataOf,
  entry,
  iso,
  open,
  publish,
  refusal,
  roleHierarchy,
  spanClock,
  systemMetrics,
  until,
} from '../_old-client.ts';

const clock = spanClock();
const fast = ['monitoring:', '  database:', '    sample_interval_ms: 100'];
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp(
    { DASHBOARD_CONFIG: await dashboardFile(...fast), SLOW_QUERY_THRESHOLD_MS: '150' },
    { keep: true },
  );
});

afterAll(() => app.stop());

interface Metrics {
  connection: Record<string, number>;
  performance: Record<string, number>;
  storage: {
    database_size_gb: number;
    indexes_size_gb: number;
    tables: { table_name: string; size_mb: number; row_count: number; last_vacuum: string | null }[];
  };
  health: Record<string, string | number | null>;
}

function metricsOf(message: Record<string, unknown>): Metrics {
  return dataOf(message) as unknown as Metrics;
}

async function session(database = app.database): Promise<pg.Client> {
  const client = new pg.Client(database);
  client.on('error', () => {});
  await client.connect();
  onTestFinished(() => client.end().catch(() => {}));
  return client;
}

describe('/ws/database', () => {
  it('A22 A86: sends database_metrics with every documented field and no other', async () => {
    const client = await open(app, '/ws/database');
    expect(await client.next()).toFit(databaseMetrics);
    expect(await client.next()).toFit(databaseMetrics);
  });

  it('A23: counts active and idle sessions and their share of the maximum', async () => {
    const [idle, busy] = [await session(), await session()];
    const asleep = busy.query('select pg_sleep(3)').catch(() => null);
    await idle.query('select 1');
    const client = await open(app, '/ws/database');
    const message = await client.next((one) => (metricsOf(one).connection['active_connections'] ?? 0) > 0);
    const { connection } = metricsOf(message);
    const {
      active_connections: active = 0,
      idle_connections: still = 0,
      max_connections: max = 0,
      connection_pool_utilization: share = 0,
    } = connection;
    const { rows } = await idle.query<{ max: number }>(
      "select current_setting('max_connections')::int as max",
    );
    expect(max).toBe(rows[0]?.max);
    expect(active).toBeGreaterThanOrEqual(1);
    expect(still).toBeGreaterThanOrEqual(1);
    expect(Math.abs(share - (active + still) / max)).toBeLessThanOrEqual(0.00005);
    const killer = await session();
    await killer.query('select pg_cancel_backend(pid) from pg_stat_activity where query like $1', [
      'select pg_sleep(3)%',
    ]);
    await asleep;
  });

  it('A24: has running queries, query times, slow queries and the cache hit rate', async () => {
    const busy = await session();
    const asleep = busy.query('select pg_sleep(1)');
    const client = await open(app, '/ws/database');
    const message = await client.next((one) => (metricsOf(one).performance['active_queries'] ?? 0) > 0);
    const { performance } = metricsOf(message);
    expect(performance['avg_query_time_ms']).toEqual(expect.any(Number));
    expect(performance['query_cache_hit_rate']).toBeGreaterThan(0);
    expect(performance['slow_query_threshold_ms']).toBe(150);
    await asleep;
    const standard = await startTestApp();
    const first = await (await open(standard, '/ws/database')).next();
    expect(metricsOf(first).performance['slow_query_threshold_ms']).toBe(1000);
  });

  it('A28: counts slow queries every 10000 ms, and not in between', async () => {
    const client = await open(app, '/ws/database');
    const slowNow = async (): Promise<unknown> =>
      metricsOf(await client.next()).performance['slow_queries_count'];
    do {
      clock.skip(10_001);
      await client.next();
    } while ((await slowNow()) !== 0); // slow queries of earlier tests are ending
    const busy = await session();
    const asleep = busy.query('select pg_sleep(30)').catch(() => null);
    const slept = Date.now() + 400;
    const before = [];
    do before.push(await client.next());
    while (Date.now() < slept);
    expect(before.length).toBeGreaterThan(2);
    expect(before.every((one) => metricsOf(one).performance['slow_queries_count'] === 0)).toBe(true);
    clock.skip(10_001);
    const after = await client.next((one) => metricsOf(one).performance['slow_queries_count'] !== 0);
    expect(metricsOf(after).performance['slow_queries_count']).toBeGreaterThanOrEqual(1);
    const killer = await session();
    await killer.query('select pg_cancel_backend(pid) from pg_stat_activity where query = $1', [
      'select pg_sleep(30)',
    ]);
    await asleep;
  });

  it('A25 A29: reads sizes and tables every 60000 ms, and not in between', async () => {
    const client = await open(app, '/ws/database');
    await client.next();
    const owner = await session();
    await owner.query('create schema apart');
    await owner.query('create table chat_messages (id int primary key, body text)');
    await owner.query('create table apart.notes (id int primary key, body text)');
    for (const table of ['chat_messages', 'apart.notes'])
      await owner.query(
        `insert into ${table} select n, repeat(md5(n::text), 20) from generate_series(1, 4000) n`,
      );
    await owner.query('vacuum analyze chat_messages');
    for (let n = 0; n < 25; n++) await owner.query(`create table filler_${n} (id int primary key)`);
    for (let n = 0; n < 5; n++) await client.next();
    const inBetween = metricsOf(await client.next()).storage;
    expect(inBetween.tables.map(({ table_name }) => table_name)).not.toContain('chat_messages');

    clock.skip(60_001);
    const message = await client.next((one) =>
      metricsOf(one).storage.tables.some(({ table_name }) => table_name === 'chat_messages'),
    );
    const { storage } = metricsOf(message);
    expect(message).toFit(databaseMetrics);
    expect(storage.database_size_gb).toBeGreaterThan(0);
    expect(storage.indexes_size_gb).toBeGreaterThan(0);
    expect(storage.database_size_gb).toBeGreaterThan(storage.indexes_size_gb);
    expect(storage.tables).toHaveLength(20);
    const sizes = storage.tables.map(({ size_mb }) => size_mb);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    const chat = storage.tables.find(({ table_name }) => table_name === 'chat_messages');
    expect(chat).toMatchObject({ row_count: 4000 });
    expect(iso(chat?.last_vacuum)).toBe(true);
    const { rows } = await owner.query<{ mb: number }>(
      "select pg_total_relation_size('chat_messages') / 1048576.0::float8 as mb",
    );
    expect(chat?.size_mb).toBeCloseTo(rows[0]?.mb ?? 0, 3);
    const notes = storage.tables.find(({ table_name }) => table_name === 'apart.notes');
    expect(notes).toMatchObject({ last_vacuum: null });
  });

  it('A26: has no replication lag for a single database, and the reported status of backups', async () => {
    const own = await startTestApp({ DASHBOARD_CONFIG: await dashboardFile(...fast) });
    const client = await open(own, '/ws/database');
    expect(metricsOf(await client.next()).health).toEqual({
      status: 'healthy',
      replication_lag_ms: null,
      backup_status: 'unknown',
      last_backup: null,
    });
    const [done, failed] = ['2026-01-02T03:04:05.678Z', '2026-01-03T00:00:00.000Z'];
    await publish(own, [{ backup: { backupStatus: 'COMPLETED', finishedAt: done } }]);
    const completed = await client.next((one) => metricsOf(one).health['backup_status'] !== 'unknown');
    expect(metricsOf(completed).health).toMatchObject({ backup_status: 'completed', last_backup: done });
    await publish(own, [{ backup: { backupStatus: 'FAILED', finishedAt: failed } }]);
    const later = await client.next((one) => metricsOf(one).health['backup_status'] !== 'completed');
    expect(metricsOf(later).health).toMatchObject({ backup_status: 'failed', last_backup: done });
    expect((await own.get('/api/database/health')).body).toMatchObject({ backup_status: 'failed' });
  });
});

/** Makes the database unavailable to its server. @returns a function that makes it available again. */
type Outage = (url: string, name: string, line: Line) => Promise<() => Promise<unknown>>;

/** A TCP proxy to the database that can be interrupted. */
interface Line {
  readonly url: string;
  cut(): void;
  /** Drops all data from now on without closing the connections. */
  stall(): void;
  mend(): void;
}

async function lineTo(connection: string): Promise<Line> {
  const to = new URL(connection);
  const { rows } = await maintain(connection, (client) => client.query<{ port: string }>('show port'));
  const socketFolder = to.searchParams.get('host');
  let whole = true;
  let flowing = true;
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    if (!whole) return void socket.destroy();
    const port = Number(rows[0]?.port);
    const other =
      socketFolder === null
        ? connect(port, to.hostname)
        : connect({ path: `${socketFolder}/.s.PGSQL.${port}` });
    for (const [one, end] of [
      [socket, other],
      [other, socket],
    ] as const) {
      open.add(one);
      one.on('error', () => {});
      one.once('close', () => {
        open.delete(one);
        end.destroy();
      });
      one.on('data', (bytes) => {
        if (flowing) end.write(bytes);
      });
    }
    return undefined;
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const user = to.searchParams.get('user') ?? to.username;
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://${user}${to.password === '' ? '' : `:${to.password}`}@127.0.0.1:${port}${to.pathname}`,
    cut() {
      whole = false;
      for (const socket of open) socket.destroy();
    },
    stall() {
      flowing = false;
    },
    mend() {
      whole = true;
    },
  };
}

const cut: Outage = (_url, _name, line) => {
  line.cut();
  return Promise.resolve(() => Promise.resolve(line.mend()));
};

const refuse: Outage = async (url, name) => {
  await maintain(url, async (client) => {
    await client.query(`alter database ${name} allow_connections false`);
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  });
  return () => maintain(url, (client) => client.query(`alter database ${name} allow_connections true`));
};

const hide: Outage = async (url, name, line) => {
  await refuse(url, name, line);
  await maintain(url, async (client) => {
    await until(() =>
      client.query(`alter database ${name} rename to ${name}_away`).then(
        () => true,
        () => false, // a session is still ending
      ),
    );
  });
  return () =>
    maintain(url, async (client) => {
      await client.query(`alter database ${name}_away rename to ${name}`);
      await client.query(`alter database ${name} allow_connections true`);
    });
};

describe('when the database is unavailable', () => {
  it('A22: delays no message at connect and no other feed while it does not respond', async () => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const line = await lineTo(database.connection);
    const own = await startTestApp(
      { DASHBOARD_CONFIG: await dashboardFile(...fast) },
      { database: line.url },
    );
    await (await open(own, '/ws/database')).next();
    line.stall();
    onTestFinished(() => line.cut());
    for (const path of ['/ws/system', '/ws/governance', '/ws/database']) {
      const client = await open(own, path);
      const openedAt = Date.now();
      await client.next();
      expect(Date.now() - openedAt).toBeLessThan(5_000); // a stalled statement takes 30 s
    }
    expect((await own.get('/api/system/metrics')).status).toBe(200);
  });

  it.each([
    ['cannot be reached', cut],
    ['takes no connections', refuse],
    ['is not there', hide],
  ])(
    'A43 A65: when it %s, endpoints report it, feeds continue with null, and both recover',
    async (_how, take) => {
      const database = await createTestDatabase();
      onTestFinished(() => database.drop());
      const line = await lineTo(database.connection);
      const name = new URL(database.connection).pathname.slice(1);
      const own = await startTestApp(
        { DASHBOARD_CONFIG: await dashboardFile(...fast) },
        { database: line.url },
      );
      const [system, metrics, governance] = await Promise.all([
        open(own, '/ws/system'),
        open(own, '/ws/database'),
        open(own, '/ws/governance'),
      ]);
      expect(metricsOf(await metrics.next()).health['status']).toBe('healthy');
      await governance.next();

      const giveBack = await take(database.server.url, name, line);
      const ill = await metrics.next((one) => metricsOf(one).health['status'] === 'unhealthy');
      expect(ill).toFit(databaseMetrics);
      expect(ill['data']).toMatchObject({
        connection: {
          active_connections: null,
          idle_connections: null,
          max_connections: null,
          connection_pool_utilization: null,
        },
        performance: { active_queries: null, avg_query_time_ms: null, slow_queries_count: null },
        storage: { database_size_gb: null, indexes_size_gb: null },
        health: { status: 'unhealthy', replication_lag_ms: null },
      });
      const health = await own.get('/api/database/health');
      expect(health.status).toBe(503);
      expect(health.body).toEqual({
        status: 'unhealthy',
        active_connections: null,
        connection_pool_utilization: null,
        avg_query_time_ms: null,
        replication_lag_ms: null,
        backup_status: 'unknown',
      });
      for (const path of ['/api/governance/roles', '/api/governance/audit-logs']) {
        const { status, body } = await own.get(path);
        expect({ path, status }).toEqual({ path, status: 503 });
        expect(body).toFit(refusal('DATABASE_UNAVAILABLE'));
      }
      expect((await own.get('/health')).status).toBe(503);
      for (const path of ['/api/system/metrics', '/api/models/status', '/api/websocket/connections'])
        expect({ path, status: (await own.get(path)).status }).toEqual({ path, status: 200 });
      await system.next();
      expect(await system.next()).toFit(systemMetrics);
      const late = await open(own, '/ws/governance'); // clients can still connect
      await expect(publish(own, [entry(1)])).rejects.toThrow('DATABASE_UNAVAILABLE');

      await giveBack();
      expect(await metrics.next((one) => metricsOf(one).health['status'] === 'healthy')).toFit(
        databaseMetrics,
      );
      expect((await own.get('/api/database/health')).status).toBe(200);
      await publish(own, [entry(2)]);
      for (const client of [governance, late]) {
        const event = await client.ofType('audit_event');
        expect(event).toFit(auditEvent);
        expect(event['data']).toMatchObject({ action: 'did 2' });
        expect(client.socket.readyState).toBe(1);
      }
      const roles = late.messages.find(({ type }) => type === 'role_hierarchy') ?? (await late.next());
      expect(roles).toFit(roleHierarchy);
      expect(system.socket.readyState).toBe(1);
    },
  );
});
