import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { readConfig } from '../../../src/settings.ts';
import { startTestApp } from '../../_util/app.ts';
import { refusedHandshake } from '../../_util/clients.ts';
import { createTestDatabase } from '../../_util/database.ts';
import { freePort } from '../../_util/process.ts';
import { emptyFolder, until } from '../_old-client.ts';
import { live, post, startMonitor } from './_crypto.ts';

it('C28: listens on port 7860 with LEGACY_LISTENERS, and on every interface with HOST', () => {
  const env = { LEGACY_LISTENERS: 'crypto', HOST: '0.0.0.0', ALLOW_ANONYMOUS: 'true' };
  const { config } = readConfig(env, { cwd: '/' });
  expect(config).toMatchObject({
    listen: { host: '0.0.0.0' },
    legacyListeners: [{ name: 'crypto', port: 7860 }],
  });
});

it('C39: loads providers and limits first, starts the scheduler last, and responds to /health with 503 until then', async () => {
  const database = await createTestDatabase();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const elsewhere = new pg.Client({ connectionString: database.connection });
  await elsewhere.connect();
  await elsewhere.query('begin; lock table job_state in access exclusive mode'); // the scheduler cannot start
  const starting = startMonitor({ DATABASE_URL: database.connection, PORT: String(port) });
  const refused = (): null => null; // the server does not listen yet
  await until(async () => (await fetch(`${url}/health`).catch(refused)) !== null);
  const health = await fetch(`${url}/health`);
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({
    components: {
      database: { status: 'healthy' },
      scheduler: { status: 'stopped' },
      websocket: { status: 'running' },
      providers: { total: 3 },
    },
  });
  expect(await (await fetch(`${url}/api/rate-limits`)).json()).toHaveLength(1);
  await elsewhere.end();
  const { app, stop } = await starting;
  expect((await app.get('/health')).status).toBe(200);
  await stop();
  await database.drop();
});

it('C39: serves only once providers, limits and the scheduler are ready', async () => {
  const monitor = await startMonitor();
  const { app } = monitor;
  expect((await app.get('/health')).body).toMatchObject({
    status: 'healthy',
    components: {
      database: { status: 'healthy' },
      scheduler: { status: 'running' },
      websocket: { status: 'running' },
      providers: { total: 3 },
    },
  });
  expect((await app.get('/api/rate-limits')).body).toHaveLength(1);
  await monitor.stop();
});

it('C40: stops its scheduler first: events of a running job are sent before clients are closed with 1001', async () => {
  const { app, answer, stop } = await startMonitor();
  const client = await live(app);
  const asked = new Promise<void>((resolve) =>
    answer('Beta', (response) => {
      setTimeout(() => response.writeHead(429).end(), 1_000);
      resolve();
    }),
  );
  await post(app, '/api/scheduler/trigger/health_checks');
  await asked;
  const stopped = stop();
  expect((await fetch(`${app.url}/health`)).status).toBe(503);
  expect(await client.ofType('provider_status_change')).toMatchObject({
    provider: 'Beta',
    new_status: 'degraded',
  });
  expect((await client.closed).code).toBe(1001);
  await stopped;
});

it('C40, C42: closes clients with 1001 on stop, and keeps measurements across a restart', async () => {
  const database = await createTestDatabase();
  const { stop, app } = await startMonitor({ DATABASE_URL: database.connection });
  const client = await live(app);
  const { total } = (await app.get('/api/logs/connection')).body as { total: number };
  expect(total).toBeGreaterThan(0);
  await stop();
  expect((await client.closed).code).toBe(1001);
  const after = await startTestApp({}, { database: database.connection, keep: true });
  const { logs } = (await after.get('/api/logs/connection?hours=24')).body as { logs: object[] };
  expect(logs).toHaveLength(total);
  await after.stop();
  await database.drop();
});

it('C44: accepts MAX_WS_CONNECTIONS sockets, and creates the data directory', async () => {
  const dir = join(await emptyFolder(), 'not', 'yet');
  const app = await startTestApp({ MAX_WS_CONNECTIONS: '1', DATA_DIR: dir });
  expect(existsSync(dir)).toBe(true);
  const client = await live(app);
  expect((await refusedHandshake(`${app.wsUrl}/ws/live`)).status).toBe(503);
  await client.ended();
});

it('C45: sockets and all endpoints except open ones need a credential where AUTH_REQUIRED is set', async () => {
  const token = 'a-token-of-some-length-1234567890';
  const app = await startTestApp({ AUTH_REQUIRED: 'true', AUTH_TOKENS: `${token}:ann:admin` });
  expect((await refusedHandshake(`${app.wsUrl}/ws/live`)).status).toBe(401);
  expect((await app.get('/api/providers')).status).toBe(401);
  expect((await app.get('/health')).status).toBe(200);
  await (await live(app, `?api_key=${token}`)).ended();
});

it('C23: /api/database/stats is off with FEATURE_DATABASE_MONITORING', async () => {
  const app = await startTestApp({ FEATURE_DATABASE_MONITORING: 'false' });
  expect(await app.get('/api/database/stats')).toMatchObject({
    status: 503,
    body: { error: { code: 'FEATURE_DISABLED', feature: 'FEATURE_DATABASE_MONITORING' } },
  });
});
