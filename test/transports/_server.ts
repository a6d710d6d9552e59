import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import {
  GraphQLError,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { WebSocket, type ClientOptions } from 'ws';
import { createAccess, type AuthenticatorOptions } from '../../src/auth/authenticate.ts';
import { AppError } from '../../src/errors.ts';
import { TrustedDocuments } from '../../src/engine/trusted-documents.ts';
import type { ServerInfo, GraphContext } from '../../src/graph/context.ts';
import { numericArgument } from '../../src/graph/numeric-argument.ts';
import { everyMsOf, stream, servedByDelivery } from '../../src/graph/stream.ts';
import { Demand } from '../../src/journal/demand.ts';
import { Gauges } from '../../src/journal/gauges.ts';
import type { EventLog, Journal } from '../../src/journal/journal.ts';
import { openMemoryLog } from '../_util/memory-log.ts';
import { every, latest, type Entry } from '../../src/journal/topic.ts';
import type { Call, Route } from '../../src/http/route.ts';
import type { MemoryBudget } from '../../src/lib/memory-budget.ts';
import type { SecurityEvent } from '../../src/auth/security-event.ts';
import { silentLog, type SocketLog } from '../../src/log/log.ts';
import {
  createServer,
  type Server as OurServer,
  type ServerOptions as OurOptions,
  type ServerSettings,
} from '../../src/server.ts';
import type { SocketEndpoint } from '../../src/websocket/endpoint.ts';

export const temperature = latest<{ celsius: number; note?: string }>('temperature');
export const steps = every<{ text: string }>('steps');

const readable = { requires: 'read' } as const;

const things = () => ({
  type: new GraphQLList(Thing),
  args: { first: { type: GraphQLInt } },
  extensions: { rules: readable },
  resolve: (_: unknown, { first = 10 }: { first?: number }) => Array.from({ length: first }, () => ({})),
});

/** What a query can have any number of, and each of them again. */
const Thing: GraphQLObjectType = new GraphQLObjectType({
  name: 'Thing',
  fields: () => ({ name: { type: GraphQLString, resolve: () => 'thing' }, things: things() }),
});

const Temperature = new GraphQLObjectType<Entry<{ celsius: number; note?: string }>>({
  name: 'Temperature',
  fields: {
    celsius: { type: GraphQLInt, resolve: ({ payload }) => payload.celsius },
    note: { type: GraphQLString, resolve: ({ payload }) => payload.note ?? null },
    things: things(),
  },
});

/** A text that is `bad` is an error, and one that begins with `later` is resolved asynchronously. */
const Step = new GraphQLObjectType<Entry<{ text: string }>>({
  name: 'Step',
  fields: {
    text: {
      type: new GraphQLNonNull(GraphQLString),
      resolve: ({ payload: { text } }) => {
        if (text === 'bad') throw new AppError('NOT_FOUND', 'The step is bad.');
        return text.startsWith('later') ? new Promise((resolve) => setImmediate(resolve, text)) : text;
      },
    },
  },
});

/** A gauge and a log of events, and the ways in which a field can fail. */
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      things: things(),
      hello: {
        type: GraphQLString,
        args: { name: { type: GraphQLString } },
        extensions: { rules: readable },
        resolve: (_, { name }) => `hello ${name}`,
      },
      viewer: {
        type: GraphQLString,
        extensions: { rules: { ...readable, viewerDependent: true } },
        resolve: (_, _args, { viewer }: GraphContext) => viewer.subject,
      },
      celsius: {
        type: GraphQLInt,
        args: { maxAgeMs: { type: GraphQLInt }, place: { type: GraphQLString } },
        extensions: { rules: readable },
        resolve: async (_, { maxAgeMs, place }, { journal }: GraphContext) => {
          if (maxAgeMs !== undefined) await journal.demand.refresh(temperature.name, maxAgeMs, 10);
          return journal.gauges.newest(temperature, place ?? 'here')?.payload.celsius;
        },
      },
      mine: {
        type: GraphQLString,
        extensions: { rules: { ...readable, viewerDependent: true } },
        resolve: (_, _args, { viewer, journal }: GraphContext) =>
          `${viewer.subject} ${journal.gauges.newest(temperature, 'here')?.payload.celsius}`,
      },
      head: {
        type: GraphQLInt,
        extensions: { rules: readable },
        resolve: (_, _args, { journal }: GraphContext) => journal.log.head(),
      },
      broken: {
        type: GraphQLString,
        extensions: { rules: readable },
        resolve: () => {
          throw new Error('the password is 1234');
        },
      },
      missing: {
        type: GraphQLString,
        extensions: { rules: readable },
        resolve: () => {
          throw new AppError('NOT_FOUND', 'There is no such thing.');
        },
      },
    },
  }),
  mutation: new GraphQLObjectType({
    name: 'Mutation',
    fields: {
      step: {
        type: new GraphQLNonNull(GraphQLString),
        args: { text: { type: new GraphQLNonNull(GraphQLString) } },
        extensions: { rules: { requires: 'write' } },
        resolve: async (_, { text }, { journal }: GraphContext) => {
          const [receipt] = await journal.log.append([
            { topic: steps, key: 'k', type: 'taken', payload: { text } },
          ]);
          return receipt?.cursor ?? '';
        },
      },
    },
  }),
  subscription: new GraphQLObjectType<Entry<Record<string, unknown>>, GraphContext>({
    name: 'Subscription',
    fields: {
      temperature: {
        type: Temperature,
        args: { everyMs: { type: GraphQLInt } },
        subscribe: servedByDelivery,
        resolve: (entry) => entry,
        extensions: {
          rules: readable,
          ...stream({
            delivery: 'LATEST',
            topic: temperature.name,
            keys: () => null,
            everyMs: (args) => everyMsOf(args, 0),
          }),
        },
      },
      step: {
        type: GraphQLString,
        args: { after: { type: GraphQLString }, wanted: { type: GraphQLString } },
        subscribe: servedByDelivery,
        resolve: ({ payload }) => {
          if (payload['text'] === 'bad')
            throw new GraphQLError('bad', { originalError: new Error('secret') });
          return payload['text'];
        },
        extensions: {
          rules: readable,
          ...stream({ delivery: 'EVERY', topics: [steps.name], types: () => null }),
        },
      },
      stepBatches: {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Step))),
        args: { after: { type: GraphQLString }, max: { type: GraphQLInt } },
        subscribe: servedByDelivery,
        resolve: (entry) => [entry],
        extensions: {
          rules: readable,
          ...stream({
            delivery: 'EVERY',
            topics: [steps.name],
            types: () => null,
            batchMax: ({ max }) => numericArgument('max', max, { max: 1_000, fallback: 100 }),
          }),
        },
      },
      other: {
        type: GraphQLString,
        subscribe: servedByDelivery,
        extensions: {
          rules: readable,
          ...stream({
            delivery: 'EVERY',
            topics: [steps.name],
            types: () => null,
            matches: () => () => false,
          }),
        },
      },
      off: {
        type: GraphQLInt,
        subscribe: servedByDelivery,
        extensions: {
          rules: readable,
          ...stream({
            delivery: 'LATEST',
            feature: 'FEATURE_OFF',
            topic: 'off',
            keys: () => null,
            everyMs: () => 0,
          }),
        },
      },
    },
  }),
});

/** A path that does nothing but what a test says. */
export function feed(path: string, options: Partial<SocketEndpoint> = {}): SocketEndpoint {
  return {
    dialect: 'test',
    path,
    origins: 'localhost',
    perAddressMax: null,
    protocols: null,
    frameBytesMax: 1024,
    disabledBy: () => null,
    opened() {},
    ...options,
  };
}

/** An endpoint without behaviour of its own, open to all clients; the options of a test override it. */
export function get(path: string, handler: (call: Call) => Promise<void> | void): Route {
  return {
    endpoint: { path, operations: { GET: { requires: null, description: null } } },
    cors: null,
    handlers: { GET: handler },
  };
}

export interface Server extends OurServer {
  /** `host:port`. */
  readonly at: string;
  readonly audited: SecurityEvent[];
  readonly logged: object[];
  /** Errors that clients were not shown. */
  readonly reported: unknown[];
  /** Puts a temperature. */
  measure(celsius: number, note?: string): void;
  append(...texts: string[]): Promise<void>;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Sends a GraphQL request by POST. */
  post(body: unknown, init?: RequestInit): Promise<Response>;
}

export interface ServerOptions {
  readonly auth?: Partial<AuthenticatorOptions>;
  readonly settings?: Partial<ServerSettings>;
  readonly endpoints?: readonly SocketEndpoint[];
  readonly routes?: OurOptions['routes'];
  readonly memory?: MemoryBudget;
  readonly ready?: () => Promise<boolean>;
  readonly log?: EventLog;
  readonly accessEnded?: (viewer: GraphContext['viewer'], where: string) => void;
  /** By id: the only documents that clients may have executed. */
  readonly trusted?: Readonly<Record<string, string>>;
}

/** Everything between a socket and the journal, with the journal in memory. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const gauges = new Gauges();
  const log = options.log ?? openMemoryLog();
  const journal: Journal = { gauges, log, demand: new Demand() };
  const reported: unknown[] = [];
  const serverInfo = { features: { FEATURE_OFF: false } } as unknown as ServerInfo;
  const documents = options.trusted && new Map(Object.entries(options.trusted));
  const audited: SecurityEvent[] = [];
  const logged: object[] = [];
  const { authenticate } = createAccess({
    required: false,
    tokens: [],
    jwtSecret: null,
    capabilitiesOf: (_subject, role) =>
      new Set(role === 'admin' ? ['read', 'write'] : role === 'user' ? ['read'] : []),
    ...options.auth,
  });
  const { endpoints, routes, memory, ready, accessEnded } = options;
  const server = createServer({
    schema,
    journal,
    context: (viewer) => ({ viewer, journal, serverInfo }) as unknown as GraphContext,
    authenticate,
    ...(endpoints === undefined ? {} : { endpoints }),
    ...(routes === undefined ? {} : { routes }),
    ...(memory === undefined ? {} : { memory }),
    ...(ready === undefined ? {} : { ready }),
    ...(accessEnded === undefined ? {} : { accessEnded }),
    settings: {
      trusted: documents ? new TrustedDocuments([{ file: 'documents.json', documents }], schema) : null,
      messageBytesMax: 64 * 1024,
      initTimeoutMs: 3_000,
      connectionsMax: 1_000,
      pingIntervalMs: 60_000,
      ...options.settings,
    },
    log: silentLog,
    socketLog: memorySocketLog(logged),
    report: (error) => void reported.push(error),
    audit: (event) => void audited.push(event),
  });
  const { port } = await server.http.listen('127.0.0.1', 0);
  const at = `127.0.0.1:${port}`;
  const scheme = options.settings?.tls ? 'https' : 'http';
  const get = (path: string, init?: RequestInit) => fetch(`${scheme}://${at}${path}`, init);
  return {
    ...server,
    at,
    audited,
    logged,
    reported,
    measure(celsius, note) {
      const payload = { celsius, ...(note === undefined ? {} : { note }) };
      gauges.put([{ topic: temperature, key: 'here', payload }]);
    },
    async append(...texts) {
      await log.append(texts.map((text) => ({ topic: steps, key: 'k', type: 'taken', payload: { text } })));
    },
    fetch: get,
    post: (body, init = {}) =>
      get('/graphql', {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        ...init,
        headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
      }),
    async [Symbol.asyncDispose]() {
      await server.close(500);
    },
  };
}

function memorySocketLog(lines: object[]): SocketLog {
  const write = (event: string) => (fields: object) => void lines.push({ event, ...fields });
  return {
    logsMessages: false,
    opened: write('opened'),
    closed: write('closed'),
    failed: write('failed'),
    message: write('message'),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** A WebSocket whose messages queue up until they are asked for, so that none can be missed. */
export class TestSocket implements AsyncDisposable {
  readonly socket: WebSocket;
  readonly #messages: string[] = [];
  readonly #waiting: ((message: string | null) => void)[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      const message = (data as Buffer).toString();
      const waiting = this.#waiting.shift();
      if (waiting) waiting(message);
      else this.#messages.push(message);
    });
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        for (const waiting of this.#waiting.splice(0)) waiting(null);
        resolve({ code, reason: reason.toString() });
      });
    });
  }

  /** The next message, parsed. Fails when the socket closes instead. */
  async next(): Promise<unknown> {
    const message =
      this.#messages.shift() ?? (await new Promise<string | null>((resolve) => this.#waiting.push(resolve)));
    if (message === null) throw new Error(`the socket closed: ${JSON.stringify(await this.closed)}`);
    return JSON.parse(message) as unknown;
  }

  get queued(): number {
    return this.#messages.length;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }
}

export async function connect(
  { at }: Server,
  path: string,
  { subprotocol, ...options }: ClientOptions & { readonly subprotocol?: string } = {},
): Promise<TestSocket> {
  const socket = new TestSocket(new WebSocket(`ws://${at}${path}`, subprotocol, options));
  await once(socket.socket, 'open');
  return socket;
}

/** A handshake that is refused: how. */
export async function refused({ at }: Server, path: string, options: ClientOptions = {}) {
  const socket = new WebSocket(`ws://${at}${path}`, options);
  socket.on('error', () => {});
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  const chunks = (await response.toArray()) as Buffer[];
  return {
    status: response.statusCode,
    headers: response.headers,
    body: JSON.parse(Buffer.concat(chunks).toString()) as { detail: string; error: Record<string, unknown> },
  };
}

/** A GraphQL socket past its acknowledgement. */
export async function graphqlConnect(
  server: Server,
  payload?: object,
  options: ClientOptions = {},
): Promise<TestSocket> {
  const socket = await connect(server, '/graphql', { subprotocol: 'graphql-transport-ws', ...options });
  socket.send({ type: 'connection_init', ...(payload === undefined ? {} : { payload }) });
  await socket.next();
  return socket;
}
