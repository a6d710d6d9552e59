import { collectDefaultMetrics, Registry as Families, type Counter } from 'prom-client';
import { AppError } from '../../errors.ts';
import { authorize } from '../../engine/authorize.ts';
import type { Ticker } from '../../delivery/connection.ts';
import type { Delivery } from '../../delivery/delivery.ts';
import type { Facts } from '../../graph/context.ts';
import type { ShareFigures } from '../../lib/memory-budget.ts';
import type { TickLimiter } from '../../lib/tick-limiter.ts';
import type { HttpServer, RestHandler } from '../http-server.ts';
import {
  textOf,
  type Figures,
  type JobFigures,
  type LogFigures,
  type EndpointCounts,
  type PoolFigures,
} from './metric-families.ts';
import { routeOf, sendError, sendText, statusOf } from '../request.ts';
import type { SecurityEvent } from '../../auth/security-event.ts';

export interface MetricsOptions {
  readonly facts: Pick<Facts, 'version' | 'health' | 'sources'>;
  readonly registry: {
    readonly snapshot: () => { readonly endpoints: readonly EndpointCounts[] };
    readonly recentFailures: () => number;
  };
  readonly handshakes: TickLimiter;
  readonly ticker: Ticker;
  readonly delivery: Delivery;
  readonly handled: HttpServer['handled'];
  readonly log: { readonly figures: () => LogFigures };
  readonly memory: { readonly figures: () => readonly ShareFigures[] };
  readonly pool: PoolFigures;
  readonly jobs: { readonly figures: () => readonly JobFigures[] };
  readonly audit: (event: SecurityEvent) => void;
}

const path = '/metrics';
const methods = 'GET, HEAD';

/**
 * What the process counts, for Prometheus. Nothing is counted for it: each scrape asks those who know, and those who
 * come meanwhile share it. It shows what operators see and so needs what reading the graph does; no page of another
 * origin gets to read it.
 */
export function createMetrics(options: MetricsOptions): RestHandler {
  let scrape: Promise<string> | null = null;
  const scraped = (): Promise<string> =>
    (scrape ??= look(options).finally(() => {
      scrape = null;
    }));

  return async ({ method }, response, { url, address, viewer }) => {
    if (routeOf(url) !== path) return false;
    response.setHeader('cache-control', 'no-store');
    if (method !== 'GET' && method !== 'HEAD') {
      sendError(response, 405, 'METHOD_NOT_ALLOWED', `Only ${methods} are served here.`, { allow: methods });
      return true;
    }
    try {
      const refusal = authorize({ requires: ['read'] }, await viewer([]));
      if (refusal !== null) throw refusal;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'AUTHENTICATION_FAILED') {
        options.audit({ type: 'authentication_failed', path, address });
        response.setHeader('www-authenticate', 'Bearer');
      }
      sendError(response, statusOf(error.code), error.code, error.message);
      return true;
    }
    sendText(response, 200, await scraped(), { 'content-type': Families.PROMETHEUS_CONTENT_TYPE });
    return true;
  };
}

async function look(options: MetricsOptions): Promise<string> {
  const { facts, registry, delivery, pool } = options;
  const health = await facts.health(); // the only one that takes time; everything after it is of one moment
  const figures: Figures = {
    version: facts.version,
    health,
    http: options.handled(),
    endpoints: registry.snapshot().endpoints,
    recentFailures: registry.recentFailures(),
    waitingHandshakes: options.handshakes.pending,
    parked: options.ticker.parked,
    fanout: delivery.figures(),
    messageLatencyMs: delivery.messageLatencyMs(),
    memory: options.memory.figures(),
    log: options.log.figures(),
    pool,
    sources: facts.sources(),
    jobs: options.jobs.figures(),
  };
  return [await textOf(figures), await ofProcess().metrics()].join('\n');
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
