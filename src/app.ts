import { createGraphService } from './delivery/graph-service.ts';
import { append } from './lib/append.ts';
import type { Job } from './sources/job.ts';
import type { Source } from './sources/source.ts';
import { hostname } from 'node:os';
import pkg from '../package.json' with { type: 'json' };
import { configuredAccess } from './auth/configured-access.ts';
import { openAccess } from './auth/server-access.ts';
import { followOthers } from './cluster/postgres-news.ts';
import { requestBounds } from './db/request-database.ts';
import { openStore } from './db/open-store.ts';
import type { Transact } from './db/retained.ts';
import type { House } from './domains/domain.ts';
import { createDomains } from './domains/domains.ts';
import { createAccessAudit, createSecurityAudit } from './domains/governance/security-audit.domain.ts';
import { jobBook } from './domains/jobs/book.ts';
import { Ticker } from './delivery/connection.ts';
import { TrustedDocuments } from './engine/trusted-documents.ts';
import { RequestContext, type Facts, type GraphContext } from './graph/context.ts';
import { healthOf } from './domains/server/health.store.ts';
import { Demand } from './journal/demand.ts';
import { Gauges } from './journal/gauges.ts';
import { openPostgresLog } from './journal/postgres-journal.ts';
import { defaultRingBounds } from './journal/ring.ts';
import { portOf, urlHost } from './lib/listener-url.ts';
import { isLoopback } from './lib/loopback.ts';
import { valuesInPath } from './lib/path-pattern.ts';
import { MemoryBudget } from './lib/memory-budget.ts';
import { Places } from './lib/places.ts';
import { Turns } from './lib/turns.ts';
import { undoAll, type Undo } from './lib/undo.ts';
import type { FlushableLog, SocketLog } from './log/log.ts';
import { asyncApiDocument, openApiDocument, socketAddressOf } from './reference.ts';
import { cleanupJob } from './db/cleanup.ts';
import { schema } from './schema.ts';
import type { Config } from './settings.ts';
import { run, type Runner } from './sources/runner.ts';
import { createScheduler } from './sources/scheduler.ts';
import { followCertificate, readCertificate } from './http/tls.ts';
import { createDocs } from './http/endpoints/docs.ts';
import type { SocketEndpoint } from './websocket/endpoint.ts';
import { graphqlSocket, operationsPerTurn } from './websocket/graphql-ws.ts';
import { createHttpServer, firstOf } from './http/http-server.ts';
import { createMetrics } from './http/endpoints/metrics.ts';
import { createPublish } from './http/endpoints/publish.ts';
import { createRegistry } from './websocket/registry.ts';
import { createSessionAddress } from './http/endpoints/session.ts';
import { Unread } from './http/unread.ts';
import { createUpgrade, handshakesPerTurn } from './websocket/upgrade.ts';
import { createGraphqlHttp } from './http/yoga.ts';
import { createDialects } from './legacy/dialects.ts';
import { createFeeds } from './legacy/feed.ts';
import { createRest } from './legacy/rest.ts';

export interface App {
  /** What it serves, for the one who started it. */
  readonly addresses: { readonly http: string; readonly graphql: string; readonly websocket: string };
  /** The first feed of each old system. */
  readonly feeds: readonly { readonly title: string; readonly url: string }[];
  /** Stops in the documented order. May be called twice. */
  stop(): Promise<void>;
}

export interface AppOptions {
  readonly config: Config;
  readonly log: FlushableLog;
  readonly socketLog: SocketLog;
  readonly environment: string;
}

const connectionsEveryMs = 5_000;
const initTimeoutMs = 10_000;
const bodyBytesMax = 1024 * 1024;

/**
 * The only place that knows every room. Builds them in order and undoes what was built in reverse, also when building
 * fails half-way.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const undo: Undo[] = [];
  const failed = (error: unknown): void =>
    options.log.error({ err: error }, 'a part of the server did not stop as it should');
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopped ??= undoAll(undo, failed));
  try {
    return { ...(await build(options, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build({ config, log, socketLog, environment }: AppOptions, undo: Undo[]) {
  const startedAt = Date.now();
  const hostId = hostname();
  const { realtime } = config.pace;
  const state = { ready: false };
  const trusted = config.graphql.trusted && new TrustedDocuments(config.graphql.trusted, schema);

  // 1 the store
  const database = await openStore(config.database, log, undo);

  // 2 the journal
  const memory = new MemoryBudget(config.memory.budgetBytes);
  const ring = memory.share('ring');
  const handshakes = new Turns(handshakesPerTurn);
  const registry = createRegistry(() => endpoints);
  const domains = createDomains({
    config,
    census() {
      const { open, endpoints: counts } = registry.snapshot();
      const { count: httpRequests, meanMs: httpResponseMs } = http.handled();
      return {
        sampledAt: Date.now(),
        messageLatencyMs: delivery.messageLatencyMs(),
        httpRequests,
        httpResponseMs,
        failedAttempts: registry.recentFailures(),
        sockets: open,
        endpoints: counts,
      };
    },
    subscribed() {
      const { ends, fields: _fields, latency, ...figures } = delivery.figures();
      return {
        sampledAt: Date.now(),
        ...figures,
        stages: latency,
        ends: [...ends].map(([reason, count]) => ({ reason, count })),
        parked: ticker.parked,
        waiting: handshakes.waiting,
      };
    },
  });
  const eventLog = await openPostgresLog({
    database,
    log,
    handlers: domains.all.flatMap(({ handlers }) => handlers ?? []),
    ring: { ...defaultRingBounds, bytesMax: ring.bytesMax },
    drafts: memory.share('drafts'),
  });
  ring.observe(() => eventLog.figures().heldBytes);
  undo.push(() => eventLog[Symbol.asyncDispose]());
  const news = followOthers({ database, eventLog, log, listenUrl: config.database.listenUrl });
  undo.push(() => news[Symbol.asyncDispose]());
  const journal = { log: eventLog, gauges: new Gauges(), demand: new Demand() };

  // 3 the nouns
  const house: House = { hostId, database, journal, log, memory };
  const sources: Source[] = [];
  const jobs: Job[] = [];
  for (const domain of domains.all) {
    const started = await domain.start?.(house);
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
    cleanupJob({ domains: domains.all, database, transactWithLog, retention: config.retention, log }),
  );
  const scheduler = createScheduler({ jobs, book: jobBook(house), log });

  // 4 the way into the graph
  const runners: Runner[] = [];
  const listeners: { name: string; url: string }[] = [];
  const facts: Facts = {
    name: pkg.name,
    version: pkg.version,
    environment,
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
    intervals: { ...config.pace.intervals, connectionsMs: connectionsEveryMs },
    health: () => healthOf({ database, eventLog, scheduler, news }, state.ready),
    sources: () => runners.map((runner) => runner.stats()),
    jobs: scheduler,
    access: configuredAccess(config.auth),
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
  const report = (error: unknown, errorId: string): void =>
    log.error({ err: error, errorId }, 'a request met an unexpected error');
  const { responseBytesMax } = config.graphql;
  const openDb = () => database.forRequest(requestBounds(responseBytesMax));
  const { engine, delivery } = createGraphService({
    schema,
    introspection: config.graphql.introspection,
    trusted,
    context: (viewer): GraphContext => new RequestContext({ viewer, journal, facts, openDb }),
    responseBytesMax,
    memory,
    bytesPerAddress: config.memory.perAddress,
    journal,
    report,
    accessEnded,
  });
  const ticker = new Ticker();
  const operations = new Places(config.graphql.operationsPerAddress);
  const turns = new Turns(operationsPerTurn);

  // 5 the doors out
  const dialects = createDialects({
    config,
    agentIds: config.agents.ids,
    pingEveryMs: realtime.pingIntervalMs,
    authenticate,
    turnedAway({ endpoint, address }, reason) {
      registry.failed();
      if (reason === 'token') audit({ type: 'authentication_failed', path: endpoint.path, address });
    },
  });
  const endpoints: SocketEndpoint[] = [
    graphqlSocket({
      engine,
      delivery,
      ticker,
      authenticate,
      origins: config.graphql.origins,
      frameBytesMax: config.sockets.maxMessageBytes,
      initTimeoutMs,
      perAddress: config.graphql.connectionsPerAddress,
      operations,
      turns,
      log,
      report,
      authenticationFailed({ endpoint, address }) {
        registry.failed();
        audit({ type: 'authentication_failed', path: endpoint.path, address });
      },
      accessEnded: ({ viewer, endpoint }) => accessEnded(viewer, endpoint.path),
    }),
    ...dialects.flatMap((dialect) =>
      createFeeds({
        engine,
        delivery,
        ticker,
        dialect,
        features: config.features,
        limits: {
          messageBytesMax: config.sockets.maxMessageBytes,
          messagesPerSecondMax: config.sockets.messageRate,
          perAddressMax: config.sockets.maxConnectionsPerIp,
          replayMax: realtime.messageBufferSize,
        },
        log,
        socketLog,
        flooded: ({ endpoint, address }) => audit({ type: 'rate_limited', path: endpoint.path, address }),
        accessEnded: ({ viewer, endpoint }) => accessEnded(viewer, endpoint.path),
      }),
    ),
  ];
  const rest = createRest({
    engine,
    dialects,
    features: config.features,
    bodyBytesMax,
    audit,
  });
  const publish = createPublish({
    engine,
    origins: config.graphql.origins,
    bodyBytesMax,
    audit,
  });
  const session = createSessionAddress({
    origins: config.graphql.origins,
    claimOf,
    ...domains.tokens.sessions,
    audit,
  });
  const described = { version: pkg.version, dialects, credentialsRequired: config.auth.required };
  const docs = createDocs({
    openapi: () => openApiDocument(described),
    asyncapi: () => asyncApiDocument({ ...described, ...socketAddressOf(facts.advertised) }),
    origins: dialects.find(({ routes }) => routes.some(({ path }) => path === '/'))?.origins ?? 'localhost',
  });
  const metrics = createMetrics({
    facts,
    registry,
    handshakes,
    ticker,
    delivery,
    log: eventLog,
    memory,
    pool: database.pool,
    jobs: scheduler,
    handled: () => http.handled(),
    audit,
  });
  const unread = new Unread(memory.share('answers'), config.memory.perAddress);
  const http = createHttpServer({
    tls: config.listen.tls === null ? null : await readCertificate(config.listen.tls),
    graphql: createGraphqlHttp({
      engine,
      delivery,
      origins: config.graphql.origins,
      graphiql: config.graphql.graphiql,
      bodyBytesMax,
      streamsMax: config.sockets.maxConnections,
      perAddress: config.graphql.connectionsPerAddress,
      operations,
      turns,
      report,
      audit,
    }),
    rest: firstOf(publish, session, docs, metrics, (...asked) => rest.handle(...asked)),
    upgrade: createUpgrade({
      endpoints: () => endpoints,
      authenticate,
      registry,
      turns: handshakes,
      maxConnections: config.sockets.maxConnections,
      trustProxy: config.listen.trustProxy,
      compression: config.sockets.compression,
      unread,
      pingIntervalMs: realtime.pingIntervalMs,
      pongTimeoutMs: realtime.pongTimeoutMs,
      log,
      socketLog,
      audit,
    }),
    speaksWebSocket: (path) => endpoints.some((endpoint) => valuesInPath(endpoint.path, path) !== null),
    probes: { live: () => true, ready: async () => (await facts.health()).ready },
    authenticate,
    trustProxy: config.listen.trustProxy,
    hosts: isLoopback(config.listen.host) ? ['localhost', '127.0.0.1', '[::1]'] : null,
    signingSecret: config.auth.requestSigningSecret,
    lastingMax: 2 * config.sockets.maxConnections, // sockets, and event streams
    unread,
    deadlines: { keepAliveMs: config.listen.keepAliveMs },
    log,
  });
  undo.push(() => http.close());
  const { tls } = config.listen;
  if (tls !== null) {
    const following = followCertificate(tls, http.renewTls, log);
    undo.push(() => following[Symbol.dispose]());
  }
  const scheme = tls === null ? 'http' : 'https';
  for (const { name, port } of [{ name: 'main', port: config.listen.port }, ...config.legacyListeners]) {
    const bound = await http.listen(config.listen.host, port);
    listeners.push({ name, url: `${scheme}://${urlHost(config.listen.host)}:${bound.port}` });
  }
  undo.push(
    () => delivery.close(),
    () => registry.closeAll(),
    () => http.drain(),
  );

  // 6 what runs by itself: sources, then the scheduler
  for (const source of sources) {
    const runner = run(source, journal, log);
    runners.push(runner);
    undo.push(() => runner[Symbol.asyncDispose]());
  }
  undo.push(() => scheduler.stop());
  await scheduler.start();

  state.ready = true;
  undo.push(() => {
    state.ready = false;
  });
  const url = listeners[0]?.url ?? '';
  const wsUrl = url.replace(/^http/, 'ws');
  return {
    addresses: { http: url, graphql: `${url}/graphql`, websocket: `${wsUrl}/graphql` },
    feeds: dialects.flatMap(({ title, feeds: [first] }) =>
      first === undefined ? [] : [{ title, url: `${wsUrl}${first.path}` }],
    ),
  };
}
