import { collectDefaultMetrics, Registry as Families, type Counter } from 'prom-client';
import type { Ticker } from '../../delivery/connection.ts';
import type { Delivery } from '../../delivery/delivery.ts';
import type { ServerInfo } from '../../graph/context.ts';
import type { ShareStats } from '../../lib/memory-budget.ts';
import type { TickLimiter } from '../../lib/tick-limiter.ts';
import type { HttpServer } from '../http-server.ts';
import type { EndpointCounts } from '../../graph/server-stats.ts';
import type { Stats, JobStats, LogStats, PoolStats } from './metric-families.ts';
import { samplesOf, textOf, type ProcessMetrics } from './metrics-text.ts';
import { sendText } from '../send.ts';
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
  readonly requestDurations: HttpServer['requestDurations'];
  readonly log: { readonly stats: () => LogStats };
  readonly memory: { readonly stats: () => readonly ShareStats[] };
  readonly pool: PoolStats;
  readonly jobs: { readonly stats: () => readonly JobStats[] };
  /** Makes the metrics of this process those of all processes that serve the same clients. Default: it is the only one. */
  readonly ofAll?: (own: () => Promise<ProcessMetrics>) => () => Promise<readonly ProcessMetrics[]>;
}

/**
 * GET /metrics returns the metrics of the server, with all its workers, in the text format of Prometheus. Each scrape reads the parts of the
 * server; simultaneous scrapes share one response. It requires the capability `read`, and pages of other origins cannot
 * read it.
 */
export function metricsRoute(options: MetricsOptions): Route {
  const own = (): Promise<ProcessMetrics> => collect(options);
  const all = options.ofAll?.(own) ?? (async () => [await own()]);
  let scrape: Promise<string> | null = null;
  const metricsText = (): Promise<string> =>
    (scrape ??= all()
      .then(textOf)
      .finally(() => {
        scrape = null;
      }));
  return {
    endpoint: metricsEndpoint,
    cors: null,
    handlers: {
      async GET({ response }) {
        sendText(response, 200, await metricsText(), { 'content-type': Families.PROMETHEUS_CONTENT_TYPE });
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
        summary:
          'Returns the metrics of the server in the text format of Prometheus. Requires the capability `read`.',
        responses: {
          200: {
            description: 'The current values.',
            content: { 'text/plain': { schema: { type: 'string' } } },
          },
        },
      },
    },
  },
};

async function collect(options: MetricsOptions): Promise<ProcessMetrics> {
  const { serverInfo, registry, delivery, pool } = options;
  const health = await serverInfo.health(); // only this waits; all values read after it are of the same moment
  const stats: Stats = {
    version: serverInfo.version,
    health,
    http: options.requestDurations(),
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
  return { own: samplesOf(stats), runtime: await processMetrics().getMetricsAsJSON() };
}

let processFamilies: Families | null = null;

/**
 * Metrics of memory, CPU, event loop and garbage collection. Their collection cannot be stopped again, so the process has
 * one registry for them, which the first scrape creates.
 */
function processMetrics(): Families {
  if (processFamilies !== null) return processFamilies;
  processFamilies = new Families();
  collectDefaultMetrics({ register: processFamilies });
  for (const name of omitted) processFamilies.removeSingleMetric(name);
  addCpuTimeBefore(processFamilies);
  return processFamilies;
}

/** The first ones iterate over all open handles. The last one is 292 years until there was a delay. */
const omitted = [
  'nodejs_active_handles',
  'nodejs_active_handles_total',
  'nodejs_active_requests',
  'nodejs_active_requests_total',
  'nodejs_active_resources',
  'nodejs_active_resources_total',
  'nodejs_eventloop_lag_min_seconds',
];

/** prom-client counts CPU time from the creation of the metric. Adds the time before it. */
function addCpuTimeBefore(families: Families): void {
  const { user, system } = process.cpuUsage();
  for (const [name, us] of [
    ['process_cpu_user_seconds_total', user],
    ['process_cpu_system_seconds_total', system],
    ['process_cpu_seconds_total', user + system],
  ] as const)
    (families.getSingleMetric(name) as Counter).inc(us / 1e6);
}
