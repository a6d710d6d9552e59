import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { printedSettings } from '../scripts/printed-settings.ts';
import type { Setting } from '../src/config/setting.ts';
import { settings } from '../src/settings.ts';
import { config, read, yaml } from './_util/config.ts';

describe('without any variable, the configuration', () => {
  test('listens on loopback, port 9200, and nowhere else', () => {
    expect(config({}).listen).toEqual({
      host: '127.0.0.1',
      port: 9200,
      tls: null,
      trustProxy: false,
      keepAliveMs: 75_000,
    });
    expect(config({}).legacyListeners).toEqual([]);
    expect(config({}).advertised).toEqual({ host: '127.0.0.1', port: 9200, protocol: 'ws' });
  });

  test('has the documented defaults', () => {
    const { config, warnings, secrets } = read();
    expect({ warnings, secrets }).toEqual({ warnings: [], secrets: [] });
    expect(config).toEqual({
      listen: expect.anything(),
      advertised: expect.anything(),
      auth: {
        required: false,
        allowAnonymous: false,
        tokens: [],
        jwtSecret: null,
        jwksUrl: null,
        jwtIssuer: null,
        jwtAudience: null,
        jwtRoleClaim: 'role',
        jwtClockToleranceS: 30,
        requestSigningSecret: null,
      },
      graphql: {
        origins: 'localhost',
        introspection: true,
        graphiql: true,
        dashboard: true,
        connectionsPerAddress: { max: 5_000, loopback: false },
        operationsPerAddress: { max: 50_000, loopback: false },
        responseBytesMax: 16_777_216,
        trusted: null,
      },
      database: { url: null, listenUrl: null, poolSize: 10, dataDir: '/srv/ops/data', dataDirNamed: false },
      news: { redisUrl: null },
      retention: { days: 30, auditDays: 365 },
      log: { level: 'INFO', dir: '/srv/ops/logs', dirRequired: false },
      traces: null,
      process: { environment: 'production' },
      features: {
        FEATURE_SYSTEM_MONITORING: true,
        FEATURE_DATABASE_MONITORING: true,
        FEATURE_REAL_TIME_UPDATES: true,
        FEATURE_WEBSOCKET_FALLBACK: true,
        FEATURE_GOVERNANCE_PANEL: true,
        FEATURE_AI_SYSTEM_PANEL: true,
        FEATURE_INTELLIGENCE_ARENA: true,
        FEATURE_OMNI_MONITOR: true,
        FEATURE_CHAT_OPTIMIZATION: true,
        ENABLE_GPU_MONITORING: false,
        ENABLE_TEMPERATURE_MONITORING: false,
      },
      host: { id: null, diskPath: '/', reportedMax: 1_000, offlineAfterMs: 30_000 },
      slowQueries: { thresholdMs: 1000 },
      metrics: { seriesMax: 10_000, seriesPerSubjectMax: 5_000 },
      scrape: [],
      otlp: {
        enabled: false,
        resourceLabels: new Set([
          'service.namespace',
          'service.name',
          'service.instance.id',
          'host.name',
          'deployment.environment.name',
        ]),
      },
      history: { everyMs: 30_000 },
      customEvents: { typesMax: 500 },
      models: {
        servers: [{ name: 'ollama', url: 'http://127.0.0.1:11434', kind: 'OLLAMA', key: null }],
        predictionMilestone: 1000,
      },
      providers: [],
      agents: { ids: null, max: 256, staleAfterMs: 300_000 },
      alerts: {
        cpuPercent: 85,
        memoryPercent: 90,
        dbPoolRatio: 0.95,
        wsFailuresPerMinute: 5,
        responseTimeMs: 500,
      },
      workers: { count: 1 },
      webhooks: { allowPrivate: false, timeoutMs: 10_000, attemptsMax: 10, retryMs: 5_000 },
      timing: {
        realtime: {
          reconnectAttemptsMax: 10,
          reconnectDelayMs: 1000,
          reconnectDelayMsMax: 30_000,
          backoffMultiplier: 1.5,
          pingIntervalMs: 30_000,
          pongTimeoutMs: 10_000,
          replayedEventsMax: 1000,
        },
        intervals: {
          systemSampleMs: 1000,
          gpuSampleMs: 2000,
          databaseSampleMs: 5000,
          systemMetricsMs: 1000,
          gpuMetricsMs: 2000,
          databaseMetricsMs: 5000,
          modelStatusMs: 3000,
          chatStatusMs: 500,
        },
      },
      sockets: {
        messagesPerSecondMax: 10,
        drainMs: 5_000,
        messageBytesMax: 1_048_576,
        connectionsPerAddressMax: 100,
        connectionsMax: 10_000,
        compression: false,
      },
      memory: {
        budgetBytes: 805_306_368,
        perAddress: { max: 50_331_648, loopback: false },
      },
      legacyListeners: [],
      servedSystems: ['aura', 'autoops', 'crypto', 'archmesh', 'mlops'],
      aura: { origins: 'localhost' },
      autoops: { origins: ['http://localhost:3000', 'http://localhost:8501'] },
      crypto: { origins: 'any' },
      archmesh: {
        origins: 'any',
        connectionsMax: 1_000,
        idleTimeoutMs: 300_000,
        messagesPerMinuteMax: 1_000,
      },
      mlops: { origins: 'any' },
    });
  });

  test('is the same as with empty variables', () => {
    const names = ['PORT', 'HOST', 'DATA_DIR', 'DATABASE_URL', 'AUTH_TOKENS', 'LOG_LEVEL', 'TLS_CERT_FILE'];
    expect(config(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(config({}));
    expect(config({ PORT: '  ', TRUST_PROXY: ' ' })).toEqual(config({}));
  });
});

const shipped = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

describe('the table of settings', () => {
  test.each(Object.entries(printedSettings))('is printed in %s (npm run docs)', (name, print) => {
    const text = shipped(name);
    expect(text).toBe(print(text));
  });

  test('lists each variable and each key once and describes it', () => {
    const rows = Object.values(settings).flatMap((section): readonly Setting[] =>
      Object.values(section.settings),
    );
    const names = rows.flatMap(({ env, key }) => [env, key].filter((name) => name !== undefined));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.length).toBeGreaterThan(50);
    expect(rows.filter(({ description }) => !/^[A-Z].*\.$/.test(description))).toEqual([]);
  });

  test('names each feature as its variable, as clients see it', () => {
    const { settings: rows } = settings.features;
    expect(Object.values(rows).map(({ env }) => env)).toEqual(Object.keys(rows));
  });

  test('contains the settings of every domain and of every old system', () => {
    const root = new URL('../src/', import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
    const own = files.filter((name) => /^(domains|legacy)\/\w+\/(config|settings)\.ts$/.test(name));
    const listed = ['settings.ts', 'legacy/settings.ts'].map((name) => shipped(`src/${name}`)).join('\n');
    const isListed = (name: string): boolean => listed.includes(`/${name.split('/').slice(-2).join('/')}'`);
    expect(own.filter((name) => !isListed(name))).toEqual([]);
  });

  test('prints defaults in .env.example that mean the same as no variables', () => {
    const lines = shipped('.env.example').matchAll(/^#([A-Z_]+)=(.*)$/gm);
    const example = Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
    const files = {
      ...yaml(''),
      '/srv/ops/config/providers.yaml': 'providers: []',
      '/srv/ops/config/scrape.yaml': 'targets: []',
    };
    const { config, warnings } = read(example, files);
    const { database, log, ...others } = read().config;
    expect(config).toEqual({
      ...others,
      database: { ...database, dataDirNamed: true },
      log: { ...log, dir: '/srv/ops/data/logs' },
    });
    expect(warnings).toEqual([]);
  });

  test('has the defaults of the shipped dashboard file', () => {
    expect(read({}, yaml(shipped('config/dashboard_config.yaml')))).toEqual(read());
  });
});
