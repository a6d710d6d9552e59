/** The graph's results in crypto's words. Pure; times are ISO 8601. */
import type { Dialect, Moment, Reply } from '../dialect.ts';
import type { CryptoHealthQuery, CryptoInfoQuery, CryptoRootQuery } from './documents.generated.ts';

/** This system's own feed; the others' sockets are not its. */
const feedPath = '/ws/live';

export function root({ config }: CryptoRootQuery, dialects: readonly Dialect[], { atMs }: Moment): Reply {
  return {
    body: {
      name: config.name,
      version: config.version,
      description:
        'Everything an operations dashboard watches, in one GraphQL graph, and the feeds it replaces.',
      status: 'online',
      timestamp: new Date(atMs).toISOString(),
      advertised: config.advertised,
      endpoints: Object.fromEntries(dialects.map((dialect) => [dialect.name, endpointsOf(dialect)])),
      documentation: { swagger: '/docs', redoc: '/redoc', graphql: '/graphql' },
      dialects: { crypto: { title: 'Crypto API Monitoring System', version: '2.0.0' } },
    },
  };
}

function endpointsOf({ routes, feeds }: Dialect) {
  return { rest: [...new Set(routes.map(({ path }) => path))], websocket: feeds.map(({ path }) => path) };
}

export function health({ health: seen, connections }: CryptoHealthQuery): Reply {
  const status = seen.status.toLowerCase();
  return {
    status: status === 'unhealthy' ? 503 : 200,
    body: {
      status,
      timestamp: seen.checkedAt,
      components: {
        database: { status: seen.database.status.toLowerCase() },
        scheduler: { status: seen.scheduler.running ? 'running' : 'stopped' },
        websocket: {
          status: seen.live ? 'running' : 'stopped',
          active_connections: openSockets(connections),
        },
      },
    },
  };
}

export function info({ config, health: seen, connections }: CryptoInfoQuery): Reply {
  const { realtime } = config;
  return {
    body: {
      application: {
        name: config.name,
        version: config.version,
        environment: config.environment,
        uptime_seconds: config.uptimeSeconds,
      },
      database: { status: seen.database.status.toLowerCase(), size_mb: seen.database.sizeMb },
      scheduler: {
        running: seen.scheduler.running,
        total_jobs: seen.scheduler.jobs.length,
        jobs: seen.scheduler.jobs,
      },
      websocket: { active_connections: openSockets(connections), background_tasks_running: seen.live },
      features: Object.fromEntries(config.features.map(({ name, enabled }) => [name, enabled])),
      realtime: {
        reconnect_attempts: realtime.reconnectAttempts,
        reconnect_delay_ms: realtime.reconnectDelayMs,
        reconnect_max_delay_ms: realtime.reconnectMaxDelayMs,
        backoff_multiplier: realtime.backoffMultiplier,
        ping_interval_ms: realtime.pingIntervalMs,
        pong_timeout_ms: realtime.pongTimeoutMs,
        message_buffer_size: realtime.messageBufferSize,
      },
      advertised: config.advertised,
      listeners: config.listeners,
      timestamp: seen.checkedAt,
    },
  };
}

function openSockets({ endpoints }: CryptoHealthQuery['connections']): number {
  return endpoints.find(({ path }) => path === feedPath)?.open ?? 0;
}
