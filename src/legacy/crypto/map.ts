/** The graph's results in crypto's words. Pure; times are ISO 8601. */
import type { Dialect, Moment, Reply } from '../dialect.ts';
import type {
  CryptoHealthQuery,
  CryptoInfoQuery,
  CryptoRootQuery,
  CryptoSocketStatsQuery,
} from '../documents.generated.ts';
import { configuration } from './map-providers.ts';
import { clientId, feedPath, openSockets } from './sockets.ts';
import { lower } from './words.ts';

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

/**
 * A server of which most providers do not do well is degraded, however well itself does. 503 while it starts or stops,
 * too: whoever waits for it waits for 200.
 */
export function health({ health: seen, providerSummary, connections }: CryptoHealthQuery): Reply {
  const suffers = seen.status === 'HEALTHY' && providerSummary?.systemHealth === 'UNHEALTHY';
  const status = suffers ? 'degraded' : lower(seen.status);
  return {
    status: seen.ready ? 200 : 503,
    body: {
      status,
      timestamp: seen.checkedAt,
      components: {
        database: {
          status: lower(seen.database.status),
          writable: seen.database.writable,
          faults: seen.database.faults.map(lower),
          clock_ahead_ms: seen.database.clockAheadMs,
          notifications: lower(seen.database.notifications),
        },
        scheduler: { status: seen.scheduler.running ? 'running' : 'stopped' },
        websocket: {
          status: seen.live ? 'running' : 'stopped',
          active_connections: openSockets(connections),
        },
        providers: {
          total: providerSummary?.totalProviders ?? 0,
          online: providerSummary?.onlineCount ?? 0,
          degraded: providerSummary?.degradedCount ?? 0,
          offline: providerSummary?.offlineCount ?? 0,
        },
      },
    },
  };
}

export function info({ config, health: seen, providers, connections }: CryptoInfoQuery): Reply {
  const { realtime } = config;
  return {
    body: {
      application: {
        name: config.name,
        version: config.version,
        environment: config.environment,
        uptime_seconds: config.uptimeSeconds,
      },
      configuration: configuration(providers),
      database: { status: lower(seen.database.status), size_mb: seen.database.sizeMb },
      rate_limits: { configured_providers: providers.filter(({ rateLimit }) => rateLimit !== null).length },
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

/** `/ws/live` only. */
export function socketStats(
  { health: seen, connections }: CryptoSocketStatsQuery,
  _values: unknown,
  { atMs }: Moment,
): Reply {
  const { endpoints, sockets } = connections;
  return {
    body: {
      active_connections: openSockets(connections),
      total_connections: endpoints.find(({ path }) => path === feedPath)?.accepted ?? 0,
      connections: sockets
        .filter(({ path }) => path === feedPath)
        .map(({ id, openedAt, lastHeardAt, sent }) => ({
          client_id: clientId(id),
          connected_at: openedAt,
          last_ping: lastHeardAt,
          messages_sent: sent,
        })),
      background_tasks_running: seen.live,
      timestamp: new Date(atMs).toISOString(),
    },
  };
}
