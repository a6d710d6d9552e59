import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { refusedHandshake } from '../../_util/clients.ts';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import {
  entry,
  errorMessage,
  type FeedClient,
  justNow,
  oneOf,
  open,
  publish,
  refusal,
  spanClock,
  until,
} from '../_old-client.ts';

const clock = spanClock();
const mebibyte = 1_048_576;
/** These feeds send nothing after connect, so that every further message is a response. */
const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
let app: TestApp;
/** A server with low limits for the size and the rate of messages. */
let strict: TestApp;

beforeAll(async () => {
  [app, strict] = await Promise.all([
    startTestApp(quiet, { keep: true }),
    startTestApp({ ...quiet, WS_MAX_MESSAGE_BYTES: '256', WS_MESSAGE_RATE: '3' }, { keep: true }),
  ]);
});

afterAll(() => Promise.all([app.stop(), strict.stop()]));

async function connected(on = app, path = '/ws/governance', options = {}): Promise<FeedClient> {
  const client = await open(on, path, options);
  if (path === '/ws/governance') await client.next();
  return client;
}

/** The messages before the next pong. */
async function untilPong(client: FeedClient): Promise<Record<string, unknown>[]> {
  const answers: Record<string, unknown>[] = [];
  for (;;) {
    const message = await client.next();
    if (message['type'] === 'pong') return answers;
    answers.push(message);
  }
}

describe('a message of a client', () => {
  it('A6: a JSON ping is answered with a pong and whole Unix seconds, on every feed', async () => {
    for (const path of ['/ws/governance', '/ws/models']) {
      const client = await connected(app, path);
      client.send({ type: 'ping', anything: 'else' });
      expect(await client.next()).toFit({ type: oneOf('pong'), timestamp: justNow });
    }
  });

  it.each([
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['half of JSON', '{"type":"ping"'],
    ['a list', '[{"type":"ping"}]'],
    ['a text', '"ping"'],
    ['a number', '1'],
    ['null', 'null'],
    ['without a type', '{}'],
    ['with a type that is no text', '{"type":7}'],
    ['with a type of null', '{"type":null}'],
    ['binary', Buffer.from('{"type":"ping"}')],
  ])(
    'A70: a message that is %s gets one INVALID_MESSAGE, and the connection stays open',
    async (_what, message) => {
      const client = await connected();
      client.send(message);
      expect(await client.next()).toFit(errorMessage('INVALID_MESSAGE'));
      client.send({ type: 'ping' });
      expect(await untilPong(client)).toEqual([]);
    },
  );

  it('A70: a message of an unknown type is ignored', async () => {
    const client = await connected();
    for (const type of ['subscribe', '', 'PING', '__proto__', 'pong']) client.send({ type });
    client.send({ type: 'ping' });
    expect(await untilPong(client)).toEqual([]);
  });

  it('A61: a message up to 1 MiB is read, above it is rejected, and above 2 MiB closes the connection', async () => {
    const message = (bytes: number): string => {
      const [head, tail] = ['{"type":"ping","pad":"', '"}'];
      return head + 'x'.repeat(bytes - head.length - tail.length) + tail;
    };
    const client = await connected();
    client.send(message(mebibyte));
    expect(await untilPong(client)).toEqual([]);
    for (const bytes of [mebibyte + 1, 2 * mebibyte]) {
      client.send(message(bytes));
      expect(await client.next()).toFit(errorMessage('PAYLOAD_TOO_LARGE'));
    }
    client.send({ type: 'ping' });
    expect(await untilPong(client)).toEqual([]);
    client.send(message(2 * mebibyte + 1));
    expect((await client.closed).code).toBe(1009);
  });

  it('A61: counts bytes, not characters', async () => {
    const client = await connected();
    client.send(JSON.stringify({ type: 'ping', pad: 'é'.repeat(mebibyte / 2) }));
    expect(await client.next()).toFit(errorMessage('PAYLOAD_TOO_LARGE'));
  });

  it('A61: WS_MAX_MESSAGE_BYTES changes the limit', async () => {
    const wide = await startTestApp({ ...quiet, WS_MAX_MESSAGE_BYTES: String(3 * mebibyte) });
    const client = await connected(wide);
    client.send({ type: 'ping', pad: 'x'.repeat(2.5 * mebibyte) });
    expect(await untilPong(client)).toEqual([]);
    const other = await connected(strict);
    other.send({ type: 'ping', pad: 'x'.repeat(300) });
    expect(await other.next()).toFit(errorMessage('PAYLOAD_TOO_LARGE'));
    other.send('x'.repeat(600));
    expect((await other.closed).code).toBe(1009);
  });

  it('A62 A69: exactly 10 messages a second are read; one error reports the rest, and the connection stays open', async () => {
    const client = await connected();
    for (let n = 0; n < 30; n++) client.send({ type: 'ping' });
    for (let n = 0; n < 10; n++) expect(await client.next()).toMatchObject({ type: 'pong' });
    expect(await client.next()).toFit(errorMessage('RATE_LIMITED'));
    await until(async () => (await receivedFromOne(app)) >= 30);
    clock.skip(1_001);
    for (let n = 0; n < 10; n++) client.send({ type: 'ping' });
    for (let n = 0; n < 10; n++) expect(await client.next()).toMatchObject({ type: 'pong' });
    client.send({ type: 'ping' });
    expect(await client.next()).toFit(errorMessage('RATE_LIMITED'));
    expect(client.messages.filter(({ type }) => type === 'error')).toHaveLength(2);
  });

  it('A62: the limit applies to any second, not to seconds of the clock', async () => {
    const client = await connected();
    for (let n = 0; n < 5; n++) client.send({ type: 'ping' });
    for (let n = 0; n < 5; n++) await client.next();
    clock.skip(600);
    for (let n = 0; n < 5; n++) client.send({ type: 'ping' });
    for (let n = 0; n < 5; n++) expect(await client.next()).toMatchObject({ type: 'pong' });
    clock.skip(450); // the first five are more than a second ago
    for (let n = 0; n < 6; n++) client.send({ type: 'ping' });
    for (let n = 0; n < 5; n++) expect(await client.next()).toMatchObject({ type: 'pong' });
    expect(await client.next()).toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('A62: WS_MESSAGE_RATE changes the limit, and invalid messages count too', async () => {
    const client = await connected(strict);
    for (let n = 0; n < 4; n++) client.send('no JSON');
    for (let n = 0; n < 3; n++) expect(await client.next()).toMatchObject({ code: 'INVALID_MESSAGE' });
    expect(await client.next()).toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('A62 A69 A73: a client with more than 200 dropped messages in 60 s is closed with 1008, and that is audited', async () => {
    const client = await connected();
    for (let n = 0; n < 10 + 199; n++) client.send({ type: 'ping' });
    for (let n = 0; n < 10; n++) await client.next();
    await client.next();
    clock.skip(1_001);
    client.send({ type: 'ping' });
    expect(await untilPong(client)).toEqual([]); // 199 dropped messages do not close the connection
    for (let n = 0; n < 12; n++) client.send({ type: 'ping' });
    expect((await client.closed).code).toBe(1008);
    let body: { audit_logs: object[] } = { audit_logs: [] };
    await until(async () => {
      ({ body } = await app.get('/api/governance/audit-logs?event_type=rate_limited'));
      return body.audit_logs.length > 0;
    });
    expect(body).toMatchObject({ total: 1, audit_logs: [{ event_type: 'rate_limited', status: 'failure' }] });
  });

  it('A62: messages that were dropped more than 60 s ago do not count', async () => {
    const client = await connected();
    for (let n = 0; n < 10 + 150; n++) client.send({ type: 'ping' });
    for (let n = 0; n < 11; n++) await client.next();
    clock.skip(1_001);
    client.send({ type: 'ping' });
    await untilPong(client);
    clock.skip(60_000);
    for (let n = 0; n < 10 + 150; n++) client.send({ type: 'ping' });
    for (let n = 0; n < 10; n++) expect(await client.next()).toMatchObject({ type: 'pong' });
    expect(await client.next()).toMatchObject({ code: 'RATE_LIMITED' });
    clock.skip(1_001);
    client.send({ type: 'ping' });
    expect(await untilPong(client)).toEqual([]);
  });
});

/** The largest number of messages that the server has read from one client. */
async function receivedFromOne(on: TestApp): Promise<number> {
  const { data } = await on.graphql<{ connections: { sockets: { receivedCount: number }[] } }>(
    '{ connections { sockets { receivedCount } } }',
  );
  return Math.max(0, ...data.connections.sockets.map(({ receivedCount }) => receivedCount));
}

describe('the heartbeat', () => {
  it('A6 A7: a client that answers pings stays connected; one that does not is disconnected and sees 1006', async () => {
    const own = await startTestApp({ ...quiet, WS_PING_INTERVAL_MS: '100', WS_PONG_TIMEOUT_MS: '150' });
    const [alive, dead] = await Promise.all([
      connected(own),
      connected(own, '/ws/governance', { autoPong: false }),
    ]);
    let pings = 0;
    const pinged = new Promise<void>((resolve) => {
      alive.socket.on('ping', () => {
        pings += 1;
        if (pings === 6) resolve();
      });
    });
    expect((await dead.closed).code).toBe(1006);
    await pinged;
    await publish(own, [entry(1)]);
    expect(await alive.next()).toMatchObject({ data: { action: 'did 1' } });
    expect(alive.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('A6: a ping of the protocol is answered with a pong of the protocol', async () => {
    const client = await connected();
    const answered = new Promise<string>((resolve) => {
      client.socket.once('pong', (data) => resolve(data.toString()));
    });
    client.socket.ping('are you there');
    expect(await answered).toBe('are you there');
  });

  it('a client that closes is answered with its own code', async () => {
    const client = await connected();
    await client.ended(1000);
    expect((await client.closed).code).toBe(1000);
  });
});

describe('the limit of connections', () => {
  it('A69: allows one address 100 sockets on all feeds together, and responds to the next with 429 until one closes', async () => {
    const own = await startTestApp({ ...quiet, TRUST_PROXY: 'true' });
    const clients = await Promise.all(
      Array.from({ length: 100 }, (_, n) => open(own, n % 2 === 0 ? '/ws/governance' : '/ws/models')),
    );
    for (const path of ['/ws/governance', '/ws/models']) {
      const { status, body } = await refusedHandshake(`${own.wsUrl}${path}`);
      expect(status).toBe(429);
      expect(body).toFit(refusal('RATE_LIMITED'));
    }
    await connected(own, '/ws/governance', { headers: { 'x-forwarded-for': '127.0.0.1, 203.0.113.9' } });
    expect((await own.get('/api/governance/roles')).status).toBe(200);
    await clients[0]?.ended();
    await until(() =>
      connected(own).then(
        () => true,
        () => false,
      ),
    );
    const { status } = await refusedHandshake(`${own.wsUrl}/ws/governance`);
    expect(status).toBe(429);
    const { body } = await own.get('/api/websocket/connections');
    expect(body).toMatchObject({ active_connections: 101, total_connections: 102 });
  });

  it('A69: is set by WS_MAX_CONNECTIONS_PER_IP, and a forwarded address counts only behind a proxy', async () => {
    const own = await startTestApp({ ...quiet, WS_MAX_CONNECTIONS_PER_IP: '2' });
    await connected(own);
    await connected(own);
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    expect((await refusedHandshake(`${own.wsUrl}/ws/governance`, { headers })).status).toBe(429);
  });

  it('A69: of the process is answered with 503 when it is reached', async () => {
    const own = await startTestApp({ ...quiet, MAX_WS_CONNECTIONS: '2' });
    await connected(own);
    await connected(own, '/ws/models');
    const { status, body } = await refusedHandshake(`${own.wsUrl}/ws/governance`);
    expect(status).toBe(503);
    expect((body as { error: { code: string } }).error.code).not.toBe('FEATURE_DISABLED');
  });
});

describe('a handshake', () => {
  it.each(['/ws/unknown', '/ws/system/more', '/api/system/metrics', '/ws/SYSTEM'])(
    'at %s, which is no feed, is answered with 404',
    async (path) => {
      const { status, body } = await refusedHandshake(`${app.wsUrl}${path}`);
      expect(status).toBe(404);
      expect(body).toFit(refusal('NOT_FOUND'));
    },
  );

  it.each(['', 'a b', 'ä', 'x'.repeat(129), 'a/b', '<script>'])(
    'A52: with the client_id %j is rejected with 400',
    async (id) => {
      const { status, body } = await refusedHandshake(
        `${app.wsUrl}/ws/governance?client_id=${encodeURIComponent(id)}`,
      );
      expect(status).toBe(400);
      expect(body).toFit(refusal('INVALID_PARAMETER', { param: oneOf('client_id') }));
    },
  );

  it.each(['a', 'A-z_0.9:x', 'x'.repeat(128)])('A52: with the client_id %j is accepted', async (id) => {
    const client = await open(app, `/ws/governance?client_id=${id}`);
    expect(await client.next()).toMatchObject({ type: 'role_hierarchy' });
  });

  it('compresses only when WS_COMPRESSION is true, with the same messages', async () => {
    const plain = await connected();
    expect(plain.socket.extensions).toBe('');
    const own = await startTestApp({ ...quiet, WS_COMPRESSION: 'true' });
    const [small, large] = [
      await connected(own, '/ws/governance', { perMessageDeflate: false }),
      await connected(own),
    ];
    expect(large.socket.extensions).toContain('permessage-deflate');
    expect(small.socket.extensions).toBe('');
    await publish(own, [entry(1, { details: 'compressible '.repeat(300) })]);
    expect(await large.next()).toEqual(await small.next());
    expect(large.texts).toEqual(small.texts);
  });

  it('closes every feed with 1001 when the server stops', async () => {
    const own = await startTestApp();
    const clients = await Promise.all(
      ['/ws/models', '/ws/system', '/ws/governance', '/ws/database'].map((path) => open(own, path)),
    );
    onTestFinished(() => own.stop());
    const stopped = own.stop();
    for (const client of clients) expect((await client.closed).code).toBe(1001);
    await stopped;
  });
});
