import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminKey, startAttacked, type Attacked } from './_attacked.ts';
import { exchange, handshake, head, statusIn, Wire } from './_wire.ts';

// Requests that no honest client sends, against the program as it is started. Each gets its answer, and who uses the
// server well meanwhile does not notice.

const host = 'Host: localhost';
const last = 'Connection: close';
const json = 'Content-Type: application/json';
/** Scaled down from thousands: what counts is that each is cut off by itself. */
const lorises = 300;

const malformed: readonly (readonly [name: string, bytes: string, status: number])[] = [
  [
    'two lengths that agree on nothing',
    `${head('POST /graphql HTTP/1.1', host, json, 'Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n` +
      head('GET /livez HTTP/1.1', host),
    400,
  ],
  [
    'a length twice',
    `${head('POST /graphql HTTP/1.1', host, json, 'Content-Length: 2', 'Content-Length: 3')}{}`,
    400,
  ],
  ['a length below nothing', `${head('POST /graphql HTTP/1.1', host, json, 'Content-Length: -2')}{}`, 400],
  ['a length with a sign', `${head('POST /graphql HTTP/1.1', host, json, 'Content-Length: +2')}{}`, 400],
  [
    'an encoding that is not the last',
    head('POST /graphql HTTP/1.1', host, 'Transfer-Encoding: chunked, identity'),
    400,
  ],
  [
    'an encoding with a letter more',
    head('POST /graphql HTTP/1.1', host, 'Transfer-Encoding: xchunked'),
    400,
  ],
  ['an encoding behind a tab', head('POST /graphql HTTP/1.1', host, 'Transfer-Encoding:\tchunked\t, x'), 400],
  [
    'a chunk of no size',
    `${head('POST /graphql HTTP/1.1', host, json, 'Transfer-Encoding: chunked')}zz\r\n`,
    400,
  ],
  [
    'a chunk with an endless extension',
    `${head('POST /graphql HTTP/1.1', host, json, 'Transfer-Encoding: chunked')}1;${'a'.repeat(40_000)}\r\n`,
    400,
  ],
  ['a header that goes on in the next line', head('GET /livez HTTP/1.1', host, 'X-A: b', ' c'), 400],
  ['a space before the colon', head('GET /livez HTTP/1.1', host, 'X-A : b'), 400],
  ['a zero in a header', head('GET /livez HTTP/1.1', host, 'X-A: b\0c'), 400],
  ['lines that end in half', `GET /livez HTTP/1.1\n${host}\n\n`, 400],
  ['no host', head('GET / HTTP/1.1', last), 400],
  ['another host', head('GET / HTTP/1.1', 'Host: evil.example', last), 403],
  ['two hosts', head('GET / HTTP/1.1', 'Host: localhost', 'Host: evil.example', last), 400],
  ['another host, of old', head('GET / HTTP/1.0'), 403],
  ['a host with a path', head('GET / HTTP/1.1', 'Host: localhost/@evil.example', last), 400],
  ['another version', head('GET / HTTP/3.0', host), 400],
  ['the first bytes of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
  ['the first bytes of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  [
    'thousands of headers of nothing',
    head('GET / HTTP/1.1', host, ...Array.from({ length: 3_000 }, (_, index) => `a${index}: b`)),
    431,
  ],
  ['a head of 20,000 characters', head('GET / HTTP/1.1', host, `X-A: ${'a'.repeat(20_000)}`), 431],
  ['an address of 20,000 characters', head(`GET /?${'a'.repeat(20_000)} HTTP/1.1`, host), 431],
  ['an address of 15,000 characters', head(`GET /${'a'.repeat(15_000)} HTTP/1.1`, host, last), 404],
  ['an unknown expectation', head('POST /graphql HTTP/1.1', host, last, 'Expect: 300-maybe'), 417],
];

const paths: readonly (readonly [path: string, status: number])[] = [
  ['/graphql/../auth/session', 200], // the same as /auth/session, and it says `anonymous`
  ['/graphql/%2e%2e/auth/session', 200],
  ['/auth/session/..', 404],
  ['//livez', 404],
  ['//evil.example/livez', 404],
  ['/livez//', 404],
  ['/livez%00', 400],
  ['/%00', 400],
  ['/%', 400],
  ['/%zz', 400],
  ['/%c0%ae%c0%ae/livez', 400],
  ['/%ff', 400],
  ['/%2flivez', 404],
  ['/%EF%BC%8Flivez', 404],
  ['/LIVEZ', 404],
  ['/livez;a=b', 404],
  ['/\\livez', 404],
  ['*', 400],
  ['livez', 400],
  ['http://evil.example/livez', 200], // as a proxy would ask: a probe, which looks at no host
  ['ftp://localhost/livez', 400],
  ['/.env', 404],
  ['/docs/assets/..%2f..%2f..%2fetc%2fpasswd/x', 404],
  ['/docs/assets/x/..%2f..%2fpackage.json', 404],
  ['/docs/assets/__proto__/constructor', 404],
  ['/__proto__', 404],
  ['/constructor', 404],
  ['/api/logs/__proto__', 404],
  ['/api/logs/constructor', 404],
  ['/api/providers/..%2f..%2fetc%2fpasswd', 404],
  ['/api/providers/%0d%0aSet-Cookie:%20a=b', 404],
  ['/api/providers/%00', 400],
  ['/api/governance/audit-logs?actor_id=%00', 400],
  ['/api/governance/audit-logs?limit=1e9', 400],
  ['/api/governance/audit-logs?limit=-1', 400],
  ['/api/governance/audit-logs?since=0000-01-01', 400],
  ["/api/governance/audit-logs?actor_id=';drop%20table%20events;--", 200],
];

describe('a server that receives malicious requests', () => {
  let server: Attacked;
  let slow: readonly Wire[];

  beforeAll(async () => {
    server = await startAttacked();
    slow = Array.from({ length: lorises }, () => new Wire(server.port, { keep: true }));
    for (const [index, wire] of slow.entries())
      wire.say(
        index % 2 === 0 ? `GET /livez HTTP/1.1\r\n${host}\r\nX-Slow: ` : handshake('/graphql').slice(0, -2),
      );
  });

  afterAll(async () => {
    for (const { socket } of slow) socket.destroy();
    await server.stop();
  });

  const statusOf = async (bytes: string): Promise<number> =>
    (await server.unharmed(() => exchange(server.port, bytes))).status;

  it.each([
    ['heads that are malformed', malformed],
    [
      'paths that are tricks',
      paths.map(([path, status]) => [path, head(`GET ${path} HTTP/1.1`, host, last), status] as const),
    ],
  ])('rejects each of %s with its error', async (_name, cases) => {
    const answers = await server.unharmed(() =>
      Promise.all(cases.map(async ([name, bytes]) => ({ name, ...(await exchange(server.port, bytes)) }))),
    );
    const statuses = answers.map(({ name, status }) => [name, status]);
    expect(statuses).toEqual(cases.map(([name, , status]) => [name, status]));
    for (const { text } of answers) {
      expect(text.slice(0, text.indexOf('\r\n\r\n'))).not.toMatch(/^set-cookie/im);
      expect(text).not.toContain('root:');
    }
  });

  it('executes nothing for methods that it does not serve, whatever their override headers', async () => {
    const methods = ['TRACE', 'PUT', 'DELETE', 'PATCH', 'PROPFIND', 'PURGE', 'QUERY'];
    const served = ['/graphql', '/publish', '/api/system/metrics', '/livez', '/openapi.json', '/ws/system'];
    const posing = ['X-HTTP-Method-Override: POST', `X-API-Key: ${adminKey}`, last];
    const cases = methods.flatMap((method) => served.map((path) => `${method} ${path}`));
    const answers = await server.unharmed(() =>
      Promise.all(cases.map((one) => exchange(server.port, head(`${one} HTTP/1.1`, host, ...posing)))),
    );
    expect(answers.map(({ status }, index) => [cases[index], status])).toEqual(
      cases.map((one) => [one, 405]),
    );
    for (const { text } of answers) expect(text).not.toContain(adminKey);
  });

  it('is not usable as a proxy', async () => {
    const { text } = await server.unharmed(() =>
      exchange(server.port, head('CONNECT evil.example:443 HTTP/1.1', 'Host: evil.example:443')),
    );
    expect(statusIn(text)).toBe(405);
    expect(await statusOf(head('GET http://evil.example/ HTTP/1.1', 'Host: evil.example', last))).toBe(403);
  });

  it('does not switch to another protocol', async () => {
    const others = ['h2c', 'TLS/1.2', 'websocket, h2c', 'WebSocket2'];
    const statuses = await server.unharmed(() =>
      Promise.all(
        others.map(async (upgrade) => {
          const lines = [host, 'Connection: Upgrade', `Upgrade: ${upgrade}`];
          return (await exchange(server.port, head('GET /livez HTTP/1.1', ...lines))).status;
        }),
      ),
    );
    expect(statuses).toEqual(others.map(() => 200)); // in this one
    expect(await statusOf(head('POST /livez HTTP/1.1', host, 'Connection: Upgrade', 'Upgrade: h2c'))).toBe(
      400,
    );
  });

  it('responds to a thousand requests on one connection in order', async () => {
    const count = 1_000;
    const wire = new Wire(server.port);
    await server.unharmed(async () => {
      const asked = Array.from({ length: count }, (_, index) =>
        head(`GET /api/providers/p${index} HTTP/1.1`, host),
      );
      wire.say(asked.join('') + head('GET /livez HTTP/1.1', host, last));
      await wire.closed;
    });
    const named = [...wire.text.matchAll(/"detail":"There is no provider p(\d+)\."/g)].map(([, index]) =>
      Number(index),
    );
    expect(named).toEqual(Array.from({ length: count }, (_, index) => index));
  });

  it('does not fill its memory with unread responses', async () => {
    const wire = new Wire(server.port);
    wire.socket.pause();
    const asking = head('GET /openapi.json HTTP/1.1', host).repeat(100);
    await server.unharmed(async () => {
      for (let sent = 0; sent < 50; sent++) wire.say(asking); // a gigabyte of answers
      await server.neighbourGets(5);
    });
    expect(await server.grownMb()).toBeLessThan(150);
    wire.socket.destroy();
  });

  it('keeps nothing of event streams that were opened and left', async () => {
    const query = encodeURIComponent('subscription { connections(everyMs: 100) { sampledAt openCount } }');
    const asking = head(`GET /graphql?query=${query} HTTP/1.1`, host, 'Accept: text/event-stream');
    await server.unharmed(async () => {
      const streams = Array.from({ length: 200 }, () => new Wire(server.port));
      for (const stream of streams) stream.say(asking);
      await Promise.all(streams.map((stream) => stream.until((text) => text.includes('event: next'))));
      for (const { socket } of streams) socket.destroy();
    });
    const members = async (): Promise<unknown> => {
      const response = await fetch(`${server.url}/graphql?query={subscriptions{subscriberCount}}`);
      return ((await response.json()) as { data: { subscriptions: { subscriberCount: number } } }).data
        .subscriptions.subscriberCount;
    };
    await expect.poll(members).toBe(1); // the neighbour's
  });

  it('does not keep the requests of open event streams', async () => {
    const junk = `[${'{},'.repeat(300_000)}{}]`; // twenty megabytes, once it is read
    const body = `{"query":"subscription { connections { sampledAt } }","variables":{"a":${junk}}}`;
    const lines = [host, json, 'Accept: text/event-stream', `Content-Length: ${body.length}`];
    await server.unharmed(async () => {
      for (let count = 0; count < 10; count++) {
        const stream = new Wire(server.port);
        stream.say(head('POST /graphql HTTP/1.1', ...lines) + body);
        await stream.until((text) => text.includes('event: next'));
      }
    });
    expect(await server.grownMb()).toBeLessThan(150);
  });

  it('stops reading a body that is too long', async () => {
    const bytes = `${head('POST /graphql HTTP/1.1', host, json, last, 'Content-Length: 1000000000')}${'x'.repeat(20_000_000)}`;
    const wire = new Wire(server.port);
    await server.unharmed(async () => {
      wire.say(bytes);
      await wire.until((text) => text.includes('\r\n\r\n{'));
    });
    expect(statusIn(wire.text)).toBe(413);
    expect(wire.text).toContain('PAYLOAD_TOO_LARGE');
  });

  it('rejects a compressed body without decompressing it', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, ' '));
    expect(bomb.length).toBeLessThan(100_000);
    const paths = ['/graphql', '/publish', '/api/scheduler/trigger/none'];
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip', 'x-api-key': adminKey };
    const statuses = await server.unharmed(() =>
      Promise.all(
        paths.map(
          async (path) => (await fetch(server.url + path, { method: 'POST', headers, body: bomb })).status,
        ),
      ),
    );
    expect(statuses).toEqual(paths.map(() => 415));
  });

  it('logs no error when clients leave during a request', async () => {
    await server.unharmed(async () => {
      for (const path of ['/graphql', '/publish', '/api/scheduler/trigger/none']) {
        for (let count = 0; count < 20; count++) {
          const wire = new Wire(server.port);
          const lines = [
            `POST ${path} HTTP/1.1`,
            host,
            json,
            `X-API-Key: ${adminKey}`,
            'Content-Length: 100',
          ];
          wire.say(`${head(...lines, 'Expect: 100-continue')}{"que`);
          await wire.until((text) => text.includes('100 Continue'));
          wire.socket.destroy();
        }
      }
      await server.neighbourGets(2);
    });
    expect(server.logged.filter((line) => line.includes('"level":"ERROR"'))).toEqual([]);
  });

  it.each([
    '/graphql',
    '/publish',
    '/auth/session',
    '/api/system/metrics',
    '/api/dashboard/agents/status',
    '/openapi.json',
  ])('sends pages of other origins no readable response from %s', async (path) => {
    for (const origin of [
      'https://evil.example',
      'null',
      'http://localhost.evil.example',
      'http://evil.example#localhost',
      'http://localhost@evil.example',
      'file://',
      'http://127.0.0.1.nip.io',
    ]) {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const { headers } = await fetch(server.url + path, { method, headers: { origin } });
        const allowed = headers.get('access-control-allow-origin');
        // The documents are public and can be read by pages of every origin.
        expect([path, origin, method, allowed]).toEqual([
          path,
          origin,
          method,
          path === '/openapi.json' ? origin : null,
        ]);
      }
    }
  });

  it('executes no change for pages of other origins', async () => {
    const origin = 'https://evil.example';
    for (const [path, type] of [
      ['/graphql', 'application/json'],
      ['/graphql', 'text/plain'],
      ['/publish', 'application/json'],
      ['/publish', 'text/plain'],
      ['/auth/session', 'text/plain'],
      ['/api/scheduler/trigger/health_checks', 'text/plain'],
    ] as const) {
      const response = await fetch(server.url + path, {
        method: 'POST',
        headers: { origin, 'content-type': type },
        body: JSON.stringify({
          query: 'mutation { triggerJob(input: { jobId: "health_checks" }) { __typename } }',
        }),
      });
      expect([path, type, response.status]).toEqual([path, type, 403]);
    }
  });

  it('writes well-formed log lines, whatever a request contains', async () => {
    const injected = '\u001b[31m{"level":"ERROR","msg":"forged"}';
    const escaped = encodeURIComponent(`\n${injected}\r\n`);
    const secret = 'S3cretThatMustNotAppear';
    await server.unharmed(async () => {
      for (const path of ['/ws/system', '/ws', '/graphql', '/nothing']) {
        for (const query of [
          `client_id=${escaped}`,
          `api_key=${secret}`,
          `to%6ben=${secret}`,
          `key=${secret}&${escaped}=1`,
          `access_token=${secret}%0a${escaped}`,
        ]) {
          const lines = [
            `User-Agent: ${injected}`,
            `X-Forwarded-For: ${injected}`,
            'Sec-WebSocket-Extensions: %0a',
          ];
          const wire = new Wire(server.port);
          wire.say(handshake(`${path}?${query}`, { headers: lines }));
          await wire.until((text) => text.includes('\r\n\r\n'));
          wire.socket.destroy();
        }
      }
      await exchange(
        server.port,
        head(
          `GET /graphql?query={viewer{subject}}&${escaped} HTTP/1.1`,
          host,
          last,
          `Authorization: Bearer ${secret}`,
        ),
      );
      await server.neighbourGets(1); // and the lines have come
    });
    for (const line of server.logged) expect(() => JSON.parse(line) as unknown).not.toThrow();
    const text = server.logged.join('\n');
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
    expect(text).not.toContain(secret);
    expect(server.logged.map((line) => (JSON.parse(line) as { msg: string }).msg)).not.toContain('forged');
  });

  it('closes a connection that never completes its head with 408', async () => {
    const answers = await server.unharmed(() => Promise.all(slow.map(({ closed }) => closed)));
    expect(new Set(answers.map(statusIn))).toEqual(new Set([408]));
  });

  it('uses no more memory afterwards', async () => {
    expect(await server.grownMb()).toBeLessThan(150);
  });
});
