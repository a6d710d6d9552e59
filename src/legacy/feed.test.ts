import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  GraphQLBoolean,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  parse,
} from 'graphql';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { RawClient, refusedHandshake } from '../../test/_util/clients.ts';
import type { Viewer } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import { Ticker } from '../fanout/connection.ts';
import { openDoor, type Door } from '../fanout/door.ts';
import type { GraphContext } from '../graph/context.ts';
import { stream, throughTheDoor } from '../graph/stream.ts';
import { formatCursor } from '../journal/cursor.ts';
import { Demand } from '../journal/demand.ts';
import { Gauges } from '../journal/gauges.ts';
import type { EventLog } from '../journal/journal.ts';
import { openMemoryLog } from '../journal/memory-log.ts';
import { every, latest, type Entry } from '../journal/topic.ts';
import { silentLog, type SocketLog } from '../log.ts';
import { createRegistry } from '../transports/registry.ts';
import { createUpgrade } from '../transports/upgrade.ts';
import { event, gauge, greeting, type Dialect, type Document, type FeedSpec } from './dialect.ts';
import { createFeeds, type FeedLimits, type FeedOptions } from './feed.ts';

const level = latest<{ name: string; value: number; quiet?: boolean }>('level');
const rung = every<{ n: number }>('rung');

const int = new GraphQLNonNull(GraphQLInt);
const text = new GraphQLNonNull(GraphQLString);

const Level = new GraphQLObjectType<Entry<{ name: string; value: number; quiet?: boolean }>>({
  name: 'Level',
  fields: {
    name: { type: text, resolve: ({ payload }) => payload.name },
    value: { type: int, resolve: ({ payload }) => payload.value },
    quiet: { type: new GraphQLNonNull(GraphQLBoolean), resolve: ({ payload }) => payload.quiet ?? false },
  },
});

const Rung = new GraphQLObjectType<Entry<{ n: number }>, GraphContext>({
  name: 'Rung',
  fields: {
    n: { type: int, resolve: ({ payload }) => payload.n },
    cursor: { type: text, resolve: ({ seq }, _args, { journal }) => formatCursor(journal.log.epoch, seq) },
  },
});

interface RungData {
  readonly rung: { readonly n: number; readonly cursor: string };
}

/** @param welcome what the query answers, and what happens while it is asked. */
function schemaOf(welcome: () => Promise<string> | string): GraphQLSchema {
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { welcome: { type: text, resolve: welcome } } }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: {
        level: {
          type: Level,
          extensions: stream({ delivery: 'LATEST', topic: level.name, keys: () => null, everyMs: () => 0 }),
          subscribe: throughTheDoor<unknown>,
          resolve: (entry: unknown) => entry,
        },
        rung: {
          type: Rung,
          args: { after: { type: GraphQLString } },
          extensions: stream({ delivery: 'EVERY', topics: [rung.name], types: () => null }),
          subscribe: throughTheDoor<unknown>,
          resolve: (entry: unknown) => entry,
        },
      },
    }),
  });
}

function document<Data>(source: string): Document<Data, Record<string, never>> {
  return parse(source);
}

const mapped = vi.fn<(n: number) => void>();

const spec: FeedSpec = {
  path: '/old/feed',
  summary: '',
  needs: ['FEATURE_A', 'FEATURE_B'],
  parts: [
    event({
      name: 'rung',
      document: document<RungData>('subscription { rung { n cursor } }'),
      map: ({ rung: { n } }) => {
        mapped(n);
        return { type: 'rung', n };
      },
      cursor: ({ rung: { cursor } }) => cursor,
      replayed: true,
    }),
    gauge({
      name: 'level',
      document: document<{ level: { name: string; value: number; quiet: boolean } }>(
        'subscription { level { name value quiet } }',
      ),
      map: ({ level: { name, value } }) => ({ type: 'level', name, value }),
      atConnect: ({ level: { quiet } }) => !quiet,
    }),
    greeting({
      name: 'welcome',
      document: document<{ welcome: string }>('{ welcome }'),
      map: ({ welcome }) => [{ type: 'welcome', welcome }, { type: 'welcomed' }],
    }),
  ],
};

const dialect: Dialect = {
  name: 'old',
  credentials: false,
  routes: [],
  feeds: [spec],
  voice: {
    error: ({ code }, atMs) => ({ type: 'error', code, recent: Math.abs(Date.now() - atMs) < 60_000 }),
    pong: () => ({ type: 'pong' }),
  },
};

const limits: FeedLimits = {
  messageBytesMax: 1_000,
  messagesPerSecondMax: 10,
  perAddressMax: null,
  replayMax: 3,
};
const reader: Viewer = {
  subject: 'anonymous',
  authenticated: false,
  role: null,
  capabilities: new Set(['read']),
};

const silentSocketLog: SocketLog = {
  logsMessages: false,
  opened() {},
  closed() {},
  failed() {},
  message() {},
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

interface Served {
  readonly url: string;
  readonly gauges: Gauges;
  readonly log: EventLog;
  readonly left: () => Promise<void>;
  ring(...numbers: readonly number[]): Promise<unknown>;
  connect(query?: string): RawClient;
}

interface Setup {
  readonly welcome?: (log: EventLog) => Promise<string> | string;
  readonly log?: EventLog;
  readonly options?: Partial<FeedOptions>;
}

async function serve({
  welcome = () => 'you',
  log = openMemoryLog(),
  options = {},
}: Setup = {}): Promise<Served> {
  const journal = { log, gauges: new Gauges(), demand: new Demand() };
  const door = openDoor({
    schema: schemaOf(() => welcome(log)),
    introspection: false,
    context: (viewer) => ({ viewer, journal, facts: { features: {} } }) as unknown as GraphContext,
    log,
    report: (error) => {
      throw error;
    },
  });
  const endpoints = createFeeds({
    door,
    ticker: new Ticker(),
    dialect,
    origins: 'localhost',
    features: {},
    limits,
    log: silentLog,
    socketLog: silentSocketLog,
    ...options,
  });
  const registry = createRegistry();
  const upgrade = createUpgrade({
    endpoints: () => endpoints,
    authenticate: async () => reader,
    registry,
    maxConnections: 100,
    trustProxy: false,
    compression: false,
    pingIntervalMs: 60_000,
    pongTimeoutMs: 60_000,
    log: silentLog,
    socketLog: silentSocketLog,
    audit: () => {},
  });
  const server = createServer().on('upgrade', upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    await registry.closeAll(1001, 100);
    server.close();
  });
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/old/feed`;
  return {
    url,
    gauges: journal.gauges,
    log,
    async left() {
      while (registry.size > 0) await new Promise((resolve) => setImmediate(resolve));
    },
    ring: (...numbers) =>
      log.append(numbers.map((n) => ({ topic: rung, key: 'k', type: 'rung', payload: { n } }))),
    connect: (query = '') => new RawClient(`${url}${query}`),
  };
}

async function greeted(client: RawClient): Promise<RawClient> {
  await client.ofType('welcomed');
  return client;
}

describe('who connects', () => {
  test('gets what there is in the order of the feed, and then what happens', async () => {
    const { connect, gauges, ring } = await serve();
    await ring(1);
    gauges.put([
      { topic: level, key: 'a', payload: { name: 'a', value: 1 } },
      { topic: level, key: 'b', payload: { name: 'b', value: 2 } },
    ]);
    const client = connect();
    expect(await client.next()).toEqual({ type: 'level', name: 'a', value: 1 });
    expect(await client.next()).toEqual({ type: 'level', name: 'b', value: 2 });
    expect(await client.next()).toEqual({ type: 'welcome', welcome: 'you' });
    expect(await client.next()).toEqual({ type: 'welcomed' });
    await ring(2);
    expect(await client.next()).toEqual({ type: 'rung', n: 2 });
    gauges.put([{ topic: level, key: 'a', payload: { name: 'a', value: 3 } }]);
    expect(await client.next()).toEqual({ type: 'level', name: 'a', value: 3 });
  });

  test('misses nothing that happens meanwhile, and gets it after what there is', async () => {
    const welcome = async (log: EventLog): Promise<string> => {
      await log.append([{ topic: rung, key: 'k', type: 'rung', payload: { n: 7 } }]);
      return 'late';
    };
    const { connect } = await serve({ welcome });
    const client = connect();
    expect(await client.next()).toEqual({ type: 'welcome', welcome: 'late' });
    expect(await client.next()).toEqual({ type: 'welcomed' });
    expect(await client.next()).toEqual({ type: 'rung', n: 7 });
  });

  test('is not told of values that are not for newcomers, until they come again', async () => {
    const { connect, gauges } = await serve();
    gauges.put([{ topic: level, key: 'a', payload: { name: 'a', value: 1, quiet: true } }]);
    const client = connect();
    expect(await client.next()).toEqual({ type: 'welcome', welcome: 'you' });
    await greeted(client);
    gauges.put([{ topic: level, key: 'a', payload: { name: 'a', value: 2, quiet: true } }]);
    expect(await client.next()).toEqual({ type: 'level', name: 'a', value: 2 });
  });

  test('is turned away with 503 and the first switch that is off', async () => {
    const { url } = await serve({ options: { features: { FEATURE_B: false } } });
    expect(await refusedHandshake(url)).toMatchObject({
      status: 503,
      body: { error: { code: 'FEATURE_DISABLED', feature: 'FEATURE_B' } },
    });
  });

  test.each(['', 'a b', 'ä', 'x'.repeat(129), 'a/b'])(
    'is turned away with 400 under the name %j',
    async (name) => {
      const { url } = await serve();
      expect(await refusedHandshake(`${url}?client_id=${encodeURIComponent(name)}`)).toMatchObject({
        status: 400,
        body: { error: { code: 'INVALID_PARAMETER', param: 'client_id' } },
      });
    },
  );
});

test('R22: all clients of a feed get the identical message, made once', async () => {
  const { connect, ring } = await serve();
  const clients = await Promise.all(Array.from({ length: 20 }, () => greeted(connect())));
  mapped.mockClear();
  await ring(5);
  const messages = await Promise.all(clients.map((client) => client.next()));
  expect(new Set(messages.map((message) => JSON.stringify(message)))).toEqual(
    new Set(['{"type":"rung","n":5}']),
  );
  expect(mapped).toHaveBeenCalledTimes(1);
});

describe('who comes back under its name', () => {
  test('A52: gets what everybody gets, then every event it missed in order, then what happens', async () => {
    const { connect, ring, left } = await serve();
    const first = await greeted(connect('?client_id=ann'));
    await ring(1);
    await first.ofType('rung');
    first.close();
    await left();
    await ring(2, 3);
    const again = connect('?client_id=ann');
    expect(await again.next()).toEqual({ type: 'welcome', welcome: 'you' });
    expect(await again.next()).toEqual({ type: 'welcomed' });
    expect(await again.next()).toEqual({ type: 'rung', n: 2 });
    expect(await again.next()).toEqual({ type: 'rung', n: 3 });
    await ring(4);
    expect(await again.next()).toEqual({ type: 'rung', n: 4 });
  });

  test('A52: gets at most as many as are kept, the newest', async () => {
    const { connect, ring, left } = await serve();
    const first = await greeted(connect('?client_id=ann'));
    first.close();
    await left();
    await ring(1, 2, 3, 4, 5);
    const again = await greeted(connect('?client_id=ann'));
    expect([await again.next(), await again.next(), await again.next()]).toEqual([
      { type: 'rung', n: 3 },
      { type: 'rung', n: 4 },
      { type: 'rung', n: 5 },
    ]);
  });

  test('A52: gets nothing when none are kept', async () => {
    const { connect, ring, left } = await serve({ options: { limits: { ...limits, replayMax: 0 } } });
    (await greeted(connect('?client_id=ann'))).close();
    await left();
    await ring(1);
    const again = await greeted(connect('?client_id=ann'));
    await ring(2);
    expect(await again.next()).toEqual({ type: 'rung', n: 2 });
  });

  test('is not taken for another, nor for one without a name', async () => {
    const { connect, ring, left } = await serve();
    (await greeted(connect('?client_id=ann'))).close();
    (await greeted(connect())).close();
    await left();
    await ring(1);
    const [bo, nobody] = [await greeted(connect('?client_id=bo')), await greeted(connect())];
    await ring(2);
    expect([await bo.next(), await nobody.next()]).toEqual([
      { type: 'rung', n: 2 },
      { type: 'rung', n: 2 },
    ]);
  });

  test('gets the oldest that are kept when the log has dropped what it missed', async () => {
    const log = openMemoryLog({ bounds: { entriesMax: 2, bytesMax: 1_000_000 } });
    const { connect, ring, left } = await serve({ log });
    (await greeted(connect('?client_id=ann'))).close();
    await left();
    await ring(1, 2, 3, 4);
    const again = await greeted(connect('?client_id=ann'));
    expect(await again.next()).toEqual({ type: 'rung', n: 3 });
  });
});

describe('a client’s message', () => {
  test('ping is answered with pong, and what is not known is ignored', async () => {
    const { connect } = await serve();
    const client = await greeted(connect());
    client.send({ type: 'subscribe', channels: ['all'] });
    client.send({ type: 'ping' });
    expect(await client.next()).toEqual({ type: 'pong' });
  });

  test('A70: that is none is answered with an error, and the connection survives', async () => {
    const { connect, ring } = await serve();
    const client = await greeted(connect());
    for (const broken of ['{', '[]', '{"type":1}', Buffer.from('{"type":"ping"}')]) {
      client.send(broken);
      expect(await client.next()).toEqual({ type: 'error', code: 'INVALID_MESSAGE', recent: true });
    }
    await ring(1);
    expect(await client.next()).toEqual({ type: 'rung', n: 1 });
  });

  test('A61: above the limit is refused, above twice the limit the socket ends with 1009', async () => {
    const { connect } = await serve();
    const client = await greeted(connect());
    client.send('x'.repeat(1_001));
    expect(await client.next()).toMatchObject({ type: 'error', code: 'PAYLOAD_TOO_LARGE' });
    client.send('x'.repeat(2_000));
    expect(await client.next()).toMatchObject({ type: 'error', code: 'PAYLOAD_TOO_LARGE' });
    client.send('x'.repeat(2_001));
    expect((await client.closed).code).toBe(1009);
  });

  test('A62: beyond ten a second is dropped with RATE_LIMITED, and the connection survives', async () => {
    const { connect, ring } = await serve();
    const client = await greeted(connect());
    for (let sent = 0; sent < 50; sent++) client.send({ type: 'ping' });
    for (let answered = 0; answered < 10; answered++) expect(await client.next()).toEqual({ type: 'pong' });
    expect(await client.next()).toMatchObject({ type: 'error', code: 'RATE_LIMITED' });
    await ring(1);
    expect(await client.next()).toEqual({ type: 'rung', n: 1 });
  });

  test('A69: a client that does not stop is closed with 1008, and somebody is told', async () => {
    const flooded = vi.fn<(connection: unknown) => void>();
    const { connect } = await serve({ options: { flooded } });
    const client = await greeted(connect());
    for (let sent = 0; sent < 400; sent++) client.send({ type: 'ping' });
    expect((await client.closed).code).toBe(1008);
    expect(flooded).toHaveBeenCalledTimes(1);
  });
});

describe('a feed whose store does not answer', () => {
  /** A log from which nothing can be read for a while. */
  function failing(times: number): EventLog {
    const log = openMemoryLog();
    let failures = 0;
    return {
      ...log,
      tail: async (...args) => {
        if (failures++ < times)
          throw new AppError('DATABASE_UNAVAILABLE', 'The store does not answer.', { retryable: true });
        return log.tail(...args);
      },
    };
  }

  test('stays open, and goes on where it stood when the store is back', async () => {
    const { connect, ring, left, gauges } = await serve({ log: failing(2) });
    (await greeted(connect('?client_id=ann'))).close();
    await left();
    await ring(1, 2);
    const again = await greeted(connect('?client_id=ann'));
    gauges.put([{ topic: level, key: 'a', payload: { name: 'a', value: 1 } }]);
    expect(await again.next()).toEqual({ type: 'level', name: 'a', value: 1 });
    expect([await again.next(), await again.next()]).toEqual([
      { type: 'rung', n: 1 },
      { type: 'rung', n: 2 },
    ]);
  });
});

test('a viewer who may not read is told and closed with 1008', async () => {
  const door = {
    head: () => 'x_0',
    prepare() {
      throw new AppError('FORBIDDEN', 'This needs the capability read.');
    },
  };
  const { connect } = await serve({ options: { door: door as unknown as Door } });
  const client = connect();
  expect(await client.next()).toMatchObject({ type: 'error', code: 'FORBIDDEN' });
  expect((await client.closed).code).toBe(1008);
});
