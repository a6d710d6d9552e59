import { describe, expect, test } from 'vitest';
import { cryptoDialect } from './dialect.ts';
import type { CryptoHealthQuery, CryptoInfoQuery } from '../documents.generated.ts';
import * as map from './map.ts';

const at = '2025-11-11T00:30:00.000Z';
const connections = {
  endpoints: [
    { path: '/ws/system', open: 5 },
    { path: '/ws/live', open: 2 },
  ],
};
const advertised = {
  host: 'gateway.example',
  port: 9200,
  protocol: 'wss',
  url: 'wss://gateway.example:9200',
};
const seen: CryptoHealthQuery = {
  health: {
    status: 'HEALTHY',
    checkedAt: at,
    live: true,
    ready: true,
    database: {
      status: 'HEALTHY',
      writable: true,
      faults: [],
      clock_ahead_ms: 3,
      notifications: 'LISTENING',
    },
    scheduler: { running: true },
  },
  providerSummary: {
    total: 8,
    online: 5,
    degraded: 1,
    offline: 1,
    systemHealth: 'DEGRADED',
  },
  connections,
};

test('C32: / has the name of the server and the endpoints of each system', () => {
  const crypto = cryptoDialect({ dialects: () => [crypto], origins: 'any', pingEveryMs: 30_000 });
  const { body } = map.root({ config: { name: 'opsgraph', version: '0.1.0', advertised } }, [crypto], {
    atMs: Date.parse(at),
  });
  expect(body).toMatchObject({
    name: 'opsgraph',
    version: '0.1.0',
    description: expect.any(String) as string,
    status: 'online',
    timestamp: at,
    advertised,
    endpoints: {
      crypto: {
        rest: expect.arrayContaining(['/', '/health', '/api/providers']) as string[],
        websocket: ['/ws/live'],
      },
    },
    documentation: { swagger: '/docs', redoc: '/redoc', graphql: '/graphql' },
  });
});

test('C27: / has the title and version of the crypto system', () => {
  const { body } = map.root({ config: { name: '', version: '', advertised } }, [], { atMs: 0 });
  expect(body).toMatchObject({
    dialects: { crypto: { title: 'Crypto API Monitoring System', version: '2.0.0' } },
  });
});

describe('/health', () => {
  test('C33: has the status of each component, and counts its own sockets only', () => {
    expect(map.health(seen)).toEqual({
      status: 200,
      body: {
        status: 'healthy',
        timestamp: at,
        components: {
          database: {
            status: 'healthy',
            writable: true,
            faults: [],
            clock_ahead_ms: 3,
            notifications: 'listening',
          },
          scheduler: { status: 'running' },
          websocket: { status: 'running', active_connections: 2 },
          providers: { total: 8, online: 5, degraded: 1, offline: 1 },
        },
      },
    });
  });

  test('C33: is degraded when less than 70 % of the providers are online, and never better than the server itself', () => {
    const providerSummary = {
      total: 3,
      online: 0,
      degraded: 0,
      offline: 3,
      systemHealth: 'UNHEALTHY',
    } as const;
    expect(map.health({ ...seen, providerSummary })).toMatchObject({
      status: 200,
      body: { status: 'degraded' },
    });
    const health = { ...seen.health, status: 'UNHEALTHY', ready: false } as const;
    expect(map.health({ ...seen, health, providerSummary })).toMatchObject({ status: 503 });
  });

  test.each([
    ['DEGRADED', true, 200],
    ['DEGRADED', false, 503],
    ['UNHEALTHY', false, 503],
  ] as const)('C33, C39: when the server is %s and ready is %s, the status is %d', (status, ready, code) => {
    const reply = map.health({ ...seen, health: { ...seen.health, status, ready } });
    expect(reply).toMatchObject({ status: code, body: { status: status.toLowerCase() } });
  });
});

test('C34, A4, A5, A54: /info has the features, the settings for reconnecting and the listeners', () => {
  const data: CryptoInfoQuery = {
    config: {
      name: 'opsgraph',
      version: '0.1.0',
      environment: 'test',
      uptimeMs: 7_900,
      features: [
        { name: 'FEATURE_INTELLIGENCE_ARENA', enabled: true },
        { name: 'ENABLE_GPU_MONITORING', enabled: false },
      ],
      realtime: {
        reconnect_attempts: 10,
        reconnect_delay_ms: 1000,
        reconnect_max_delay_ms: 30_000,
        backoff_multiplier: 1.5,
        ping_interval_ms: 30_000,
        pong_timeout_ms: 10_000,
        message_buffer_size: 1000,
      },
      listeners: [{ name: 'main', url: 'http://127.0.0.1:9200' }],
      advertised,
    },
    health: {
      live: true,
      checkedAt: at,
      database: { status: 'HEALTHY', sizeBytes: 8.5 * 2 ** 20 },
      scheduler: { running: true, jobs: ['database_cleanup'] },
    },
    providers: [
      {
        category: 'exchange',
        requiresKey: true,
        hasKey: true,
        priorityTier: 1,
        rateLimit: { limitType: 'PER_MINUTE' },
      },
      { category: 'defi', requiresKey: true, hasKey: false, priorityTier: 3, rateLimit: null },
      { category: 'exchange', requiresKey: false, hasKey: false, priorityTier: 3, rateLimit: null },
    ],
    connections,
  };
  expect(map.info(data)).toEqual({
    body: {
      application: { name: 'opsgraph', version: '0.1.0', environment: 'test', uptime_seconds: 7 },
      configuration: {
        total_providers: 3,
        categories: 2,
        categories_list: ['defi', 'exchange'],
        providers_with_keys: 2,
        tier1_count: 1,
        tier2_count: 0,
        tier3_count: 2,
        tier4_count: 0,
        api_keys_loaded: 1,
      },
      database: { status: 'healthy', size_mb: 8.5 },
      rate_limits: { configured_providers: 1 },
      scheduler: { running: true, total_jobs: 1, jobs: ['database_cleanup'] },
      websocket: { active_connections: 2, background_tasks_running: true },
      features: { FEATURE_INTELLIGENCE_ARENA: true, ENABLE_GPU_MONITORING: false },
      realtime: {
        reconnect_attempts: 10,
        reconnect_delay_ms: 1000,
        reconnect_max_delay_ms: 30_000,
        backoff_multiplier: 1.5,
        ping_interval_ms: 30_000,
        pong_timeout_ms: 10_000,
        message_buffer_size: 1000,
      },
      advertised,
      listeners: [{ name: 'main', url: 'http://127.0.0.1:9200' }],
      timestamp: at,
    },
  });
});
