import { append } from './lib/append.ts';
import type { Job } from './jobs/job.ts';
import type { Source } from './sources/source.ts';
import { hostname } from 'node:os';
import pkg from '../package.json' with { type: 'json' };
import { configuredAccess } from './auth/configured-access.ts';
import { openAccess } from './auth/server-access.ts';
import { openCluster } from './cluster/cluster.ts';
import { openNews } from './cluster/open-news.ts';
import { retainedSharedGauges } from './cluster/shared-gauges.ts';
import { requestBounds } from './db/request-database.ts';
import { openStore } from './db/open-store.ts';
import type { Transact } from './db/retained.ts';
import type { DomainContext } from './domains/domain.ts';
import { agentStatusChanged } from './domains/agents/events.ts';
import { createDomains } from './domains/domains.ts';
import { createAccessAudit, createSecurityAudit } from './domains/governance/security-audit.domain.ts';
import { postgresJobStore } from './domains/jobs/postgres-job-store.ts';
import { RequestContext, type ServerInfo, type GraphContext } from './graph/context.ts';
import { createHealthCheck } from './domains/server/health.store.ts';
import { connectionStats, subscriptionStats } from './domains/server/own-stats.ts';
import { Demand } from './journal/demand.ts';
import { GaugeRecorder } from './journal/gauge-recorder.ts';
import { Gauges } from './journal/gauges.ts';
import { openPostgresLog } from './journal/postgres-log.ts';
import { defaultRingBounds } from './journal/ring.ts';
import { portOf, urlHost } from './lib/listener-url.ts';
import { isLoopback } from './lib/loopback.ts';
import { MemoryBudget } from './lib/memory-budget.ts';
import { undoAll, type Undo } from './lib/undo.ts';
import type { FlushableLog, SocketLog } from './log/log.ts';
import { asyncApi } from './legacy/asyncapi.ts';
import { openApiDocument } from './legacy/reference.ts';
import { cleanupJob } from './db/cleanup.ts';
import { schema } from './schema.ts';
import { createServer } from './server.ts';
import type { Config } from './settings.ts';
import { batchMax } from './graph/ingest.ts';
import { run, type Runner } from './sources/runner.ts';
import { createScheduler } from './jobs/scheduler.ts';
import { followCertificate, readCertificate } from './http/tls.ts';
import { trustedDocuments } from './http/endpoints/dashboard.ts';
import { docsRoutes } from './http/endpoints/docs.ts';
import { metricsRoute } from './http/endpoints/metrics.ts';
import { otlpRoute } from './http/endpoints/otlp.ts';
import { publishRoute } from './http/endpoints/publish.ts';
import { sessionRoute } from './http/endpoints/session.ts';
import { createDialects } from './legacy/dialects.ts';
import { openTraces } from './traces/traces.ts';
import { ofAllWorkers } from './workers/of-all-workers.ts';
import type { WorkerLink } from './workers/worker-link.ts';

export interface App {
  /** Addresses for the message at start. */
  readonly addresses: { readonly http: string; readonly graphql: string; readonly websocket: string };
  /**
   * Stops in the order of `docs/operating.md`. May be called twice.
   * @param options.replaced whether another process takes over the ports
   */
  stop(options?: { readonly replaced?: boolean }): Promise<void>;
}

export interface AppOptions {
  readonly config: Config;
  readonly log: FlushableLog;
  readonly socketLog: SocketLog;
  /** The connection to the other workers; null: this process is the only one. */
  readonly worker?: WorkerLink | null;
}

const bodyBytesMax = 1024 * 1024;

/**
 * Starts every part of the server in order, and stops them in reverse, also when a part fails to start. The only place that
 * knows every room.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const undo: Undo[] = [];
  const failed = (error: unknown): void =>
    options.log.error({ err: error }, 'a part of the server failed to stop');
  const state = { ready: false, replaced: false };
  let stopped: Promise<void> | null = null;
  const stop: App['stop'] = ({ replaced = false } = {}) => {
    state.replaced = replaced;
    return (stopped ??= undoAll(undo, failed));
  };
  try {
    return { ...(await build(options, state, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(
  { config, log, socketLog, worker = null }: AppOptions,
  state: { ready: boolean; readonly replaced: boolean },
  undo: Undo[],
) {
  const startedAt = Date.now();
  const hostId = config.host.id ?? hostname();
  const { realtime } = config.timing;

  // 1. Database
  const traces =
    config.traces === null ? null : await openTraces(config.traces, { version: pkg.version, hostId, log });
  if (traces !== null) undo.push(() => traces[Symbol.asyncDispose]());
  const database = await openStore(config.database, log, undo, { running: worker?.embedded ?? null });
  if (traces !== null) database.observe((event) => traces.statement(event));

  // 2. Journal
  const memory = new MemoryBudget(config.memory.budgetBytes);
  const ring = memory.share('ring');
  const domains = createDomains({
    config,
    recordsServer: worker === null || worker.slot === 0,
    connections: ofAllWorkers(worker, 'connections', () => connectionStats(server)),
    subscriptions: ofAllWorkers(worker, 'subscriptions', () => subscriptionStats(server)),
    instances: () => instances.all(),
  });
  const news = await openNews({ ...config.database, ...config.news, database, log });
  undo.push(() => news[Symbol.asyncDispose]());
  const openedLog = await openPostgresLog({
    database,
    log,
    handlers: domains.all.flatMap(({ handlers }) => handlers ?? []),
    ring: { ...defaultRingBounds, bytesMax: ring.bytesMax },
    drafts: memory.share('drafts'),
    sender: news.sender,
  });
  const eventLog = traces?.log(openedLog) ?? openedLog;
  ring.observe(() => eventLog.stats().heldBytes);
  undo.push(() => eventLog[Symbol.asyncDispose]());
  const gauges = traces?.gauges() ?? new Gauges();
  const recorder = new GaugeRecorder({
    db: database.kysely,
    gauges,
    handlers: domains.all.flatMap(({ gaugeHandlers }) => gaugeHandlers ?? []),
    memory: memory.share('drafts'),
  });
  undo.push(() => recorder[Symbol.asyncDispose]());
  const journal = { log: eventLog, gauges, demand: new Demand(), recorder };

  // 3. Other instances
  const cluster = await openCluster({
    gauges,
    demand: journal.demand,
    database,
    eventLog,
    log,
    hostId,
    version: pkg.version,
    sender: news.sender,
    openCarrier: worker?.openCarrier ?? news.openCarrier,
    shared: domains.all.flatMap((domain) => domain.shared ?? []),
    stats: () => ({
      connectionCount: server.registry.size,
      subscriptionCount: server.delivery.subscriptionCount,
    }),
  });
  undo.push(() => cluster[Symbol.asyncDispose]());
  const { instances, newsReceiver } = cluster;

  // 4. Domains
  const domainContext: DomainContext = { hostId, database, journal, log, memory };
  const sources: Source[] = [];
  const jobs: Job[] = [];
  for (const domain of domains.all) {
    const started = await domain.start?.(domainContext);
    if (started === undefined) continue;
    undo.push(() => started.stop?.());
    append(sources, started.sources ?? []);
    append(jobs, started.jobs ?? []);
  }
  const transactWithLog: Transact = async (work) => {
    const { value } = await eventLog.transact(async (db) => ({ value: await work(db), drafts: [] }));
    return value;
  };
  jobs.push(
    cleanupJob({
      domains: [...domains.all, { name: 'cluster', retained: [retainedSharedGauges] }],
      database,
      transactWithLog,
      retention: config.retention,
      log,
    }),
  );
  const scheduler = createScheduler({ jobs, store: postgresJobStore(domainContext), log });

  // 5. Access and context of the graph
  const runners: Runner[] = [];
  const listeners: { name: string; url: string }[] = [];
  const health = createHealthCheck({ database, eventLog, scheduler, newsReceiver });
  const serverInfo: ServerInfo = {
    name: pkg.name,
    version: pkg.version,
    environment: config.process.environment,
    hostId,
    startedAt,
    features: config.features,
    advertised: {
      ...config.advertised,
      get port() {
        return config.advertised.port || portOf(listeners[0]?.url);
      },
    },
    listeners: () => listeners,
    realtime,
    intervals: config.timing.intervals,
    health: () => health(state.ready),
    instances: () => instances.all(),
    sources: () => runners.map((runner) => runner.stats()),
    jobs: scheduler,
    access: configuredAccess(config.auth),
    hosts: config.host,
    agents: config.agents,
  };
  const audit = createSecurityAudit(eventLog, log);
  const accessEnded = createAccessAudit(eventLog, log);
  const { authenticate, claimOf } = await openAccess({
    configured: config.auth,
    roles: domains.governance,
    tokens: domains.tokens,
    dataDir: config.database.dataDir,
    dataDirWritten: config.database.url === null,
    audit,
    log,
  });
  const { responseBytesMax } = config.graphql;
  const openDb = () => database.forRequest(requestBounds(responseBytesMax));
  // 6. Server
  const dialects = createDialects({
    config,
    isKnownAgent: (agentId) => gauges.has(agentStatusChanged.name, agentId),
    pingEveryMs: realtime.pingIntervalMs,
    authenticate,
    rejected({ endpoint, address }, reason) {
      server.registry.failed();
      if (reason === 'token') audit({ type: 'authentication_failed', path: endpoint.path, address });
    },
  });
  const described = { version: pkg.version, dialects, credentialsRequired: config.auth.required };
  const { origins } = config.graphql;
  const server = createServer({
    schema,
    journal,
    context: (viewer): GraphContext => new RequestContext({ viewer, journal, serverInfo, openDb }),
    authenticate,
    ready: async () => (await serverInfo.health()).ready,
    dialects,
    routes: (parts) => [
      publishRoute({ engine: parts.engine, origins, bodyBytesMax, batchMax }),
      otlpRoute({ enabled: config.otlp.enabled, origins, record: domains.metrics.recordOtlp }),
      sessionRoute({ ...domains.tokens.sessions, origins, claimOf }),
      ...docsRoutes({
        openapi: () => openApiDocument(described),
        asyncapi: () => asyncApi({ ...described, advertised: serverInfo.advertised }),
        origins:
          dialects.find(({ routes }) => routes.some(({ path }) => path === '/'))?.origins ?? 'localhost',
      }),
      metricsRoute({
        ...parts,
        serverInfo,
        log: eventLog,
        memory,
        pool: database.pool,
        jobs: scheduler,
        ofAll: (own) => ofAllWorkers(worker, 'metrics', own),
      }),
    ],
    settings: {
      introspection: config.graphql.introspection,
      trusted: await trustedDocuments(config.graphql, schema),
      graphiql: config.graphql.graphiql,
      dashboard: config.graphql.dashboard,
      origins: config.graphql.origins,
      features: config.features,
      feedLimits: {
        messageBytesMax: config.sockets.messageBytesMax,
        messagesPerSecondMax: config.sockets.messagesPerSecondMax,
        perAddressMax: config.sockets.connectionsPerAddressMax,
        replayMax: realtime.replayedEventsMax,
      },
      bodyBytesMax,
      responseBytesMax,
      messageBytesMax: config.sockets.messageBytesMax,
      connectionsMax: config.sockets.connectionsMax,
      connectionsPerAddress: config.graphql.connectionsPerAddress,
      operationsPerAddress: config.graphql.operationsPerAddress,
      bytesPerAddress: config.memory.perAddress,
      pingIntervalMs: realtime.pingIntervalMs,
      pongTimeoutMs: realtime.pongTimeoutMs,
      compression: config.sockets.compression,
      trustProxy: config.listen.trustProxy,
      hosts: isLoopback(config.listen.host) ? ['localhost', '127.0.0.1', '[::1]'] : null,
      signingSecret: config.auth.requestSigningSecret,
      tls: config.listen.tls === null ? null : await readCertificate(config.listen.tls),
      deadlines: { keepAliveMs: config.listen.keepAliveMs },
    },
    memory,
    log,
    socketLog,
    report: (error, errorId) => log.error({ err: error, errorId }, 'unexpected error in a request'),
    audit,
    accessEnded,
    peers: (name) => worker?.counts(name) ?? null,
    sharedProgress: cluster.feedClients,
    traces,
  });
  undo.push(() => server.close());
  const { tls } = config.listen;
  if (tls !== null) {
    const following = followCertificate(tls, server.http.renewTls, log);
    undo.push(() => following[Symbol.dispose]());
  }
  const scheme = tls === null ? 'http' : 'https';
  for (const { name, port } of [{ name: 'main', port: config.listen.port }, ...config.legacyListeners]) {
    const bound = await server.http.listen(config.listen.host, port);
    listeners.push({ name, url: `${scheme}://${urlHost(config.listen.host)}:${bound.port}` });
  }

  // 7. Sources and jobs
  await instances.start(
    sources.flatMap(({ lease, feeds }) => (lease === undefined ? [] : [{ lease, feeds }])),
  );
  const sharedWork = { leases: instances, transact: eventLog.transact.bind(eventLog) };
  for (const source of sources) {
    const runner = run(traces?.source(source) ?? source, journal, log, sharedWork);
    runners.push(runner);
    undo.push(() => runner[Symbol.asyncDispose]());
  }
  undo.push(() => server.drain(config.sockets.drainMs, state));
  undo.push(() => scheduler.stop());
  await scheduler.start();

  state.ready = true;
  instances.ready();
  undo.push(async () => {
    state.ready = false;
    await instances.drain();
  });
  const url = listeners[0]?.url ?? '';
  const wsUrl = url.replace(/^http/, 'ws');
  return {
    addresses: { http: url, graphql: `${url}/graphql`, websocket: `${wsUrl}/graphql` },
  };
}
