import { createServer } from 'node:http';
import { once } from 'node:events';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readConfig, type Config } from '../../../src/settings.ts';
import { refusedHandshake } from '../../_util/clients.ts';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import {
  dashboardFile,
  dataOf,
  emptyFolder,
  FeedClient,
  nothing,
  oneOf,
  open,
  refusal,
  systemMetrics,
  type Refusal,
} from '../_old-client.ts';

const rest = [
  '/api/system/metrics',
  '/api/governance/roles',
  '/api/governance/audit-logs',
  '/api/models/status',
  '/api/database/health',
  '/api/websocket/connections',
];
const feeds = ['/ws/models', '/ws/system', '/ws/governance', '/ws/database'];

/** The configuration of a server with this environment. @throws where the server does not start. */
const featuresByDefault = readConfig({}, { cwd: tmpdir() }).config.features;

function configOf(env: Record<string, string>): Config {
  return readConfig(env, { cwd: tmpdir() }).config;
}

/** Every path of the four feeds and six endpoints that is disabled, with its response. */
async function whatIsOff(app: TestApp): Promise<Map<string, Refusal>> {
  const off = new Map<string, Refusal>();
  for (const path of rest) {
    const { status, body } = await app.get(path);
    expect(status).toBeOneOf([200, 503]);
    if (status === 503) off.set(path, body);
  }
  for (const path of feeds) {
    const client = new FeedClient(`${app.wsUrl}${path}`);
    const refused = await client.opened().then(
      () => false,
      () => true,
    );
    client.socket.terminate();
    if (!refused) continue;
    const { status, body } = await refusedHandshake(`${app.wsUrl}${path}`);
    expect({ path, status }).toEqual({ path, status: 503 });
    off.set(path, body);
  }
  return off;
}

const governance = ['/api/governance/roles', '/api/governance/audit-logs', '/ws/governance'];

/** A server with default settings. */
let standard: TestApp;

beforeAll(async () => {
  standard = await startTestApp({}, { keep: true });
});

afterAll(() => standard.stop());

interface Switched {
  readonly flag: string;
  readonly value: string;
  readonly paths: readonly string[];
}

/** What each of these flags switches off, where they are off together: no path is of two of them. */
const switchedOff: readonly (readonly [numbers: string, flags: readonly Switched[]])[] = [
  [
    'A31 A47 A48 A54',
    [
      {
        flag: 'FEATURE_SYSTEM_MONITORING',
        value: 'false',
        paths: ['/api/system/metrics', '/ws/system'],
      },
      { flag: 'FEATURE_DATABASE_MONITORING', value: '0', paths: ['/api/database/health', '/ws/database'] },
      { flag: 'FEATURE_GOVERNANCE_PANEL', value: 'false', paths: governance },
      { flag: 'FEATURE_AI_SYSTEM_PANEL', value: 'false', paths: ['/api/models/status', '/ws/models'] },
      { flag: 'FEATURE_OMNI_MONITOR', value: 'false', paths: ['/api/websocket/connections'] },
      { flag: 'FEATURE_INTELLIGENCE_ARENA', value: 'false', paths: [] },
      { flag: 'FEATURE_CHAT_OPTIMIZATION', value: 'false', paths: [] },
    ],
  ],
  [
    'A46 A51',
    [
      { flag: 'FEATURE_REAL_TIME_UPDATES', value: 'FALSE', paths: feeds },
      { flag: 'FEATURE_WEBSOCKET_FALLBACK', value: 'false', paths: ['/api/system/metrics'] },
    ],
  ],
];

describe('a feature that is switched off', () => {
  it.each(switchedOff)(
    '%s: responds with 503 on exactly its paths and is reported as off: %j',
    async (_numbers, flags) => {
      const app = await startTestApp(Object.fromEntries(flags.map(({ flag, value }) => [flag, value])));
      const off = await whatIsOff(app);
      const found = [...off].map(([path, { error }]) => [path, error['feature']]);
      const expected = flags.flatMap(({ flag, paths }) => paths.map((path) => [path, flag]));
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
      for (const body of off.values()) {
        const flag = body.error['feature'];
        expect(body).toFit(refusal('FEATURE_DISABLED', { feature: oneOf(flag) }));
        const detail = String(flag).endsWith('_MONITORING') ? 'Monitoring disabled' : body.detail;
        expect(body).toEqual({ detail, error: { code: 'FEATURE_DISABLED', message: detail, feature: flag } });
      }
      const { body } = await app.get('/info');
      const features = Object.fromEntries(flags.map(({ flag }) => [flag, false]));
      expect(body).toMatchObject({ features: { ...featuresByDefault, ...features } });
      const { data } = await app.graphql<{ config: { features: { name: string; enabled: boolean }[] } }>(
        '{ config { features { name enabled } } }',
      );
      for (const { flag } of flags)
        expect(data.config.features).toContainEqual({ name: flag, enabled: false });
      expect(data.config.features).toHaveLength(Object.keys(featuresByDefault).length);
    },
  );

  it('A54: FEATURE_AI_SYSTEM_PANEL=false sends no request to a model server', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('{"models":[]}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const app = await startTestApp({
      OLLAMA_URL: `http://127.0.0.1:${port}`,
      FEATURE_AI_SYSTEM_PANEL: 'false',
      DASHBOARD_CONFIG: await dashboardFile('updates:', '  model_status: 100', '  system_metrics: 100'),
    });
    const system = await open(app, '/ws/system');
    for (let n = 0; n < 5; n++) await system.next();
    await app.graphql('{ models { id: modelId } modelServers { name } }');
    expect(asked).toEqual([]);
  });

  it('A54: by default everything except GPU and temperature is on, and all ten paths respond', async () => {
    expect([...(await whatIsOff(standard)).keys()]).toEqual([]);
    expect((await standard.get('/info')).body).toMatchObject({
      features: { ENABLE_GPU_MONITORING: false, ENABLE_TEMPERATURE_MONITORING: false },
    });
  });

  it('rejects at start a flag that is not a boolean, and names it', () => {
    expect(() => configOf({ FEATURE_OMNI_MONITOR: 'perhaps' })).toThrow('FEATURE_OMNI_MONITOR');
  });
});

describe('temperatures', () => {
  it('A50 A15: are null by default', async () => {
    const message = await (await open(standard, '/ws/system')).next();
    expect(dataOf(message)['temperature']).toFit({ cpu_c: nothing, gpu_c: nothing });
  });

  it('A50 A18 A85: are numbers where there are sensors and null where there are none, when enabled', async () => {
    const app = await startTestApp({ ENABLE_TEMPERATURE_MONITORING: 'true' });
    const client = await open(app, '/ws/system');
    for (let n = 0; n < 2; n++) {
      const message = await client.next();
      expect(message).toFit(systemMetrics);
      expect(dataOf(message)['temperature']).toFit({
        cpu_c: (value) => value === null || (typeof value === 'number' && value > -50 && value < 150),
        gpu_c: nothing,
      });
    }
    expect(app.logged.filter(({ level }) => level === 'ERROR')).toEqual([]);
  });
});

interface Realtime {
  reconnect_attempts: number;
  reconnect_delay_ms: number;
  reconnect_max_delay_ms: number;
  backoff_multiplier: number;
  ping_interval_ms: number;
  pong_timeout_ms: number;
  message_buffer_size: number;
}

/** The advice of `/info`, after checking that the graph returns the same. */
async function adviceOf(app: TestApp): Promise<Realtime> {
  const { body } = await app.get('/info');
  const { realtime } = body as { realtime: Realtime };
  const { data } = await app.graphql<{ config: { realtime: Record<string, number> } }>(
    `{ config { realtime { reconnectAttempts: reconnectAttemptsMax reconnectDelayMs
       reconnectMaxDelayMs: reconnectDelayMsMax backoffMultiplier pingIntervalMs pongTimeoutMs
       messageBufferSize: replayedEventsMax } } }`,
  );
  const inWords = Object.entries(data.config.realtime).map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  expect(realtime).toEqual(Object.fromEntries(inWords));
  return realtime;
}

describe('advice for clients', () => {
  let configured: TestApp;

  beforeAll(async () => {
    configured = await startTestApp(
      {
        WEBSOCKET_RECONNECT_ATTEMPTS: '7',
        WEBSOCKET_RECONNECT_DELAY_MS: '250',
        WEBSOCKET_MESSAGE_BUFFER_SIZE: '42',
        WS_PING_INTERVAL_MS: '5000',
        WS_PONG_TIMEOUT_MS: '900',
        WEBSOCKET_HOST: 'gateway.example',
        WEBSOCKET_PROTOCOL: 'wss',
        DASHBOARD_CONFIG: await dashboardFile(
          'websocket:',
          '  reconnect:',
          '    max_attempts: 5',
          '    backoff_multiplier: 2.0',
          '    max_delay_ms: 10000',
        ),
      },
      { keep: true },
    );
  });

  afterAll(() => configured.stop());

  it('A4 A5 A6 A7 A52: by default is ten attempts from 1000 to 30000 ms, with pings and a buffer', async () => {
    expect(await adviceOf(standard)).toEqual({
      reconnect_attempts: 10,
      reconnect_delay_ms: 1000,
      reconnect_max_delay_ms: 30_000,
      backoff_multiplier: 1.5,
      ping_interval_ms: 30_000,
      pong_timeout_ms: 10_000,
      message_buffer_size: 1000,
    });
  });

  it('A53 A55: takes attempts, first delay and buffer from the environment, which has precedence over the file', async () => {
    expect(await adviceOf(configured)).toEqual({
      reconnect_attempts: 7,
      reconnect_delay_ms: 250,
      reconnect_max_delay_ms: 10_000,
      backoff_multiplier: 2,
      message_buffer_size: 42,
      ping_interval_ms: 5000,
      pong_timeout_ms: 900,
    });
  });

  it.each([
    ['for high load', '2.0', '5', '10000'],
    ['for low latency', '1.2', '15', '60000'],
  ])(
    'A55: backoff, attempts and longest delay %s come from the file',
    async (_why, backoff, attempts, delay) => {
      const file = await dashboardFile(
        'websocket:',
        '  reconnect:',
        `    backoff_multiplier: ${backoff}    # as the guide has it`,
        `    max_attempts: ${attempts}`,
        `    max_delay_ms: ${delay}`,
      );
      expect(configOf({ DASHBOARD_CONFIG: file }).timing.realtime).toMatchObject({
        backoffMultiplier: Number(backoff),
        reconnectAttemptsMax: Number(attempts),
        reconnectDelayMsMax: Number(delay),
      });
    },
  );

  it('A45: WEBSOCKET_HOST and WEBSOCKET_PROTOCOL are advertised, with the port of the listener', async () => {
    const { port } = new URL(configured.url);
    const { data } = await configured.graphql('{ config { advertised { host port protocol url } } }');
    expect(data).toMatchObject({
      config: { advertised: { host: 'gateway.example', port: Number(port), protocol: 'wss' } },
    });
    for (const path of ['/', '/info'])
      expect(JSON.stringify((await configured.get(path)).body)).toContain(`wss://gateway.example:${port}`);
    expect(await (await open(configured, '/ws/system')).next()).toFit(systemMetrics); // a proxy terminates TLS
  });

  it('A45: a WEBSOCKET_PORT is advertised, but not listened on', async () => {
    const proxy = createServer().listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    onTestFinished(() => void proxy.close());
    const { port } = proxy.address() as AddressInfo;
    const app = await startTestApp({ WEBSOCKET_PORT: String(port) });
    const { data } = await app.graphql('{ config { advertised { host port protocol } } }');
    expect(data).toEqual({ config: { advertised: { host: '127.0.0.1', port, protocol: 'ws' } } });
    expect(JSON.stringify((await app.get('/info')).body)).toContain(`:${port}`);
  });

  it('A1: without PORT it is 9200', async () => {
    const { config } = readConfig({}, { cwd: await emptyFolder() });
    expect(config.listen).toMatchObject({ host: '127.0.0.1', port: 9200 });
    expect(config.advertised).toEqual({ host: '127.0.0.1', port: 9200, protocol: 'ws' });
  });
});

/** The approximate number of messages of a feed in the second after the first periodic one. */
async function paceOf(app: TestApp, path: string): Promise<number> {
  const client = await open(app, path);
  await client.next();
  await client.next();
  const from = client.arrivedAt.at(-1) ?? 0;
  for (let n = 0; n < 4; n++) await client.next();
  return ((client.arrivedAt.at(-1) ?? 0) - from) / 4;
}

describe('dashboard_config.yaml', () => {
  it('A56: sample intervals of system and database also set the sending intervals', async () => {
    const app = await startTestApp({
      DASHBOARD_CONFIG: await dashboardFile(
        'monitoring:',
        '  system:',
        '    sample_interval_ms: 250',
        '  database:',
        '    sample_interval_ms: 400',
        '  gpu:',
        '    sample_interval_ms: 5000',
      ),
    });
    const [system, database] = await Promise.all([paceOf(app, '/ws/system'), paceOf(app, '/ws/database')]);
    expect(system).toBeGreaterThan(200);
    expect(system).toBeLessThan(350);
    expect(database).toBeGreaterThan(350);
    expect(database).toBeLessThan(520);
  });

  it('A57: update intervals take precedence over sample intervals, and the sampler runs at least as often', async () => {
    const app = await startTestApp({
      DASHBOARD_CONFIG: await dashboardFile(
        'monitoring:',
        '  system:',
        '    sample_interval_ms: 5000',
        '  database:',
        '    sample_interval_ms: 100',
        'updates:',
        '  system_metrics: 200',
        '  database_metrics: 500',
        '  model_status: 500',
        '  chat_status: 250',
      ),
    });
    const client = await open(app, '/ws/system');
    const [system, database] = await Promise.all([paceOf(app, '/ws/system'), paceOf(app, '/ws/database')]);
    expect(system).toBeGreaterThan(160);
    expect(system).toBeLessThan(300);
    expect(database).toBeGreaterThan(440);
    expect(database).toBeLessThan(620);
    const distinct = new Set(client.texts.slice(1, 6));
    expect(distinct.size).toBeGreaterThan(3); // each frame has a new sample
  });

  it.each([
    ['monitoring.system.sample_interval_ms', ['monitoring:', '  system:', '    sample_interval_ms: 99']],
    ['updates.model_status', ['updates:', '  model_status: soon']],
    ['updates.chat_status', ['updates:', '  chat_status: -1']],
    ['websocket.reconnect.max_attempts', ['websocket:', '  reconnect:', '    max_attempts: 0']],
    ['websocket.reconnect.backoff_multiplier', ['websocket: {reconnect: {backoff_multiplier: 0.5}}']],
  ])('A55 A56 A57: an invalid value of %s is rejected at start, and named', async (key, lines) => {
    const file = await dashboardFile(...lines);
    expect(() => configOf({ DASHBOARD_CONFIG: file })).toThrow(key);
  });

  it('A56: a file that is not YAML or does not exist is rejected at start', async () => {
    const broken = await dashboardFile('updates: [', ' x: }');
    expect(() => configOf({ DASHBOARD_CONFIG: broken })).toThrow('dashboard_config.yaml');
    expect(() => configOf({ DASHBOARD_CONFIG: '/nowhere/at-all.yaml' })).toThrow('at-all.yaml');
  });

  it('A55 A56 A57: the file of this repository is valid', async () => {
    const dir = await emptyFolder();
    const file = `${dir}/dashboard_config.yaml`;
    await copyFile(new URL('../../../config/dashboard_config.yaml', import.meta.url), file);
    const asItIs = { reconnectAttemptsMax: 10, backoffMultiplier: 1.5 };
    expect(configOf({ DASHBOARD_CONFIG: file }).timing.realtime).toMatchObject(asItIs);
    const unknown = `${await readFile(file, 'utf8')}\nunknown_key: 1\n`;
    await writeFile(file, unknown);
    expect(configOf({ DASHBOARD_CONFIG: file }).timing.realtime).toMatchObject(asItIs);
  });
});
