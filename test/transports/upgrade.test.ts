import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import type { SocketConnection } from '../../src/websocket/endpoint.ts';
import { connect, feed, refused, startServer } from './_server.ts';

const tokens = [
  { token: 'key-of-the-user', subject: 'bob', role: 'user' },
  { token: 'key-of-the-guest', subject: 'eve', role: 'guest' },
];

describe('a handshake', () => {
  test('is accepted for a path of an endpoint, which gets the viewer', async () => {
    const opened: SocketConnection[] = [];
    const endpoints = [feed('/ws/test', { opened: (connection) => opened.push(connection) })];
    await using server = await startServer({ endpoints, auth: { tokens } });
    await using _socket = await connect(server, '/ws/test/?client_id=a', {
      headers: { 'x-api-key': 'key-of-the-user' },
    });
    expect(opened[0]).toMatchObject({ address: '127.0.0.1', viewer: { subject: 'bob' } });
    expect(opened[0]?.url.searchParams.get('client_id')).toBe('a');
    expect(server.logged).toMatchObject([{ event: 'opened', path: '/ws/test', subject: 'bob' }]);
  });

  test('at an unknown path is rejected with 404 in the form of other errors', async () => {
    await using server = await startServer({ endpoints: [feed('/ws/test')] });
    expect(await refused(server, '/ws/nothing')).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/json; charset=utf-8', connection: 'close' },
      body: {
        detail: 'There is no feed here.',
        error: { code: 'NOT_FOUND', message: 'There is no feed here.' },
      },
    });
    expect((await refused(server, '/ws/test//')).status).toBe(404);
    expect((await refused(server, '//ws/test')).status).toBe(404);
  });

  test.each(['/ws/%zz', '/ws/%ff', '/ws/a%00b'])(
    'at %s, which cannot be read, is refused with 400',
    async (path) => {
      await using server = await startServer({ endpoints: [feed('/ws/test')] });
      expect(await refused(server, path)).toMatchObject({
        status: 400,
        body: { error: { code: 'INVALID_PARAMETER' } },
      });
    },
  );

  test.each(['http://evil.example', 'null'])(
    'of a page from %s is refused with 403 and audited',
    async (origin) => {
      await using server = await startServer({ endpoints: [feed('/ws/test')] });
      const { status, body } = await refused(server, '/ws/test', { origin });
      expect({ status, code: body.error['code'] }).toEqual({ status: 403, code: 'FORBIDDEN' });
      expect(server.audited).toEqual([{ type: 'origin_rejected', path: '/ws/test', address: '127.0.0.1' }]);
    },
  );

  test('of a page on this computer is accepted', async () => {
    await using server = await startServer({ endpoints: [feed('/ws/test')] });
    await using _socket = await connect(server, '/ws/test', { origin: 'http://localhost:3000' });
    expect(server.audited).toEqual([]);
    expect(server.registry.size).toBe(1);
  });

  test('of a page that this server itself delivered is accepted', async () => {
    await using server = await startServer({ endpoints: [feed('/ws/test', { origins: [] })] });
    await using _socket = await connect(server, '/ws/test', { origin: `http://${server.at}` });
    expect(server.registry.size).toBe(1);
  });

  test('is authenticated by its endpoint where that has its own method, whatever other credential it has', async () => {
    const { unauthenticated } = await import('../../src/auth/viewer.ts');
    const opened: SocketConnection[] = [];
    const endpoint = feed('/ws/test', {
      identify: async () => Promise.resolve({ ...unauthenticated, subject: 'known' }),
      opened: (connection) => opened.push(connection),
    });
    await using server = await startServer({ endpoints: [endpoint], auth: { tokens, required: true } });
    await using _socket = await connect(server, '/ws/test', { headers: { 'x-api-key': 'wrong' } });
    expect(opened[0]).toMatchObject({ viewer: { subject: 'known' } });
  });

  test('M36: is rejected by its endpoint with the time to wait, also in a header', async () => {
    const rejection = new AppError('OVERLOADED', 'Later.', {
      details: { retry_after: 42 },
      headers: { 'retry-after': '42' },
    });
    const endpoint = feed('/ws/test', { identify: async () => Promise.reject(rejection) });
    await using server = await startServer({ endpoints: [endpoint] });
    expect(await refused(server, '/ws/test')).toMatchObject({
      status: 503,
      headers: { 'retry-after': '42' },
      body: { error: { code: 'OVERLOADED', retry_after: 42 } },
    });
  });

  test('for a feature that is off is rejected with 503 and its name', async () => {
    const endpoints = [feed('/ws/test', { disabledBy: () => 'FEATURE_SYSTEM_MONITORING' })];
    await using server = await startServer({ endpoints });
    expect(await refused(server, '/ws/test')).toMatchObject({
      status: 503,
      body: {
        detail: 'Monitoring disabled',
        error: { code: 'FEATURE_DISABLED', feature: 'FEATURE_SYSTEM_MONITORING' },
      },
    });
  });

  test('that the endpoint rejects gets the error of the endpoint', async () => {
    const reject = (url: URL) =>
      url.searchParams.has('client_id')
        ? new AppError('INVALID_PARAMETER', 'No.', { details: { param: 'client_id' } })
        : null;
    await using server = await startServer({ endpoints: [feed('/ws/test', { reject })] });
    const { status, body } = await refused(server, '/ws/test?client_id=%20');
    expect({ status, error: body.error }).toEqual({
      status: 400,
      error: { code: 'INVALID_PARAMETER', message: 'No.', param: 'client_id' },
    });
  });

  test.each([
    ['a wrong key', { headers: { 'x-api-key': 'guessed' } }, '', 401],
    ['a wrong key in the URL', {}, '?api_key=guessed', 401],
    ['no credential', {}, '', 401],
    ['a role that may not read', { headers: { 'x-api-key': 'key-of-the-guest' } }, '', 403],
  ])('with %s, where one is required, is rejected', async (_name, options, query, status) => {
    await using server = await startServer({
      endpoints: [feed('/ws/test')],
      auth: { tokens, required: true },
    });
    const answer = await refused(server, `/ws/test${query}`, options);
    expect(answer.status).toBe(status);
    expect(server.audited.length).toBe(status === 401 ? 1 : 0);
    expect(answer.headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined);
    expect(JSON.stringify(server.logged)).not.toContain('guessed');
  });

  test('may omit the credential where the endpoint reads it from a message, but not have an invalid one', async () => {
    const endpoints = [feed('/ws/test', { credentialInMessage: true })];
    await using server = await startServer({ endpoints, auth: { tokens, required: true } });
    await using _socket = await connect(server, '/ws/test');
    expect(server.registry.snapshot().open[0]).toMatchObject({ subject: 'anonymous' });
    expect((await refused(server, '/ws/test?api_key=guessed')).status).toBe(401);
  });

  test('of an address that has reached the limit of the dialect is rejected with 429, until a socket closes', async () => {
    const endpoints = [
      feed('/ws/a', { perAddressMax: 2 }),
      feed('/ws/b', { perAddressMax: 2 }),
      feed('/ws/c', { dialect: 'other' }),
    ];
    await using server = await startServer({ endpoints });
    await using a = await connect(server, '/ws/a');
    await using _b = await connect(server, '/ws/b');
    expect(await refused(server, '/ws/a')).toMatchObject({
      status: 429,
      body: { error: { code: 'RATE_LIMITED' } },
    });
    await using _c = await connect(server, '/ws/c');
    a.socket.close();
    await a.closed;
    while (server.registry.openFrom('test', '127.0.0.1') > 1) await new Promise(setImmediate);
    await using _again = await connect(server, '/ws/a');
  });

  test('does not exceed the limit, however many arrive at the same time', async () => {
    await using server = await startServer({
      endpoints: [feed('/ws/test', { perAddressMax: 5 })],
      auth: { tokens },
    });
    const headers = { 'x-api-key': 'key-of-the-user' };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        Promise.race([
          connect(server, '/ws/test', { headers }),
          once(new EventTarget(), 'never', { signal: AbortSignal.timeout(500) }),
        ]),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(server.registry.size).toBe(5);
  });

  test('of a full server is rejected with 503', async () => {
    await using server = await startServer({
      endpoints: [feed('/ws/test')],
      settings: { connectionsMax: 1 },
    });
    await using _socket = await connect(server, '/ws/test');
    expect(await refused(server, '/ws/test')).toMatchObject({
      status: 503,
      body: { error: { code: 'OVERLOADED' } },
    });
  });

  test('through a trusted proxy counts for the client address that the proxy reports', async () => {
    await using server = await startServer({
      endpoints: [feed('/ws/test', { perAddressMax: 1 })],
      settings: { trustProxy: true },
    });
    const from = (forwarded: string) => ({ headers: { 'x-forwarded-for': forwarded } });
    await using _a = await connect(server, '/ws/test', from('1.1.1.1, 10.0.0.1'));
    await using _b = await connect(server, '/ws/test', from('10.0.0.1, 10.0.0.2'));
    await using _c = await connect(server, '/ws/test', from('no address'));
    expect((await refused(server, '/ws/test', from('2.2.2.2, 10.0.0.1'))).status).toBe(429);
    expect(server.registry.snapshot().open.map(({ address }) => address)).toEqual([
      '10.0.0.1',
      '10.0.0.2',
      '127.0.0.1',
    ]);
  });

  test('counts for its IPv6 network, and is shown with its own address', async () => {
    await using server = await startServer({
      endpoints: [feed('/ws/test', { perAddressMax: 1 })],
      settings: { trustProxy: true },
    });
    const from = (forwarded: string) => ({ headers: { 'x-forwarded-for': forwarded } });
    await using _a = await connect(server, '/ws/test', from('2001:db8::1'));
    await using _b = await connect(server, '/ws/test', from('2001:db8:0:1::1'));
    expect((await refused(server, '/ws/test', from('2001:db8::2'))).status).toBe(429);
    expect(server.registry.snapshot().open.map(({ address }) => address)).toEqual([
      '2001:db8::1',
      '2001:db8:0:1::1',
    ]);
  });

  test('is served by the first matching endpoint of its path', async () => {
    const endpoints = [
      feed('/ws', { dialect: 'with', matches: (url) => url.searchParams.has('mesh') }),
      feed('/ws', { dialect: 'without' }),
    ];
    await using server = await startServer({ endpoints });
    await using _a = await connect(server, '/ws?mesh=');
    await using _b = await connect(server, '/ws');
    expect(server.registry.snapshot().open.map(({ dialect }) => dialect)).toEqual(['with', 'without']);
    expect(JSON.stringify(server.logged)).not.toContain('token=x');
  });

  test('without a Sec-WebSocket-Key is rejected in the form of other errors, and counted', async () => {
    await using server = await startServer({ endpoints: [feed('/ws/test')] });
    const [host, port] = server.at.split(':');
    const socket = connectTcp(Number(port), host);
    socket.end('GET /ws/test HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    const answer = Buffer.concat((await socket.toArray()) as Buffer[]).toString();
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(answer).toContain('"code":"INVALID_PARAMETER"');
    expect(server.registry.snapshot().endpoints).toContainEqual(
      expect.objectContaining({ path: '/ws/test', refused: 1 }),
    );
  });

  test('that is interrupted leaves no socket behind', async () => {
    await using server = await startServer({ endpoints: [feed('/ws/test')] });
    const [host, port] = server.at.split(':');
    for (let index = 0; index < 20; index++) {
      const socket = connectTcp(Number(port), host);
      const head = 'Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';
      socket.write(`GET /ws/test HTTP/1.1\r\n${head}Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`);
      socket.resetAndDestroy();
    }
    await using _socket = await connect(server, '/ws/test');
    while (server.registry.size > 1) await new Promise(setImmediate);
    expect(server.registry.snapshot().open).toHaveLength(1);
  });
});

describe('an open socket', () => {
  test('that sends no pongs is terminated', async () => {
    await using server = await startServer({
      endpoints: [feed('/ws/test')],
      settings: { pingIntervalMs: 20, pongTimeoutMs: 20 },
    });
    await using socket = await connect(server, '/ws/test', { autoPong: false });
    expect(await socket.closed).toMatchObject({ code: 1006 });
    expect(server.logged).toContainEqual(expect.objectContaining({ event: 'failed', reason: 'no pong' }));
    expect(server.registry.recentFailures()).toBe(1);
  });

  test('that sends pongs stays open, and its latency is measured', async () => {
    await using server = await startServer({
      endpoints: [feed('/ws/test')],
      settings: { pingIntervalMs: 10, pongTimeoutMs: 1_000 },
    });
    await using socket = await connect(server, '/ws/test');
    for (let pings = 0; pings < 3; pings++) await once(socket.socket, 'ping');
    expect(server.registry.snapshot().open[0]?.latencyMs).toBeGreaterThan(0);
  });

  test('that sends a frame above the limit is closed with 1009', async () => {
    await using server = await startServer({ endpoints: [feed('/ws/test', { frameBytesMax: 100 })] });
    await using socket = await connect(server, '/ws/test');
    socket.send('x'.repeat(101));
    expect(await socket.closed).toMatchObject({ code: 1009 });
  });

  test('whose endpoint fails is closed with 1011', async () => {
    const opened = (): void => {
      throw new Error('no');
    };
    await using server = await startServer({ endpoints: [feed('/ws/test', { opened })] });
    await using socket = await connect(server, '/ws/test');
    expect(await socket.closed).toMatchObject({ code: 1011 });
  });

  test('is logged without its credential', async () => {
    await using server = await startServer({ endpoints: [feed('/ws/test')], auth: { tokens } });
    await using _socket = await connect(server, '/ws/test?api_key=key-of-the-user');
    expect(server.logged).toMatchObject([{ event: 'opened', url: '/ws/test?api_key=***' }]);
  });

  test('that does not respond to the close frame is terminated after the grace period', async () => {
    await using server = await startServer({ endpoints: [feed('/ws/test')] });
    await using deaf = await connect(server, '/ws/test');
    await using polite = await connect(server, '/ws/test');
    deaf.socket.pause();
    const ending = server.registry.closeAll({ graceMs: 100 });
    expect(await polite.closed).toMatchObject({ code: 1001 });
    await ending;
    while (server.registry.size > 0) await new Promise(setImmediate);
  });
});

describe('the counters of endpoints', () => {
  test('count open, accepted and rejected sockets per path', async () => {
    await using server = await startServer({ endpoints: [feed('/ws/a'), feed('/ws/b')] });
    await using a = await connect(server, '/ws/a');
    await using _again = await connect(server, '/ws/a');
    await refused(server, '/ws/a', { origin: 'http://evil.example' });
    await refused(server, '/ws/nothing');
    await refused(server, '/nothing');
    a.socket.close();
    await a.closed;
    while (server.registry.size > 1) await new Promise(setImmediate);
    const counted = server.registry
      .snapshot()
      .endpoints.map(
        ({ avgLatencyMs: _measured, pings: _pings, received: _received, sent: _sent, ...counts }) => counts,
      );
    expect(counted).toEqual([
      { dialect: 'test', path: '/ws/a', open: 1, accepted: 2, refused: 1, reconnectionCount: 0 },
      { dialect: 'unknown', path: '/ws/*', open: 0, accepted: 0, refused: 1, reconnectionCount: 0 },
      { dialect: 'test', path: '/ws/b', open: 0, accepted: 0, refused: 0, reconnectionCount: 0 },
      { dialect: 'graphql', path: '/graphql', open: 0, accepted: 0, refused: 0, reconnectionCount: 0 },
    ]);
    expect(server.registry.recentFailures()).toBe(3);
  });

  test('contain the mean latency of the open sockets of a path, and null for a path without any', async () => {
    await using server = await startServer({ endpoints: [feed('/ws/a'), feed('/ws/b')] });
    await using _one = await connect(server, '/ws/a');
    await using _other = await connect(server, '/ws/a');
    const latencies = (): (number | null)[] =>
      server.registry.snapshot().open.map(({ latencyMs }) => latencyMs);
    while (latencies().includes(null)) await new Promise(setImmediate);
    const [first = null, second = null] = latencies();
    const [a, b] = ['/ws/a', '/ws/b'].map((path) =>
      server.registry.snapshot().endpoints.find((endpoint) => endpoint.path === path),
    );
    expect(a?.avgLatencyMs).toBeCloseTo(((first ?? 0) + (second ?? 0)) / 2, 6);
    expect(b?.avgLatencyMs).toBeNull();
  });

  test.each([
    ['a client_id that was there before', '?client_id=a', 1000, '?client_id=a', {}, 1],
    ['another client_id', '?client_id=a', 1000, '?client_id=b', {}, 0],
    ['no name after a normal close', '', 1000, '', {}, 0],
    ['no name after a close that was not normal', '', 4000, '', {}, 1],
    ['no name and another User-Agent', '', 4000, '', { headers: { 'user-agent': 'other' } }, 0],
  ])('count as a reconnection: %s', async (_name, first, code, second, options, reconnectionCount) => {
    await using server = await startServer({ endpoints: [feed('/ws/a')] });
    await using socket = await connect(server, `/ws/a${first}`);
    socket.socket.close(code);
    await socket.closed;
    while (server.registry.size > 0) await new Promise(setImmediate);
    await using _again = await connect(server, `/ws/a${second}`, options);
    expect(server.registry.snapshot().endpoints).toContainEqual(
      expect.objectContaining({ path: '/ws/a', accepted: 2, reconnectionCount }),
    );
  });
});
