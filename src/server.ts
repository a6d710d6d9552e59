import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { Authenticate } from './auth/authenticate.ts';
import type { SecurityEvent } from './auth/security-event.ts';
import type { Viewer } from './auth/viewer.ts';
import { Ticker } from './delivery/connection.ts';
import { createGraphService, type GraphService } from './delivery/graph-service.ts';
import type { LatencyTracker } from './delivery/latency.ts';
import type { TrustedDocuments } from './engine/trusted-documents.ts';
import type { GraphContext } from './graph/context.ts';
import type { ReportUnknown } from './graph/errors.ts';
import { limits } from './graph/limits.ts';
import { createHttpServer, type Deadlines, type HttpServer } from './http/http-server.ts';
import { createDashboard } from './http/endpoints/dashboard.ts';
import type { OriginRule } from './http/origin.ts';
import type { HttpContext } from './http/request.ts';
import { serveRoutes, type Route } from './http/route.ts';
import { UnreadBudget } from './http/unread-budget.ts';
import { OpenStreams } from './http/open-streams.ts';
import { createGraphqlHttp } from './http/yoga.ts';
import type { Journal } from './journal/journal.ts';
import type { Dialect, FeedLimits } from './legacy/dialect.ts';
import { createFeeds } from './legacy/feed.ts';
import type { SharedProgress } from './legacy/remembered-clients.ts';
import { restRoutes } from './legacy/rest.ts';
import { MemoryBudget, memoryBudgetDefault } from './lib/memory-budget.ts';
import { valuesInPath } from './lib/path-pattern.ts';
import { ConcurrencyLimiter, type AddressLimit, type PeerCounts } from './lib/concurrency-limiter.ts';
import { TickLimiter } from './lib/tick-limiter.ts';
import type { Log, SocketLog } from './log/log.ts';
import type { SocketEndpoint } from './websocket/endpoint.ts';
import { graphqlSocket, operationsPerTick } from './websocket/graphql-ws.ts';
import { createRegistry, type Registry } from './websocket/registry.ts';
import { createUpgrade, handshakesPerTick } from './websocket/upgrade.ts';

export interface ServerSettings {
  readonly introspection: boolean;
  /** The only documents that clients may execute. Null: any. */
  readonly trusted: TrustedDocuments | null;
  readonly graphiql: boolean;
  /** Whether browsers get the live page at `/`. */
  readonly dashboard: boolean;
  /** The origins whose pages may use the graph and the server's own endpoints. */
  readonly origins: OriginRule;
  /** Feature switches by name. */
  readonly features: Readonly<Record<string, boolean>>;
  readonly feedLimits: FeedLimits;
  readonly bodyBytesMax: number;
  /** Limit on the JSON of a response, or of one result of a subscription. */
  readonly responseBytesMax: number;
  /** Limit on a message from a client. A longer one closes its socket. */
  readonly messageBytesMax: number;
  /** Limit on open WebSockets. The same number of event streams may be open besides. */
  readonly connectionsMax: number;
  /** Limit on graphql-ws connections, and on event streams, of one address. Null: no limit. */
  readonly connectionsPerAddress: AddressLimit | null;
  /** Limit on running operations of one address. Null: no limit. */
  readonly operationsPerAddress: AddressLimit | null;
  /** Limit on the memory of the subscriptions, and on the unread bytes, of one address. Null: no limit. */
  readonly bytesPerAddress: AddressLimit | null;
  /** A graphql-ws client that has not sent `connection_init` after this time is closed. */
  readonly initTimeoutMs: number;
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  /** Whether messages are compressed for clients that offer it. */
  readonly compression: boolean;
  /** Whether `X-Forwarded-*` headers are used. */
  readonly trustProxy: boolean;
  /** Host names that the Host header may contain, against DNS rebinding. Null: any. */
  readonly hosts: readonly string[] | null;
  /** If set, every POST must be signed with this secret. */
  readonly signingSecret: string | null;
  /** PEM texts. Null: no TLS. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly deadlines: Partial<Deadlines>;
}

const defaults: ServerSettings = {
  introspection: true,
  trusted: null,
  graphiql: true,
  dashboard: true,
  origins: 'localhost',
  features: {},
  feedLimits: {
    messageBytesMax: 1024 * 1024,
    messagesPerSecondMax: 10,
    perAddressMax: null,
    replayMax: 1_000,
  },
  bodyBytesMax: 1024 * 1024,
  responseBytesMax: limits.responseBytesMax,
  messageBytesMax: 1024 * 1024,
  connectionsMax: 20_000,
  connectionsPerAddress: null,
  operationsPerAddress: null,
  bytesPerAddress: null,
  initTimeoutMs: 10_000,
  pingIntervalMs: 30_000,
  pongTimeoutMs: 10_000,
  compression: false,
  trustProxy: false,
  hosts: null,
  signingSecret: null,
  tls: null,
  deadlines: {},
};

export interface ServerOptions {
  readonly schema: GraphQLSchema;
  readonly journal: Journal;
  /** The context in which a viewer's operations are executed. */
  readonly context: (viewer: Viewer) => GraphContext;
  readonly authenticate: Authenticate;
  /** Executes and delivers operations. Default: created from schema, journal and context. */
  readonly graph?: GraphService;
  /** Whether the server can serve, as `/readyz` reports. Default: it can. */
  readonly ready?: () => Promise<boolean>;
  /** Old systems to serve besides the graph. */
  readonly dialects?: readonly Dialect[];
  /** Further WebSocket endpoints. */
  readonly endpoints?: readonly SocketEndpoint[];
  /** Further HTTP endpoints, given the parts of the server that they show. */
  readonly routes?: (parts: ServerParts) => readonly Route[];
  readonly settings?: Partial<ServerSettings>;
  readonly memory?: MemoryBudget;
  readonly log: Log;
  readonly socketLog: SocketLog;
  /** Called with each error that is masked for clients. */
  readonly report: ReportUnknown;
  readonly audit: (event: SecurityEvent) => void;
  /** Counts of other processes that share the limits of this one, by the name of the limit. */
  readonly peers?: (name: string) => PeerCounts | null;
  /** How far clients of old feeds have read, known to all instances. */
  readonly sharedProgress?: SharedProgress;
  /** Traces requests, operations and the delivery of entries. Absent: nothing is traced. */
  readonly traces?: ServerTraces | null;
  /** Called when a connection or a subscription ends because its viewer lost access. */
  readonly accessEnded?: (viewer: Viewer, where: string) => void;
}

/** What is traced between the journal and a socket. Each function returns a replacement that creates spans. */
export interface ServerTraces {
  readonly latency: LatencyTracker;
  readonly graph: (graph: GraphService) => GraphService;
  readonly http: <Result>(
    handler: (request: IncomingMessage, response: ServerResponse, context: HttpContext) => Promise<Result>,
  ) => (request: IncomingMessage, response: ServerResponse, context: HttpContext) => Promise<Result>;
}

export interface ServerParts extends GraphService {
  readonly registry: Registry;
  readonly ticker: Ticker;
  /** Handshakes that wait for a turn of the event loop. */
  readonly handshakes: TickLimiter;
  readonly recentRequests: HttpServer['recentRequests'];
  readonly requestDurations: HttpServer['requestDurations'];
}

export interface Server extends ServerParts, AsyncDisposable {
  readonly http: HttpServer;
  /**
   * Rejects new connections, closes the sockets, ends the subscriptions and lets requests finish. Connections that are
   * still open after `graceMs` are destroyed.
   */
  close(graceMs?: number): Promise<void>;
  /**
   * Rejects new WebSockets and event streams, and closes the open ones in small batches within `spreadMs`, so that their clients do not
   * arrive at the other instances all together. Resolves when all are closed or asked to close.
   * @param options.replaced whether another process takes over the ports: then no more connections are accepted
   */
  drain(spreadMs: number, options?: { readonly replaced?: boolean }): Promise<void>;
}

const closeGraceMs = 2_000;
/** A connection without any transfer is closed after 90 s, and by proxies usually after 60 s. */
const streamPingMsMax = 30_000;

/**
 * Creates everything between the journal and a socket: HTTP, WebSocket, engine, delivery and the old systems. The app,
 * the tests and the benchmark use it, so that all of them run the same server. It opens no port before `http.listen`.
 */
export function createServer(options: ServerOptions): Server {
  const { schema, journal, context, authenticate, log, socketLog, report, audit } = options;
  const { dialects = [], memory = new MemoryBudget(memoryBudgetDefault) } = options;
  const settings: ServerSettings = { ...defaults, ...options.settings };
  const { origins, features, bodyBytesMax, bytesPerAddress, trustProxy } = settings;
  const { peers = () => null } = options;
  const accessEnded = options.accessEnded ?? (() => {});

  const traces = options.traces ?? null;
  const untraced =
    options.graph ??
    createGraphService({
      schema,
      introspection: settings.introspection,
      trusted: settings.trusted,
      context,
      journal,
      report,
      responseBytesMax: settings.responseBytesMax,
      memory,
      bytesPerAddress,
      accessEnded,
      ...(traces === null ? {} : { latency: traces.latency }),
    });
  const graph = traces === null ? untraced : traces.graph(untraced);
  const ticker = new Ticker();
  const handshakes = new TickLimiter(handshakesPerTick);
  const openStreams = new OpenStreams();
  const unread = new UnreadBudget(memory.share('answers'), bytesPerAddress);
  const shared = {
    ...graph,
    perAddress: settings.connectionsPerAddress,
    operations: new ConcurrencyLimiter(settings.operationsPerAddress, peers('operations')),
    tickLimiter: new TickLimiter(operationsPerTick),
    origins,
    report,
  };

  const endpoints: readonly SocketEndpoint[] = [
    ...(options.endpoints ?? []),
    graphqlSocket({
      ...shared,
      ticker,
      authenticate,
      frameBytesMax: settings.messageBytesMax,
      initTimeoutMs: settings.initTimeoutMs,
      log,
      authenticationFailed({ endpoint, address }) {
        registry.failed();
        audit({ type: 'authentication_failed', path: endpoint.path, address });
      },
      accessEnded: ({ viewer, endpoint }) => accessEnded(viewer, endpoint.path),
    }),
    ...dialects.flatMap((dialect) =>
      createFeeds({
        ...graph,
        ticker,
        dialect,
        features,
        sharedProgress: options.sharedProgress ?? null,
        limits: settings.feedLimits,
        log,
        socketLog,
        flooded: ({ endpoint, address }) => audit({ type: 'rate_limited', path: endpoint.path, address }),
        accessEnded: ({ viewer, endpoint }) => accessEnded(viewer, endpoint.path),
      }),
    ),
  ];
  const registry = createRegistry(() => endpoints, peers);
  const parts: ServerParts = {
    ...graph,
    registry,
    ticker,
    handshakes,
    recentRequests: () => http.recentRequests(),
    requestDurations: () => http.requestDurations(),
  };
  const legacyRoutes = restRoutes({ engine: graph.engine, dialects, features, bodyBytesMax });
  const dashboard = settings.dashboard ? createDashboard() : null;
  const traced: ServerTraces['http'] = (handler) => traces?.http(handler) ?? handler;
  const http = createHttpServer({
    tls: settings.tls,
    graphql: traced(
      createGraphqlHttp({
        ...shared,
        openStreams,
        streams: new ConcurrencyLimiter(settings.connectionsPerAddress, peers('streams')),
        ticker,
        pingIntervalMs: Math.min(settings.pingIntervalMs, streamPingMsMax),
        graphiql: settings.graphiql,
        bodyBytesMax,
        streamsMax: settings.connectionsMax,
        audit,
      }),
    ),
    page: dashboard?.page ?? null,
    rest: traced(
      serveRoutes(
        [
          ...(options.routes?.(parts) ?? []),
          ...(dashboard === null ? [] : [dashboard.assets]),
          ...legacyRoutes,
        ],
        { audit },
      ),
    ),
    upgrade: createUpgrade({
      endpoints: () => endpoints,
      authenticate,
      registry,
      tickLimiter: handshakes,
      connectionsMax: settings.connectionsMax,
      trustProxy,
      compression: settings.compression,
      unread,
      pingIntervalMs: settings.pingIntervalMs,
      pongTimeoutMs: settings.pongTimeoutMs,
      log,
      socketLog,
      audit,
    }),
    isWebSocketPath: (path) => endpoints.some((endpoint) => valuesInPath(endpoint.path, path) !== null),
    probes: { live: () => true, ready: options.ready ?? (() => Promise.resolve(true)) },
    authenticate,
    trustProxy,
    hosts: settings.hosts,
    signingSecret: settings.signingSecret,
    lastingMax: 2 * settings.connectionsMax,
    unread,
    deadlines: settings.deadlines,
    log,
  });
  async function drain(spreadMs: number, { replaced = false } = {}): Promise<void> {
    http.drain({ replaced });
    await Promise.all([registry.closeAll({ graceMs: 0, spreadMs }), openStreams.drain(spreadMs)]);
  }
  async function close(graceMs = closeGraceMs): Promise<void> {
    http.drain();
    await registry.closeAll({ graceMs });
    graph.delivery.close();
    await http.close(graceMs);
  }
  return { ...parts, http, drain, close, [Symbol.asyncDispose]: close };
}
