import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccess } from '../../src/auth/authenticate.ts';
import { receiveNews } from '../../src/cluster/news-receiver.ts';
import { openNews } from '../../src/cluster/open-news.ts';
import { openDatabase } from '../../src/db/database.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { auditTable } from '../../src/domains/governance/audit.store.ts';
import { hostSampled } from '../../src/domains/host/events.ts';
import type { ServerInfo, GraphContext } from '../../src/graph/context.ts';
import { Demand } from '../../src/journal/demand.ts';
import { Gauges } from '../../src/journal/gauges.ts';
import type { EventLog } from '../../src/journal/journal.ts';
import { openMemoryLog } from '../../test/_util/memory-log.ts';
import { openPostgresLog } from '../../src/journal/postgres-log.ts';
import { auraDialect } from '../../src/legacy/aura/dialect.ts';
import { openSocketLog, silentLog } from '../../src/log/log.ts';
import { schema } from '../../src/schema.ts';
import { createServer } from '../../src/server.ts';
import type { Source } from '../../src/sources/source.ts';
import { openTraces, type Traces } from '../../src/traces/traces.ts';
import { auditDraft } from '../lib/audit.ts';
import { hostName, hostSample } from '../lib/sample.ts';
import { serve, type Server } from '../lib/serve.ts';

/**
 * opsgraph: the server of the app (`createServer`) with the real schema, but without sources, so that only the events
 * that the benchmark produces are measured.
 */

export interface OurStart {
  /** The kind of the events: samples of this number of hosts, or entries of the audit log. */
  readonly produces: { readonly kind: 'samples'; readonly hosts: number } | { readonly kind: 'audit' };
  /** The folder of an embedded PostgreSQL for the log; null: the log is in memory. */
  readonly store: string | null;
  /** Another server whose database this one shares, instead of `store`. */
  readonly joins?: Connection;
  /** Redis for the news of commits; null or absent: notifications of PostgreSQL. */
  readonly redisUrl?: string | null;
  /** Maximum number of entries in memory. Default: the server's. */
  readonly ringMax?: number;
  /** The interval at which the first sample is repeated, as by the host source. Default: never. */
  readonly sampledEveryMs?: number;
  /** The part of the samples that is traced, 0 to 1. Default: the server has no traces. */
  readonly tracedRatio?: number;
}

type Connection = Parameters<typeof openDatabase>[0]['connection'];

export interface OurServer extends Server<OurStart> {
  /** The database of the log, for `joins`. */
  readonly connection: (argument: null) => Connection | null;
  /** Closes the log and stops PostgreSQL. */
  readonly stop: (argument: null) => Promise<void>;
}

let gauges = new Gauges();
/** Takes the samples that are traced. */
let tracedSource: Source | null = null;
let sampledEvent = 0;
const sampleTimeoutMs = 60_000;
let log: EventLog = openMemoryLog();
let connection: Connection | null = null;
let produces: OurStart['produces'] = { kind: 'samples', hosts: 1 };
const undo: (() => PromiseLike<void>)[] = [];

async function openLog({ store, joins, ringMax, redisUrl = null }: OurStart): Promise<EventLog> {
  const ring = ringMax === undefined ? {} : { entriesMax: ringMax, bytesMax: 64 * 1024 * 1024 };
  if (joins === undefined && store === null)
    return openMemoryLog(ringMax === undefined ? {} : { bounds: ring as never });
  connection = joins ?? (await startDatabase(store ?? ''));
  const database = openDatabase({ connection, log: silentLog });
  undo.unshift(() => database[Symbol.asyncDispose]());
  await migrate(database, silentLog);
  const news = await openNews({ database, log: silentLog, listenUrl: null, redisUrl });
  undo.unshift(() => news[Symbol.asyncDispose]());
  const { sender, openCarrier } = news;
  const eventLog = await openPostgresLog({
    database,
    log: silentLog,
    sender,
    handlers: [auditTable],
    ...(ringMax === undefined ? {} : { ring: ring as never }),
  });
  undo.unshift(() => eventLog[Symbol.asyncDispose]());
  const newsReceiver = receiveNews({
    eventLog,
    openCarrier,
    ...(sender !== null && { route: sender.route }),
  });
  undo.unshift(() => newsReceiver[Symbol.asyncDispose]());
  return eventLog;
}

async function startDatabase(dataDir: string): Promise<Connection> {
  const embedded = await startEmbedded({ dataDir, log: silentLog });
  undo.unshift(() => embedded.stop());
  return embedded.connection;
}

async function start(options: OurStart): Promise<{ port: number }> {
  ({ produces } = options);
  const traces = options.tracedRatio === undefined ? null : await startTraces(options.tracedRatio);
  log = await openLog(options);
  const journal = { log, gauges, demand: new Demand() };
  const serverInfo = {
    hostId: hostName(0),
    features: {},
    intervals: { systemMetricsMs: 100 },
  } as unknown as ServerInfo;
  const { authenticate } = createAccess({
    required: false,
    tokens: [],
    jwtSecret: null,
    capabilitiesOf: () => new Set(),
  });
  const logDir = await mkdtemp(join(tmpdir(), 'opsgraph-bench-log-'));
  process.once('exit', () => rmSync(logDir, { recursive: true, force: true }));
  const { http } = createServer({
    schema,
    journal,
    context: (viewer) => ({ viewer, journal, serverInfo }) as unknown as GraphContext,
    authenticate,
    dialects: [auraDialect({ origins: 'localhost' })],
    settings: { initTimeoutMs: 60_000, hosts: ['localhost', '127.0.0.1', '[::1]'] },
    log: silentLog,
    socketLog: openSocketLog({ dir: logDir, level: 'INFO', destination: { write() {} } }),
    report: (error) => void process.stderr.write(`${String(error)}\n`),
    audit() {},
    traces,
  });
  if (produces.kind === 'samples') putSamples(0, produces.hosts);
  if (options.sampledEveryMs !== undefined) setInterval(() => putSamples(0, 1), options.sampledEveryMs);
  const { port } = await http.listen('127.0.0.1', 0);
  return { port };
}

/** No collector listens: spans are created, wait, and are dropped, as with one that is down. */
async function startTraces(sampleRatio: number): Promise<Traces> {
  const config = { endpoint: 'http://127.0.0.1:9', headers: {}, serviceName: 'bench', sampleRatio };
  const traces = await openTraces(config, { version: '0', hostId: hostName(0), log: silentLog });
  gauges = traces.gauges();
  tracedSource = traces.source({
    name: 'host',
    feeds: [hostSampled.name],
    backgroundMs: null,
    timeoutMs: sampleTimeoutMs,
    sample: () => Promise.resolve({ gauges: samples(sampledEvent, 1) }),
  });
  return traces;
}

function samples(event: number, hosts: number) {
  return Array.from({ length: hosts }, (_, host) => ({
    topic: hostSampled,
    key: hostName(host),
    payload: hostSample(host, event),
  }));
}

function putSamples(event: number, hosts: number): void {
  gauges.put(samples(event, hosts));
}

async function putTraced(source: Source, event: number): Promise<void> {
  sampledEvent = event;
  gauges.put((await source.sample(AbortSignal.timeout(sampleTimeoutMs), null)).gauges);
}

serve({
  start,
  produce(from, to) {
    if (produces.kind === 'audit')
      return log.append(Array.from({ length: to - from + 1 }, (_, index) => auditDraft(from + index)));
    if (tracedSource !== null) return putTraced(tracedSource, to);
    for (let event = from; event <= to; event++) putSamples(event, produces.hosts);
    return undefined;
  },
  handlers: {
    connection: () => connection,
    async stop() {
      for (const step of undo.splice(0)) await step();
    },
  },
});
