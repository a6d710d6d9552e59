import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect as connectTcp, type Socket } from 'node:net';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { limits } from '../../src/graph/limits.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { feed, graphqlConnect, refused, startServer, type Server } from './_server.ts';

/** Limits on what every client may request, on every transport. */

const dear = '{ things(first: 1000) { things(first: 1000) { name } } }';
const costMax = limits.costMax;

function subscribe(id: string, query: string, variables?: object) {
  return { id, type: 'subscribe', payload: { query, ...(variables === undefined ? {} : { variables }) } };
}

function stream(server: Server, query: string) {
  return server.fetch(`/graphql?query=${encodeURIComponent(query)}`, {
    headers: { accept: 'text/event-stream' },
  });
}

/** The code of the error that is the only event of the stream. */
async function rejection(response: Response): Promise<unknown> {
  expect(response.status).toBe(200);
  const [, code] =
    /^event: next\ndata: .*"code":"(\w+)".*\n\n(?:.+\n)*event: complete$/m.exec(await response.text()) ?? [];
  return code;
}

describe('a document that is too expensive', () => {
  const refusal = { code: 'BAD_REQUEST', cost: 1_001_001, costMax };

  test('is rejected by POST and by GET, before anything is executed', async () => {
    await using server = await startServer();
    const accept = { accept: 'application/graphql-response+json' };
    const answers = [
      await server.post({ query: dear }, { headers: accept }),
      await server.fetch(`/graphql?query=${encodeURIComponent(dear)}`, { headers: accept }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: refusal }] });
    }
  });

  test('is rejected over WebSocket, and the connection stays open', async () => {
    await using server = await startServer();
    await using socket = await graphqlConnect(server);
    socket.send(subscribe('dear', dear));
    expect(await socket.next()).toMatchObject({
      id: 'dear',
      type: 'error',
      payload: [{ extensions: refusal }],
    });
    socket.send(subscribe('q', '{ things(first: 2) { name } }'));
    expect(await socket.next()).toMatchObject({ payload: { data: { things: [{}, {}] } } });
  });

  test('is rejected or accepted depending on its variables', async () => {
    await using server = await startServer();
    const query = 'query ($n: Int) { things(first: $n) { things(first: $n) { name } } }';
    const asked = async (n: number) =>
      (await (await server.post({ query, variables: { n } })).json()) as { errors?: unknown[] };
    for (const round of [1, 2]) {
      expect((await asked(1_000)).errors, `round ${round}`).toMatchObject([{ extensions: refusal }]);
      expect((await asked(5)).errors, `round ${round}`).toBeUndefined();
    }
  });

  test('may be a subscription that is accepted with a longer interval', async () => {
    await using server = await startServer();
    server.measure(21);
    const query =
      'subscription ($every: Int) { temperature(everyMs: $every) { things(first: 1000) { a: name b: name c: name d: name e: name f: name g: name h: name i: name j: name k: name } } }';
    await using socket = await graphqlConnect(server);
    socket.send(subscribe('often', query, { every: 100 }));
    expect(await socket.next()).toMatchObject({
      id: 'often',
      type: 'error',
      payload: [
        {
          message: expect.stringContaining('values per second'),
          extensions: { code: 'BAD_REQUEST', costMax },
        },
      ],
    });
    socket.send(subscribe('seldom', query, { every: 1_000 }));
    expect(await socket.next()).toMatchObject({ id: 'seldom', type: 'next' });
    const often = query.replace('($every: Int) ', '').replace('$every', '100');
    expect(await rejection(await stream(server, often))).toBe('BAD_REQUEST');
  });
});

describe('the subscriptions of a connection', () => {
  /** 90,002 values per second. */
  const query =
    'subscription { temperature(everyMs: 100) { things(first: 1000) { a: name b: name c: name d: name e: name f: name g: name h: name i: name } } }';

  test('share a cost limit, and a subscription that ends makes room', async () => {
    await using server = await startServer();
    server.measure(21);
    await using socket = await graphqlConnect(server);
    for (const id of ['a', 'b']) {
      socket.send(subscribe(id, query));
      expect(await socket.next()).toMatchObject({ id, type: 'next' });
    }
    for (const round of [1, 2]) {
      socket.send(subscribe('c', query));
      expect(await socket.next(), `round ${round}`).toMatchObject({
        id: 'c',
        type: 'error',
        payload: [{ extensions: { code: 'OVERLOADED', retryable: true, costMax: limits.connectionCostMax } }],
      });
    }
    socket.send({ id: 'a', type: 'complete' });
    socket.send(subscribe('d', query));
    expect(await socket.next()).toMatchObject({ id: 'd', type: 'next' });
    await using other = await graphqlConnect(server);
    other.send(subscribe('a', query));
    expect(await other.next()).toMatchObject({ id: 'a', type: 'next' });
  });

  test('cost nothing once they are rejected', async () => {
    await using server = await startServer();
    await using socket = await graphqlConnect(server);
    for (let index = 0; index < 300; index++) {
      socket.send(subscribe(`s${index}`, 'subscription { step(after: "no cursor") }'));
      expect(await socket.next()).toMatchObject({ type: 'error' });
    }
    socket.send(subscribe('s', 'subscription { step(after: "earliest") }'));
    await server.append('one');
    expect(await socket.next()).toMatchObject({ id: 's', type: 'next' });
  });
});

describe('a client address', () => {
  const few = { max: 2, loopback: true };
  const spared = { max: 2, loopback: false };

  test('is limited in its connections', async () => {
    await using server = await startServer({ settings: { connectionsPerAddress: few } });
    await using first = await graphqlConnect(server);
    await using _second = await graphqlConnect(server);
    const headers = { 'sec-websocket-protocol': 'graphql-transport-ws' };
    expect(await refused(server, '/graphql', { headers })).toMatchObject({
      status: 429,
      body: { error: { code: 'RATE_LIMITED' } },
    });
    await first[Symbol.asyncDispose]();
    while (server.registry.size > 1) await new Promise(setImmediate);
    await using _third = await graphqlConnect(server);
  });

  test('is limited in its operations over connections and event streams together', async () => {
    await using server = await startServer({ settings: { operationsPerAddress: few } });
    await using one = await graphqlConnect(server);
    await using other = await graphqlConnect(server);
    one.send(subscribe('a', 'subscription { step }'));
    one.send(subscribe('q', '{ hello }'));
    await one.next();
    await one.next();
    const open = await stream(server, 'subscription { step }');
    expect(open.status).toBe(200);
    other.send(subscribe('b', 'subscription { step }'));
    expect(await other.next()).toMatchObject({
      id: 'b',
      type: 'error',
      payload: [
        {
          message: 'One address may have at most 2 operations at a time.',
          extensions: { code: 'OVERLOADED', retryable: true },
        },
      ],
    });
    expect(await rejection(await stream(server, 'subscription { step }'))).toBe('RATE_LIMITED');
    await one[Symbol.asyncDispose]();
    while (server.registry.size > 1) await new Promise(setImmediate);
    other.send(subscribe('c', '{ hello }'));
    expect(await other.next()).toMatchObject({ id: 'c', type: 'next' });
    await open.body?.cancel();
  });

  test('is not limited if it is a loopback address, unless the limit includes these', async () => {
    await using server = await startServer({
      settings: { connectionsPerAddress: spared, operationsPerAddress: spared },
    });
    for (let index = 0; index < 5; index++) {
      const socket = await graphqlConnect(server);
      socket.send(subscribe('s', 'subscription { step }'));
      expect((await stream(server, 'subscription { step }')).status).toBe(200);
    }
    expect(server.registry.size).toBe(5);
  });

  test('is limited if it is that of a client behind a trusted proxy on this computer', async () => {
    await using server = await startServer({
      settings: { connectionsPerAddress: spared, trustProxy: true },
    });
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    await using _first = await graphqlConnect(server, undefined, { headers });
    await using _second = await graphqlConnect(server, undefined, { headers });
    expect((await refused(server, '/graphql', { headers })).status).toBe(429);
  });
});

describe('the app', () => {
  const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };

  async function admitted({ wsUrl }: TestApp, wanted: number): Promise<number> {
    let open = 0;
    for (let index = 0; index < wanted; index++) {
      const socket = new WebSocket(`${wsUrl}/graphql`, 'graphql-transport-ws');
      socket.on('error', () => {});
      await new Promise((resolve) => socket.once('open', resolve).once('close', resolve));
      if (socket.readyState === WebSocket.OPEN) open++;
    }
    return open;
  }

  test('does not limit the connections of loopback addresses by default', async () => {
    const free = await startTestApp({ ...quiet, MAX_WS_CONNECTIONS: '4' });
    expect(await admitted(free, 4)).toBe(4);
    const bound = await startTestApp({ ...quiet, GRAPHQL_MAX_CONNECTIONS_PER_IP: '2' });
    expect(await admitted(bound, 4)).toBe(2);
  });

  test('limits the operations of an address where configured', async () => {
    const app = await startTestApp({ ...quiet, GRAPHQL_MAX_OPERATIONS_PER_IP: '1' });
    const subscribing = (): Promise<Response> =>
      fetch(`${app.url}/graphql?query=subscription{auditEvents{id}}`, {
        headers: { accept: 'text/event-stream' },
      });
    expect((await subscribing()).status).toBe(200);
    expect(await rejection(await subscribing())).toBe('RATE_LIMITED');
    expect((await app.graphql('{ health { live } }')).data).toEqual({ health: { live: true } });
  });
});

describe('compressed content', () => {
  test.each(['gzip', 'deflate', 'br', 'x-unknown', 'identity, gzip'])(
    'is not taken as a body in %s',
    async (encoding) => {
      await using server = await startServer();
      const response = await server.fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': encoding },
        body: gzipSync(JSON.stringify({ query: '{ hello }' })),
      });
      expect(response.status).toBe(415);
      expect(response.headers.get('accept-encoding')).toBe('identity');
      expect(await response.json()).toMatchObject({ error: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
    },
  );

  test('does not include a body with Content-Encoding: identity', async () => {
    await using server = await startServer();
    const response = await server.post(
      { query: '{ hello }' },
      { headers: { 'content-encoding': 'identity' } },
    );
    expect(response.status).toBe(200);
  });

  test('that expands without a limit in a WebSocket message closes the socket with 1009, and takes no memory', async () => {
    await using server = await startServer({ settings: { compression: true } });
    const megabytes = 60;
    const bomb = deflateRawSync(Buffer.alloc(megabytes * 1024 * 1024));
    expect(bomb.length).toBeLessThan(64 * 1024);
    const socket = await compressingSocket(server);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }, 1);
    socket.write(maskedFrame(0xc1, bomb)); // text, compressed, whole
    const [answer] = (await once(socket, 'data')) as [Buffer];
    clearInterval(watching);
    expect([answer[0], answer.readUInt16BE(2)]).toEqual([0x88, 1009]);
    expect(most).toBeLessThan(8 * 1024 * 1024);
    socket.destroy();
  });
});

/** Connections that are neither sockets nor event streams. */
const othersMax = 1_000;

describe('a connection without a request', () => {
  test('counts towards the limit on connections', async () => {
    await using server = await startServer({ settings: { connectionsMax: 0 } });
    const [host, port] = server.at.split(':');
    const idle: Socket[] = [];
    for (let index = 0; index < othersMax; index++) {
      const socket = connectTcp(Number(port), host);
      await once(socket, 'connect');
      idle.push(socket);
    }
    const more = connectTcp(Number(port), host);
    more.on('error', () => {});
    more.write('GET /livez HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(more, 'close');
    expect(more.bytesRead).toBe(0);
    idle.pop()?.destroy();
    for (;;) {
      const response = await server.fetch('/livez').catch(() => null);
      if (response?.status === 200) break;
    }
    for (const socket of idle) socket.destroy();
  });

  test('is closed when its URL or its headers do not end', async () => {
    await using server = await startServer();
    const [host, port] = server.at.split(':');
    const long = 'x'.repeat(20_000);
    for (const head of [
      `GET /graphql?query=${long} HTTP/1.1\r\nHost: a\r\n`,
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${long}\r\n`,
    ]) {
      const socket = connectTcp(Number(port), host);
      socket.write(`${head}\r\n`);
      expect(String(Buffer.concat((await socket.toArray()) as Buffer[]))).toMatch(/^HTTP\/1.1 431 /);
    }
  });
});

describe('a feed with a limit per address', () => {
  test('also limits loopback addresses', async () => {
    await using server = await startServer({ endpoints: [feed('/ws/test', { perAddressMax: 0 })] });
    expect((await refused(server, '/ws/test')).status).toBe(429);
  });
});

/** A handshake done by hand, up to where frames are spoken. */
async function compressingSocket({ at }: Server): Promise<Socket> {
  const handshake = request(`http://${at}/graphql`, {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
      'sec-websocket-protocol': 'graphql-transport-ws',
      'sec-websocket-extensions': 'permessage-deflate',
    },
  });
  handshake.end();
  const [response, socket] = (await once(handshake, 'upgrade')) as [IncomingMessage, Socket];
  expect(response.headers['sec-websocket-extensions']).toContain('permessage-deflate');
  return socket;
}

/** A frame of a client below 64 KiB, with a mask that changes nothing. */
function maskedFrame(firstByte: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head[0] = firstByte;
  head[1] = 0x80 | 126;
  head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}
