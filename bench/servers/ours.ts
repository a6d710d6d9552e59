import { createGraphService } from '../../src/delivery/graph-service.ts';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccess } from '../../src/auth/authenticate.ts';
import { openDatabase } from '../../src/db/database.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { auditTable } from '../../src/domains/governance/audit.store.ts';
import { hostSampled } from '../../src/domains/host/events.ts';
import { Ticker } from '../../src/delivery/connection.ts';
import type { Facts, GraphContext } from '../../src/graph/context.ts';
import { Demand } from '../../src/journal/demand.ts';
import { Gauges } from '../../src/journal/gauges.ts';
import type { EventLog } from '../../src/journal/journal.ts';
import { openMemoryLog } from '../../src/journal/memory-log.ts';
import { openPostgresLog } from '../../src/journal/postgres-journal.ts';
import { aura } from '../../src/legacy/aura/dialect.ts';
import { createFeeds } from '../../src/legacy/feed.ts';
import { Places } from '../../src/lib/places.ts';
import { openSocketLog, silentLog } from '../../src/log/log.ts';
import { schema } from '../../src/schema.ts';
import type { SocketEndpoint } from '../../src/websocket/endpoint.ts';
import { graphqlSocket } from '../../src/websocket/graphql-ws.ts';
import { createHttpServer } from '../../src/http/http-server.ts';
import { createRegistry } from '../../src/websocket/registry.ts';
import { createUpgrade } from '../../src/websocket/upgrade.ts';
import { createGraphqlHttp } from '../../src/http/yoga.ts';
import { auditDraft } from '../lib/audit.ts';
import { hostName, hostSample } from '../lib/sample.ts';
import { serve, type Server } from '../lib/serve.ts';

/**
 * opsgraph: everything between the journal and a socket as `app.ts` puts it together, with the real schema. The
 * sources are left out, so that nothing but what the harness lets happen is measured.
 */

export interface OurStart {
  /** What happens: samples of this many hosts at once, or entries of the audit log. */
  readonly happens: { readonly kind: 'samples'; readonly hosts: number } | { readonly kind: 'audit' };
  /** A folder of an embedded PostgreSQL for the log; null: in memory. */
  readonly store: string | null;
  /** Entries that are kept in memory. Default: the server's. */
  readonly ringMax?: number;
  /** The first sample comes again in this interval, as the source of the host would bring one. Default: it does not. */
  readonly sampledEveryMs?: number;
}

export interface OurServer extends Server<OurStart> {
  /** Ends the store. */
  readonly stop: (argument: null) => Promise<void>;
}

const gauges = new Gauges();
let log: EventLog = openMemoryLog();
let happens: OurStart['happens'] = { kind: 'samples', hosts: 1 };
const undo: (() => PromiseLike<void>)[] = [];

async function openLog({ store, ringMax }: OurStart): Promise<EventLog> {
  const ring = ringMax === undefined ? {} : { entriesMax: ringMax, bytesMax: 64 * 1024 * 1024 };
  if (store === null) return openMemoryLog(ringMax === undefined ? {} : { bounds: ring as never });
  const embedded = await startEmbedded({ dataDir: store, log: silentLog });
  const database = openDatabase({ connection: embedded.connection, log: silentLog });
  await migrate(database, silentLog);
  const opened = await openPostgresLog({
    database,
    log: silentLog,
    handlers: [auditTable],
    ...(ringMax === undefined ? {} : { ring: ring as never }),
  });
  undo.push(
    () => opened[Symbol.asyncDispose](),
    () => database[Symbol.asyncDispose](),
    () => embedded.stop(),
  );
  return opened;
}

async function start(options: OurStart): Promise<{ port: number }> {
  ({ happens } = options);
  log = await openLog(options);
  const journal = { log, gauges, demand: new Demand() };
  const report = (error: unknown): void => void process.stderr.write(`${String(error)}\n`);
  const audit = (): void => {};
  const facts = {
    hostId: hostName(0),
    features: {},
    intervals: { systemMetricsMs: 100 },
  } as unknown as Facts;
  const { engine, delivery } = createGraphService({
    schema,
    introspection: true,
    context: (viewer) => ({ viewer, journal, facts }) as unknown as GraphContext,
    journal,
    report,
  });
  const { authenticate } = createAccess({
    required: false,
    tokens: [],
    jwtSecret: null,
    capabilitiesOf: () => new Set(),
  });
  const ticker = new Ticker();
  const operations = new Places();
  const logDir = await mkdtemp(join(tmpdir(), 'opsgraph-bench-log-'));
  process.once('exit', () => rmSync(logDir, { recursive: true, force: true }));
  const socketLog = openSocketLog({
    dir: logDir,
    level: 'INFO',
    destination: { write() {} },
  });
  const registry = createRegistry(() => endpoints);
  const endpoints: SocketEndpoint[] = [
    graphqlSocket({
      engine,
      delivery,
      ticker,
      authenticate,
      origins: 'localhost',
      frameBytesMax: 1024 * 1024,
      initTimeoutMs: 60_000,
      perAddress: null,
      operations,
      log: silentLog,
      report,
    }),
    ...createFeeds({
      engine,
      delivery,
      ticker,
      dialect: aura,
      origins: 'localhost',
      features: {},
      limits: {
        messageBytesMax: 1024 * 1024,
        messagesPerSecondMax: 10,
        perAddressMax: null,
        replayMax: 1_000,
      },
      log: silentLog,
      socketLog,
    }),
  ];
  const http = createHttpServer({
    tls: null,
    graphql: createGraphqlHttp({
      engine,
      delivery,
      origins: 'localhost',
      graphiql: false,
      bodyBytesMax: 1024 * 1024,
      streamsMax: 20_000,
      perAddress: null,
      operations,
      report,
      audit,
    }),
    rest: () => Promise.resolve(false),
    upgrade: createUpgrade({
      endpoints: () => endpoints,
      authenticate,
      registry,
      maxConnections: 20_000,
      trustProxy: false,
      compression: false,
      pingIntervalMs: 30_000,
      pongTimeoutMs: 10_000,
      log: silentLog,
      socketLog,
      audit,
    }),
    speaksWebSocket: (path) => endpoints.some((endpoint) => endpoint.path === path),
    probes: { live: () => true, ready: () => Promise.resolve(true) },
    authenticate,
    trustProxy: false,
    hosts: ['localhost', '127.0.0.1', '[::1]'],
    signingSecret: null,
    lastingMax: 40_000,
    log: silentLog,
  });
  if (happens.kind === 'samples') putSamples(0, happens.hosts);
  if (options.sampledEveryMs !== undefined) setInterval(() => putSamples(0, 1), options.sampledEveryMs);
  const { port } = await http.listen('127.0.0.1', 0);
  return { port };
}

function putSamples(event: number, hosts: number): void {
  gauges.put(
    Array.from({ length: hosts }, (_, host) => ({
      topic: hostSampled,
      key: hostName(host),
      payload: hostSample(host, event),
    })),
  );
}

serve({
  start,
  happen(from, to) {
    if (happens.kind === 'audit')
      return log.append(Array.from({ length: to - from + 1 }, (_, index) => auditDraft(from + index)));
    for (let event = from; event <= to; event++) putSamples(event, happens.hosts);
    return undefined;
  },
  handlers: {
    async stop() {
      for (const step of undo.splice(0)) await step();
    },
  },
});
