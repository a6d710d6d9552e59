import { once } from 'node:events';
import { createClient } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openMemoryLog } from '../_util/memory-log.ts';
import { connect, graphqlConnect, startServer, steps, type Server } from './_server.ts';

const tokens = [
  { token: 'key-of-the-admin', subject: 'ada', role: 'admin' },
  { token: 'key-of-the-user', subject: 'bob', role: 'user' },
];

function clientOf({ at }: Server) {
  return createClient({ url: `ws://${at}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
}

function subscribe(id: string, query: string, variables?: object) {
  return { id, type: 'subscribe', payload: { query, ...(variables === undefined ? {} : { variables }) } };
}

describe('the client of graphql-ws', () => {
  test('receives the events of a subscription in order', async () => {
    await using server = await startServer();
    const client = clientOf(server);
    const results = client.iterate({ query: 'subscription { step }' });
    const first = results.next();
    while (server.registry.snapshot().open.length === 0) await new Promise(setImmediate);
    const socket = await graphqlConnect(server); // is subscribed later, so the first is by then
    socket.send(subscribe('s', 'subscription { step }'));
    socket.send(subscribe('q', '{ hello }'));
    await socket.next();
    await socket.next();
    await server.append('one', 'two', 'three');
    expect(await first).toEqual({ done: false, value: { data: { step: 'one' } } });
    expect((await results.next()).value).toEqual({ data: { step: 'two' } });
    expect((await results.next()).value).toEqual({ data: { step: 'three' } });
    await results.return?.();
    await client.dispose();
  });

  test('receives the value of a gauge immediately, and the results of a query and a mutation', async () => {
    await using server = await startServer();
    server.measure(21);
    const client = clientOf(server);
    const [reading] = [client.iterate({ query: 'subscription { temperature { celsius } }' })];
    expect((await reading.next()).value).toEqual({ data: { temperature: { celsius: 21 } } });
    const answer = await client
      .iterate({ query: 'query($n: String) { hello(name: $n) }', variables: { n: 'ü' } })
      .next();
    expect(answer.value).toEqual({ data: { hello: 'hello ü' } });
    const written = await client.iterate({ query: 'mutation { step(text: "x") }' }).next();
    expect(written.value).toEqual({ data: { step: server.delivery.head() } });
    await reading.return?.();
    await client.dispose();
  });

  test('receives one error for a rejected subscription, and its socket stays open', async () => {
    await using server = await startServer();
    const client = clientOf(server);
    const refused = client.iterate({ query: 'subscription { off }' }).next();
    await expect(refused).rejects.toEqual([
      expect.objectContaining({ extensions: { code: 'FEATURE_DISABLED', feature: 'FEATURE_OFF' } }),
    ]);
    const invalid = client.iterate({ query: '{ nothing }' }).next();
    await expect(invalid).rejects.toEqual([expect.objectContaining({ extensions: { code: 'BAD_REQUEST' } })]);
    await client.dispose();
  });
});

describe('the protocol graphql-transport-ws', () => {
  test('sends connection_ack, next and complete as specified, with the id of the client', async () => {
    await using server = await startServer();
    await using socket = await connect(server, '/graphql', { subprotocol: 'graphql-transport-ws' });
    socket.send({ type: 'connection_init' });
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    server.measure(1);
    socket.send(subscribe('"ü\\', 'subscription { temperature { celsius } }'));
    expect(await socket.next()).toEqual({
      id: '"ü\\',
      type: 'next',
      payload: { data: { temperature: { celsius: 1 } } },
    });
    socket.send(subscribe('q', '{ hello(name: "you") }'));
    expect(await socket.next()).toEqual({ id: 'q', type: 'next', payload: { data: { hello: 'hello you' } } });
    expect(await socket.next()).toEqual({ id: 'q', type: 'complete' });
    expect(server.registry.snapshot().open[0]).toMatchObject({ dialect: 'graphql', received: 3, sent: 4 });
  });

  test.each([100, 200, 70_000])('delivers a frame of about %i bytes completely', async (length) => {
    await using server = await startServer();
    server.measure(1, 'é'.repeat(length / 2));
    await using socket = await graphqlConnect(server);
    socket.send(subscribe('s', 'subscription { temperature { note } }'));
    expect(await socket.next()).toMatchObject({
      payload: { data: { temperature: { note: 'é'.repeat(length / 2) } } },
    });
  });

  test('sends the same messages on a compressed socket', async () => {
    await using server = await startServer({ settings: { compression: true } });
    server.measure(1, 'x'.repeat(5_000));
    await using socket = await graphqlConnect(server);
    expect(socket.socket.extensions).toContain('permessage-deflate');
    socket.send(subscribe('s', 'subscription { temperature { note } }'));
    expect(await socket.next()).toMatchObject({
      payload: { data: { temperature: { note: 'x'.repeat(5_000) } } },
    });
  });

  test('ends a subscription immediately when the client sends complete', async () => {
    await using server = await startServer();
    await using socket = await graphqlConnect(server);
    socket.send(subscribe('a', 'subscription { step }'));
    socket.send(subscribe('b', 'subscription { step }'));
    socket.send({ id: 'a', type: 'complete' });
    socket.send(subscribe('q', '{ hello }'));
    expect(await socket.next()).toMatchObject({ id: 'q', type: 'next' });
    expect(await socket.next()).toMatchObject({ id: 'q', type: 'complete' });
    await server.append('one');
    expect(await socket.next()).toEqual({ id: 'b', type: 'next', payload: { data: { step: 'one' } } });
    socket.send(subscribe('r', '{ hello }'));
    expect(await socket.next()).toMatchObject({ id: 'r' });
  });

  test('resumes a subscription after its cursor', async () => {
    await using server = await startServer();
    await server.append('one');
    const cursor = server.delivery.head();
    await server.append('two', 'three');
    await using socket = await graphqlConnect(server);
    socket.send(subscribe('s', 'subscription($after: String) { step(after: $after) }', { after: cursor }));
    expect(await socket.next()).toMatchObject({ payload: { data: { step: 'two' } } });
    expect(await socket.next()).toMatchObject({ payload: { data: { step: 'three' } } });
  });

  test('does not delay the other subscriptions of a connection during a long replay', async () => {
    await using server = await startServer();
    const long = 'x'.repeat(2_000);
    for (let round = 0; round < 20; round++)
      await server.append(...Array.from({ length: 1_000 }, () => long));
    server.measure(21);
    await using socket = await graphqlConnect(server);
    socket.send(subscribe('replay', 'subscription { step(after: "earliest") }'));
    await socket.next();
    socket.send(subscribe('gauge', 'subscription { temperature { celsius } }'));
    const order: string[] = [];
    while (order.length < 20_000) order.push(((await socket.next()) as { id: string }).id);
    expect(order.indexOf('gauge')).toBeLessThan(18_000);
    expect(order.filter((id) => id === 'replay')).toHaveLength(19_999);
  });

  test('keeps the extensions of an error that ends a subscription', async () => {
    const memory = openMemoryLog({ bounds: { entriesMax: 2, bytesMax: 1_000_000 } });
    let answer = (): void => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let ask = (): void => {};
    const waiting = new Promise<void>((resolve) => {
      ask = resolve;
    });
    // The reader is admitted while everything is held, and overtaken by retention before it has read.
    const log = {
      ...memory,
      holds: () => false,
      async page(topics: readonly string[] | null, seq: number, limit: number) {
        ask();
        await asked;
        return memory.page(topics, seq, limit);
      },
    };
    await using server = await startServer({ log });
    await memory.append([{ topic: steps, key: 'k', type: 'taken', payload: { text: 'one' } }]);
    await using socket = await graphqlConnect(server);
    socket.send(subscribe('s', 'subscription { step(after: "earliest") }'));
    await waiting;
    await memory.append(
      ['2', '3', '4'].map((text) => ({ topic: steps, key: 'k', type: 'taken', payload: { text } })),
    );
    answer();
    expect(await socket.next()).toMatchObject({
      id: 's',
      type: 'error',
      payload: [{ extensions: { code: 'CURSOR_EXPIRED', oldestCursor: `${memory.epoch}_2` } }],
    });
  });

  test('masks what a resolver throws, and the subscription continues', async () => {
    await using server = await startServer();
    await using socket = await graphqlConnect(server);
    socket.send(subscribe('s', 'subscription { step(after: "earliest") }'));
    await server.append('bad', 'good');
    expect(await socket.next()).toMatchObject({
      payload: { data: { step: null }, errors: [{ message: 'An unexpected error happened.' }] },
    });
    expect(await socket.next()).toEqual({ id: 's', type: 'next', payload: { data: { step: 'good' } } });
    expect(server.reported).toHaveLength(1);
  });

  test('sends one error for a query with invalid variables', async () => {
    await using server = await startServer();
    await using socket = await graphqlConnect(server);
    socket.send(subscribe('q', 'query($n: String) { hello(name: $n) }', { n: { no: 'text' } }));
    expect(await socket.next()).toMatchObject({
      id: 'q',
      type: 'error',
      payload: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  test('completes every subscription when the engine is closed', async () => {
    await using server = await startServer();
    await using socket = await graphqlConnect(server);
    socket.send(subscribe('s', 'subscription { temperature { celsius } }'));
    socket.send(subscribe('q', '{ hello }'));
    await socket.next();
    await socket.next();
    server.delivery.close();
    expect(await socket.next()).toEqual({ id: 's', type: 'complete' });
  });

  test('allows a hundred operations per connection, and rejects one more with an error', async () => {
    await using server = await startServer();
    await using socket = await graphqlConnect(server);
    for (let index = 0; index < 100; index++) socket.send(subscribe(`s${index}`, 'subscription { step }'));
    socket.send(subscribe('more', 'subscription { step }'));
    expect(await socket.next()).toMatchObject({
      id: 'more',
      type: 'error',
      payload: [{ extensions: { code: 'OVERLOADED' } }],
    });
    socket.send({ id: 's7', type: 'complete' });
    socket.send(subscribe('q', '{ hello }'));
    expect(await socket.next()).toMatchObject({ id: 'q', type: 'next' });
  });

  test('closes the socket with 4400 for an id of more than 128 characters, which every message would repeat', async () => {
    await using server = await startServer();
    await using socket = await graphqlConnect(server);
    socket.send(subscribe('x'.repeat(128), '{ hello }'));
    expect(await socket.next()).toMatchObject({ type: 'next', id: 'x'.repeat(128) });
    socket.send(subscribe('x'.repeat(129), '{ hello }'));
    const [code] = (await once(socket.socket, 'close')) as [number];
    expect(code).toBe(4400);
  });

  test('repeats the payload of a ping of up to 1,024 characters in its pong, but not a longer one', async () => {
    await using server = await startServer();
    await using socket = await graphqlConnect(server);
    const payload = { text: 'x'.repeat(900) };
    socket.send({ type: 'ping', payload });
    expect(await socket.next()).toEqual({ type: 'pong', payload });
    socket.send({ type: 'ping', payload: { text: 'x'.repeat(1_024) } });
    expect(await socket.next()).toEqual({ type: 'pong' });
  });

  test('reads messages above the rate limit later, and loses none', async () => {
    await using server = await startServer();
    await using socket = await graphqlConnect(server);
    for (let index = 0; index < 1_200; index++) socket.send({ type: 'ping', payload: { index } });
    for (let index = 0; index < 1_200; index++)
      expect(await socket.next()).toEqual({ type: 'pong', payload: { index } });
  });
});

describe('a connection is closed', () => {
  test.each([
    ['with 4400 after text that is no JSON', 'hello?', 4400],
    ['with 4400 after a message of no known type', { type: 'hello' }, 4400],
    ['with 4400 after a message that only servers send', { id: 'x', type: 'next', payload: {} }, 4400],
    ['with 4429 after a second init', { type: 'connection_init' }, 4429],
    ['with 1009 after a message that is too long', 'x'.repeat(70_000), 1009],
  ])('%s', async (_name, message, code) => {
    await using server = await startServer();
    await using socket = await graphqlConnect(server);
    socket.send(message);
    expect(await socket.closed).toMatchObject({ code });
  });

  test('with 4409 when an id is used twice, whatever its length', async () => {
    await using server = await startServer();
    await using socket = await graphqlConnect(server);
    const id = 'ü'.repeat(120);
    socket.send(subscribe(id, 'subscription { step }'));
    socket.send(subscribe(id, 'subscription { step }'));
    expect(await socket.closed).toEqual({ code: 4409, reason: '' });
  });

  test('with 4401 after a subscribe before connection_init', async () => {
    await using server = await startServer();
    await using socket = await connect(server, '/graphql', { subprotocol: 'graphql-transport-ws' });
    socket.send(subscribe('q', '{ hello }'));
    expect(await socket.closed).toMatchObject({ code: 4401 });
  });

  test('with 4408 when no connection_init arrives', async () => {
    await using server = await startServer({ settings: { initTimeoutMs: 20 } });
    await using socket = await connect(server, '/graphql', { subprotocol: 'graphql-transport-ws' });
    expect(await socket.closed).toMatchObject({ code: 4408 });
  });

  test('with 4406 when the client offers no supported subprotocol', async () => {
    await using server = await startServer();
    await using socket = await connect(server, '/graphql');
    expect(await socket.closed).toMatchObject({ code: 4406 });
  });

  test('with an error of its protocol and 4406 when the client speaks subscriptions-transport-ws', async () => {
    await using server = await startServer();
    await using socket = await connect(server, '/graphql', { subprotocol: 'graphql-ws' });
    const message = expect.stringContaining('Use graphql-transport-ws') as string;
    expect(await socket.next()).toEqual({ type: 'connection_error', payload: { message } });
    expect(await socket.closed).toEqual({
      code: 4406,
      reason: 'Use the subprotocol graphql-transport-ws.',
    });
  });

  test('not for a client that offers the protocol of subscriptions-transport-ws as well', async () => {
    await using server = await startServer();
    const both = new WebSocket(`ws://${server.at}/graphql`, ['graphql-ws', 'graphql-transport-ws']);
    await once(both, 'open');
    expect(both.protocol).toBe('graphql-transport-ws');
    both.terminate();
  });

  test('with 1012 when the server stops, so that clients reconnect', async () => {
    await using server = await startServer();
    await using socket = await graphqlConnect(server);
    await server.registry.closeAll();
    expect(await socket.closed).toMatchObject({ code: 1012 });
    expect(server.registry.size).toBe(0);
  });
});

describe('the viewer of a connection', () => {
  const asking = subscribe('q', '{ viewer }');

  test.each([
    ['an authorization in the init', { authorization: 'Bearer key-of-the-user' }, {}, 'bob'],
    ['an authorization without Bearer, in capitals', { Authorization: 'key-of-the-user' }, {}, 'bob'],
    ['a token in the init', { token: 'key-of-the-admin' }, {}, 'ada'],
    [
      'a token in the init, before the one in the handshake',
      { token: 'key-of-the-admin' },
      { 'x-api-key': 'key-of-the-user' },
      'ada',
    ],
    ['a header of the handshake', undefined, { authorization: 'Bearer key-of-the-user' }, 'bob'],
    ['nothing', undefined, {}, 'anonymous'],
  ])('is authenticated by %s', async (_name, payload, headers, subject) => {
    await using server = await startServer({ auth: { tokens } });
    await using socket = await graphqlConnect(server, payload, { headers });
    socket.send(asking);
    expect(await socket.next()).toMatchObject({ payload: { data: { viewer: subject } } });
    expect(server.registry.snapshot().open[0]).toMatchObject({ subject });
  });

  test.each([{ token: 'guessed' }, { authorization: 'Basic YTpi' }, { token: 7 }])(
    'is not believed with %j: 4403',
    async (payload) => {
      await using server = await startServer({ auth: { tokens } });
      await using socket = await connect(server, '/graphql', { subprotocol: 'graphql-transport-ws' });
      socket.send({ type: 'connection_init', payload });
      expect(await socket.closed).toMatchObject({ code: 4403 });
      expect(server.audited).toEqual([
        { type: 'authentication_failed', path: '/graphql', address: '127.0.0.1' },
      ]);
      expect(server.registry.recentFailures()).toBe(1);
    },
  );

  test('needs a credential where one is required, in the handshake or in connection_init', async () => {
    await using server = await startServer({ auth: { tokens, required: true } });
    await using unauthenticated = await connect(server, '/graphql', { subprotocol: 'graphql-transport-ws' });
    unauthenticated.send({ type: 'connection_init' });
    expect(await unauthenticated.closed).toMatchObject({ code: 4403 });
    await using user = await graphqlConnect(server, { token: 'key-of-the-user' });
    user.send(asking);
    expect(await user.next()).toMatchObject({ payload: { data: { viewer: 'bob' } } });
  });

  test('has only the rights of the credential', async () => {
    await using server = await startServer({ auth: { tokens } });
    await using user = await graphqlConnect(server, { token: 'key-of-the-user' });
    user.send(subscribe('m', 'mutation { step(text: "x") }'));
    expect(await user.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'FORBIDDEN', requires: ['write'] } }],
    });
    await using anonymous = await graphqlConnect(server);
    anonymous.send(subscribe('m', 'mutation { step(text: "x") }'));
    expect(await anonymous.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'AUTHENTICATION_FAILED' } }],
    });
  });
});

describe('a client that does not read', () => {
  test('is parked and skips to the newest value, while other clients get every value', async () => {
    await using server = await startServer();
    await using slow = await graphqlConnect(server);
    await using quick = await graphqlConnect(server);
    server.measure(0);
    for (const socket of [slow, quick]) {
      socket.send(subscribe('t', 'subscription { temperature { celsius note } }'));
      await socket.next();
    }
    slow.socket.pause();
    const long = 'x'.repeat(100_000);
    for (let celsius = 1; celsius <= 200; celsius++) {
      server.measure(celsius, long);
      expect(await quick.next()).toMatchObject({ payload: { data: { temperature: { celsius } } } });
    }
    slow.socket.resume();
    const seen: number[] = [];
    while (seen.at(-1) !== 200) {
      const { payload } = (await slow.next()) as { payload: { data: { temperature: { celsius: number } } } };
      seen.push(payload.data.temperature.celsius);
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.length).toBeLessThan(150);
  });

  test('gets every event once it reads again', async () => {
    await using server = await startServer();
    await using slow = await graphqlConnect(server);
    slow.send(subscribe('s', 'subscription { step }'));
    slow.send(subscribe('q', '{ hello }'));
    await slow.next();
    await slow.next();
    slow.socket.pause();
    const long = 'x'.repeat(100_000);
    for (let index = 0; index < 200; index++) await server.append(`${index} ${long}`);
    slow.socket.resume();
    for (let index = 0; index < 200; index++)
      expect(await slow.next()).toEqual({
        id: 's',
        type: 'next',
        payload: { data: { step: `${index} ${long}` } },
      });
  });

  test('and keeps sending requests is not read from until it reads', async () => {
    await using server = await startServer({ settings: { messageBytesMax: 1024 * 1024 } });
    await using socket = await graphqlConnect(server);
    socket.socket.pause();
    const queries = 90; // fewer than a connection may have under way
    const name = 'x'.repeat(200_000);
    const query = 'query ($name: String) { hello(name: $name) }';
    for (let index = 0; index < queries; index++) socket.send(subscribe(`q${index}`, query, { name }));
    while ((server.registry.snapshot().open[0]?.received ?? 0) < 21) await new Promise(setImmediate);
    socket.socket.resume();
    const answered: string[] = [];
    while (answered.length < 2 * queries) answered.push(((await socket.next()) as { type: string }).type);
    expect(answered.filter((type) => type === 'next').length).toBe(queries);
    expect(answered.filter((type) => type === 'complete').length).toBe(queries);
  });
});
