/** Builds the responses of the endpoints for the server itself. Pure. Times are ISO 8601. */
import { pick } from '../../lib/pick.ts';
import type { Dialect } from '../dialect.ts';
import type { Moment } from '../message.ts';
import type { Reply } from '../rest-route.ts';
import type * as graph from '../documents.generated.ts';
import { isoTime, lower, mebibytes, seconds } from '../labels.ts';
import { configuration } from './map-providers.ts';
import { clientId, feedPath, openSockets } from './sockets.ts';

export function root(
  { config }: graph.CryptoRootQuery,
  dialects: readonly Dialect[],
  { atMs }: Moment,
): Reply {
  return {
    body: {
      name: config.name,
      version: config.version,
      description:
        'Everything an operations dashboard watches, in one GraphQL graph, and the feeds it replaces.',
      status: 'online',
      timestamp: isoTime(atMs),
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
 * A healthy server with unhealthy providers is degraded. The status is 503 while the server starts or stops, so that a
 * client can wait for 200.
 */
export function health({ health: server, providerSummary, connections }: graph.CryptoHealthQuery): Reply {
  const { systemHealth, ...providers } = providerSummary ?? noProviders;
  const { database } = server;
  const status =
    server.status === 'HEALTHY' && systemHealth === 'UNHEALTHY' ? 'degraded' : lower(server.status);
  return {
    status: server.ready ? 200 : 503,
    body: {
      status,
      timestamp: server.checkedAt,
      components: {
        database: {
          ...database,
          status: lower(database.status),
          faults: database.faults.map(lower),
          notifications: lower(database.notifications),
        },
        scheduler: { status: server.scheduler.running ? 'running' : 'stopped' },
        websocket: {
          status: server.live ? 'running' : 'stopped',
          active_connections: openSockets(connections),
        },
        providers,
      },
    },
  };
}

const noProviders = { systemHealth: null, total: 0, online: 0, degraded: 0, offline: 0 };

export function info({ config, health: server, providers, connections }: graph.CryptoInfoQuery): Reply {
  return {
    body: {
      application: {
        name: config.name,
        version: config.version,
        environment: config.environment,
        uptime_seconds: Math.floor(seconds(config.uptimeMs)),
      },
      configuration: configuration(providers),
      database: { status: lower(server.database.status), size_mb: mebibytes(server.database.sizeBytes, 2) },
      rate_limits: { configured_providers: providers.filter(({ rateLimit }) => rateLimit !== null).length },
      scheduler: {
        running: server.scheduler.running,
        total_jobs: server.scheduler.jobs.length,
        jobs: server.scheduler.jobs,
      },
      websocket: { active_connections: openSockets(connections), background_tasks_running: server.live },
      features: Object.fromEntries(config.features.map(({ name, enabled }) => [name, enabled])),
      realtime: config.realtime,
      advertised: config.advertised,
      listeners: config.listeners,
      timestamp: server.checkedAt,
    },
  };
}

/** Counts and lists the sockets of `/ws/live` only. */
export function socketStats(
  { health: server, connections }: graph.CryptoSocketStatsQuery,
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
        .map((socket) => ({
          client_id: clientId(socket.id),
          ...pick(socket, 'connected_at', 'last_ping', 'messages_sent'),
        })),
      background_tasks_running: server.live,
      timestamp: isoTime(atMs),
    },
  };
}
