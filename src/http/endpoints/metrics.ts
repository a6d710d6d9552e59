import { collectDefaultMetrics, Registry as Families, type Counter } from 'prom-client';
import type { Ticker } from '../../delivery/connection.ts';
import type { Delivery } from '../../delivery/delivery.ts';
import type { ServerInfo } from '../../graph/context.ts';
import type { ShareStats } from '../../lib/memory-budget.ts';
import type { TickLimiter } from '../../lib/tick-limiter.ts';
import type { HttpServer } from '../http-server.ts';
import type { EndpointCounts } from '../../graph/server-stats.ts';
import type { Stats, JobStats, LogStats, PoolStats } from './metric-families.ts';
import { textOf } from './metrics-text.ts';
import { sendText } from '../request.ts';
import type { Endpoint, Route } from '../route.ts';

export interface MetricsOptions {
  readonly serverInfo: Pick<ServerInfo, 'version' | 'health' | 'sources'>;
  readonly registry: {
    readonly snapshot: () => { readonly endpoints: readonly EndpointCounts[] };
    readonly failures: number;
  };
  readonly handshakes: TickLimiter;
  readonly ticker: Ticker;
  readonly delivery: Delivery;
  readonly durations: HttpServer['durations'];
  readonly log: { readonly stats: () => LogStats };
  readonly memory: { readonly stats: () => readonly ShareStats[] };
  readonly pool: PoolStats;
  readonly jobs: { readonly stats: () => readonly JobStats[] };
}

/**
 * Serves what the process counts, for Prometheus. Each scrape asks the parts of the server; scrapes at the same time
 * share the answer. It shows what operators see, so it needs the capability `read`, and pages of other origins cannot
 * read it.
 */
export function metricsRoute(options: MetricsOptions): Route {
  let scrape: Promise<string> | null = null;
  const scraped = (): Promise<string> =>
    (scrape ??= look(options).finally(() => {
      scrape = null;
    }));
  return {
    endpoint: metricsEndpoint,
    cors: null,
    handlers: {
      async GET({ response }) {
        sendText(response, 200, await scraped(), { 'content-type': Families.PROMETHEUS_CONTENT_TYPE });
      },
    },
  };
}

export const metricsEndpoint: Endpoint = {
  path: '/metrics',
  operations: {
    GET: {
      requires: ['read'],
      description: {
        operationId: 'getMetrics',
        tags: ['server'],
        summary: 'The server’s counters and gauges, for Prometheus. Needs the capability `read`.',
        responses: {
          200: {
            description: 'The values of this moment.',
            content: { 'text/plain': { schema: { type: 'string' } } },
          },
        },
      },
    },
  },
};

async function look(options: MetricsOptions): Promise<string> {
  const { serverInfo, registry, delivery, pool } = options;
  const health = await serverInfo.health(); // the only one that takes time; everything after it is of one moment
  const stats: Stats = {
    version: serverInfo.version,
    health,
    http: options.durations(),
    endpoints: registry.snapshot().endpoints,
    failures: registry.failures,
    waitingHandshakes: options.handshakes.pending,
    parked: options.ticker.parked,
    fanout: delivery.stats(),
    latency: delivery.latencyHistograms(),
    memory: options.memory.stats(),
    log: options.log.stats(),
    pool,
    sources: serverInfo.sources(),
    jobs: options.jobs.stats(),
  };
  return [await textOf(stats), await ofProcess().metrics()].join('\n');
}

let processFamilies: Families | null = null;

/**
 * Memory, processor, event loop and garbage collection. What watches them cannot be switched off again, so there is one
 * for the process, and none before the first scrape.
 */
function ofProcess(): Families {
  if (processFamilies !== null) return processFamilies;
  processFamilies = new Families();
  collectDefaultMetrics({ register: processFamilies });
  for (const name of leftOut) processFamilies.removeSingleMetric(name);
  countFromTheStart(processFamilies);
  return processFamilies;
}

/** They walk over everything that is open, however much; the last says 292 years before there was any delay. */
const leftOut = [
  'nodejs_active_handles',
  'nodejs_active_handles_total',
  'nodejs_active_requests',
  'nodejs_active_requests_total',
  'nodejs_active_resources',
  'nodejs_active_resources_total',
  'nodejs_eventloop_lag_min_seconds',
];

/** The processor's time is counted from when it is first asked for, which is late here. */
function countFromTheStart(families: Families): void {
  const { user, system } = process.cpuUsage();
  for (const [name, us] of [
    ['process_cpu_user_seconds_total', user],
    ['process_cpu_system_seconds_total', system],
    ['process_cpu_seconds_total', user + system],
  ] as const)
    (families.getSingleMetric(name) as Counter).inc(us / 1e6);
}
