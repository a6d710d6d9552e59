import { describe, expect, test } from 'vitest';
import { refusedHandshake } from '../../test/_util/clients.ts';
import type { Dialect, FeedSpec } from './dialect.ts';
import { eventPart, type FeedPart, gaugePart, queryPart, requestPart, staticPart } from './feed-parts.ts';
import { dialect, document, level, limits, serve } from './feed-server.contract.ts';

/** Combinations of parts in a feed: several intervals, a parameter in the path, requests of clients. */

interface LevelData {
  readonly level: { readonly name: string; readonly value: number };
}

const levels = document<LevelData, { name?: string; everyMs?: number }>(
  'subscription ($name: String, $everyMs: Int) { level(name: $name, everyMs: $everyMs) { name value } }',
);
const welcome = document<{ welcome: string }>('{ welcome }');

function ofLevel(type: string) {
  return ({ level: { name, value } }: LevelData) => ({ type, name, value });
}

function dialectWith(feed: Omit<FeedSpec, 'summary' | 'needs'>, more: Partial<Dialect> = {}): Dialect {
  return { ...dialect, ...more, feeds: [{ summary: '', needs: [], ...feed }] };
}

function put(name: string, value: number, urgent = false) {
  return { topic: level, key: name, payload: { name, value }, urgent };
}

describe('a feed of several parts', () => {
  const parts: readonly FeedPart[] = [
    staticPart({
      name: 'hello',
      message: ({ atMs }, { id }) => ({ type: 'hello', recent: atMs > 0, named: id !== '' }),
    }),
    queryPart({ name: 'welcome', document: welcome, map: ({ welcome: who }) => ({ type: 'welcome', who }) }),
    gaugePart({
      name: 'fast',
      document: levels,
      variables: { name: 'a', everyMs: 0 },
      map: ofLevel('fast'),
      opening: ofLevel('fast_opening'),
    }),
    gaugePart({
      name: 'slow',
      document: levels,
      variables: { name: 'a', everyMs: 3_600_000 },
      map: ofLevel('slow'),
      atConnect: () => false,
    }),
    eventPart({
      name: 'rung',
      document: document<{ rung: { n: number; cursor: string } }>('subscription { rung { n cursor } }'),
      map: ({ rung: { n } }) => ({ type: 'rung', n }),
    }),
  ];

  test('sends the current values in the order of its parts, some as opening messages', async () => {
    const { connect, gauges } = await serve({
      options: { dialect: dialectWith({ path: '/old/feed', parts }) },
    });
    gauges.put([put('a', 1)]);
    const client = connect();
    expect([await client.next(), await client.next(), await client.next()]).toEqual([
      { type: 'hello', recent: true, named: true },
      { type: 'welcome', who: 'you' },
      { type: 'fast_opening', name: 'a', value: 1 },
    ]);
  });

  test('sends each gauge at its own pace, and urgent values immediately', async () => {
    const { connect, gauges, ring } = await serve({
      options: { dialect: dialectWith({ path: '/old/feed', parts }) },
    });
    gauges.put([put('a', 1)]);
    const client = connect();
    await client.ofType('fast_opening');
    const slowMessages = async (): Promise<unknown> => {
      await ring(7);
      const messages = [];
      for (;;) {
        const message = await client.next();
        if (message['type'] === 'rung') return messages;
        messages.push([message['type'], message['value']]);
      }
    };
    gauges.put([put('a', 2)]);
    await client.ofType('slow'); // its first message
    gauges.put([put('a', 3)]);
    await client.ofType('fast');
    expect(await slowMessages()).toEqual([]);
    gauges.put([put('a', 4, true)]);
    const both = [await client.next(), await client.next()].map(({ type }) => String(type)).sort();
    expect(both).toEqual(['fast', 'slow']);
  });
});

describe('a feed with a parameter in its path', () => {
  const byName = dialectWith({
    path: '/old/levels/{name}/feed',
    parts: [
      gaugePart({
        name: 'level',
        document: levels,
        variables: ({ name = '' }) => ({ name }),
        map: ofLevel('level'),
      }),
    ],
    reject: ({ name = '' }) =>
      name.startsWith('unknown') ? { code: 4004, reason: `Invalid name: ${name}` } : null,
  });

  test('R23: sends each client only values of the parameter in its path', async () => {
    const { connect, gauges } = await serve({ options: { dialect: byName } });
    gauges.put([put('a', 1), put('b/c', 2)]);
    const [a, b] = [connect('', '/old/levels/a/feed'), connect('', '/old/levels/b%2Fc/feed/')];
    expect([await a.next(), await b.next()]).toEqual([
      { type: 'level', name: 'a', value: 1 },
      { type: 'level', name: 'b/c', value: 2 },
    ]);
    gauges.put([put('b/c', 3)]);
    expect(await b.next()).toMatchObject({ value: 3 });
    gauges.put([put('a', 4)]);
    expect(await a.next()).toEqual({ type: 'level', name: 'a', value: 4 });
  });

  test('R18: accepts and closes a client that it rejects, with its own code and the reason cut to what fits', async () => {
    const { connect } = await serve({ options: { dialect: byName } });
    const closed = await connect('', '/old/levels/unknown/feed').closed;
    expect(closed).toEqual({ code: 4004, reason: 'Invalid name: unknown' });
    const long = await connect('', `/old/levels/unknown${encodeURIComponent('ä'.repeat(200))}/feed`).closed;
    expect(long.code).toBe(4004);
    expect(long.reason).toMatch(/^Invalid name: unknownä+$/);
    expect(Buffer.byteLength(long.reason)).toBeLessThanOrEqual(123);
  });
});

describe('feeds that share a path', () => {
  const path = '/old/feed';
  const sending = (type: string): FeedPart[] => [staticPart({ name: type, message: () => ({ type }) })];
  const hasToken = (url: URL): boolean => url.searchParams.has('token');

  test('G4: are selected by the query of the URL, where an empty token counts as a token', async () => {
    const shared: Dialect = {
      ...dialect,
      feeds: [
        { path, summary: '', needs: [], parts: sending('without'), matches: (url) => !hasToken(url) },
        { path, summary: '', needs: [], parts: sending('with'), matches: hasToken },
      ],
    };
    const { connect } = await serve({ options: { dialect: shared } });
    const types = ['', '?token=', '?token=x', '?client_id=token'].map((query) => connect(query).next());
    expect(await Promise.all(types)).toEqual(
      ['without', 'with', 'with', 'without'].map((type) => ({ type })),
    );
  });

  test('G5: reject a client that none of them matches', async () => {
    const { url } = await serve({
      options: {
        dialect: dialectWith({ path, parts: sending('without'), matches: (asked) => !hasToken(asked) }),
      },
    });
    expect(await refusedHandshake(`${url}?token=x`)).toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND' } },
    });
  });
});

describe('a request of a client', () => {
  const requesting = dialectWith(
    {
      path: '/old/feed',
      parts: [
        eventPart({
          name: 'rung',
          document: document<{ rung: { n: number; cursor: string } }>('subscription { rung { n cursor } }'),
          map: ({ rung: { n } }) => ({ type: 'rung', n }),
        }),
        staticPart({ name: 'hello', message: () => ({ type: 'hello' }) }),
      ],
      requests: [
        requestPart({
          name: 'request_welcome',
          response: 'welcome',
          everyMs: 1_000,
          document: welcome,
          map: ({ welcome: who }) => ({ type: 'welcome', who }),
        }),
      ],
    },
    {
      controlMessages: {
        ...dialect.controlMessages,
        pong: (atMs, { timestamp }) => ({
          type: 'pong',
          timestamp: typeof timestamp === 'number' ? timestamp : atMs > 0,
        }),
      },
    },
  );

  test('is answered to that client only, and at most once in its interval', async () => {
    const { connect, ring } = await serve({ options: { dialect: requesting } });
    const [curious, other] = [connect(), connect()];
    await Promise.all([curious.ofType('hello'), other.ofType('hello')]);
    for (let asked = 0; asked < 5; asked++) curious.send({ type: 'request_welcome' });
    expect(await curious.next()).toEqual({ type: 'welcome', who: 'you' });
    curious.send({ type: 'ping', timestamp: 1 }); // earlier requests have been handled when it is answered
    expect(await curious.next()).toEqual({ type: 'pong', timestamp: 1 });
    await ring(1);
    expect([await curious.next(), await other.next()]).toEqual([
      { type: 'rung', n: 1 },
      { type: 'rung', n: 1 },
    ]);
  });

  test('that cannot be answered does not affect the feed', async () => {
    const welcomes = async (): Promise<string> => Promise.reject(new Error('not today'));
    const { connect, ring } = await serve({
      welcome: welcomes,
      options: { dialect: requesting },
      report: () => {},
    });
    const client = connect();
    await client.ofType('hello');
    client.send({ type: 'request_welcome' });
    client.send({ type: 'ping', timestamp: 2 });
    expect(await client.next()).toEqual({ type: 'pong', timestamp: 2 });
    await ring(1);
    expect(await client.next()).toEqual({ type: 'rung', n: 1 });
  });

  test('P3: a ping is answered with its own timestamp, unchanged', async () => {
    const { connect } = await serve({ options: { dialect: requesting } });
    const client = connect();
    await client.ofType('hello');
    for (const timestamp of [0, 1_763_700_000_123, -1.5]) {
      client.send({ type: 'ping', timestamp });
      expect(await client.next()).toEqual({ type: 'pong', timestamp });
    }
    client.send({ type: 'ping' });
    expect(await client.next()).toEqual({ type: 'pong', timestamp: true });
  });
});

describe('the sockets of one address', () => {
  const limited = { ...limits, perAddressMax: 2 };
  const parts = [staticPart({ name: 'hello', message: () => ({ type: 'hello' }) })];

  test('R28: are limited where the dialect limits them; the next handshake gets 429', async () => {
    const strict = dialectWith({ path: '/old/feed', parts }, { limitedPerAddress: true });
    const { connect, url } = await serve({ options: { dialect: strict, limits: limited } });
    await Promise.all([connect().next(), connect().next()]);
    expect(await refusedHandshake(url)).toMatchObject({
      status: 429,
      body: { error: { code: 'RATE_LIMITED' } },
    });
  });

  test('are not limited where the dialect does not limit them', async () => {
    const open = dialectWith({ path: '/old/feed', parts });
    const { connect } = await serve({ options: { dialect: open, limits: limited } });
    const clients = [connect(), connect(), connect()];
    expect(await Promise.all(clients.map((client) => client.next()))).toHaveLength(3);
  });
});
