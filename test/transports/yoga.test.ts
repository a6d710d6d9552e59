import { Readable } from 'node:stream';
import { serverAudits } from 'graphql-http';
import { describe, expect, test } from 'vitest';
import { signatureOf } from '../../src/auth/signing.ts';
import { startServer, type Server } from './_server.ts';

const tokens = [{ token: 'key-of-the-user', subject: 'bob', role: 'user' }];

/** Reads server-sent events one by one. */
async function* eventsOf(response: Response): AsyncGenerator<{ event: string; data: string }> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const event = /^event: (.*)$/m.exec(block)?.[1];
      if (event !== undefined) yield { event, data: /^data: (.*)$/m.exec(block)?.[1] ?? '' };
    }
  }
}

async function subscribe(server: Server, query: string, accept = 'text/event-stream') {
  const response = await server.fetch(`/graphql?query=${encodeURIComponent(query)}`, { headers: { accept } });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events = eventsOf(response);
  return {
    response,
    events,
    async next(): Promise<unknown> {
      const { value } = (await events.next()) as { value: { event: string; data: string } };
      return value.event === 'next' ? (JSON.parse(value.data) as unknown) : value.event;
    },
  };
}

test('passes the audits of GraphQL over HTTP', async () => {
  await using server = await startServer();
  const outcomes: Record<string, string[]> = { ok: [], notice: [], warn: [], error: [] };
  for (const audit of serverAudits({ url: `http://${server.at}/graphql` })) {
    const result = await audit.fn();
    outcomes[result.status]?.push(
      `${audit.id} ${audit.name}${result.status === 'ok' ? '' : `: ${result.reason}`}`,
    );
  }
  expect(outcomes['error']).toEqual([]);
  expect(outcomes['warn']).toEqual([]);
  expect(outcomes['notice']).toEqual([]);
  expect(outcomes['ok']).toHaveLength(61);
});

describe('a request', () => {
  test('is executed by the engine: with data, with errors of the client, and with masked errors', async () => {
    await using server = await startServer();
    const good = await server.post({
      query: 'query($n: String) { hello(name: $n) missing }',
      variables: { n: 'you' },
    });
    expect(good.status).toBe(200);
    expect(await good.json()).toMatchObject({
      data: { hello: 'hello you', missing: null },
      errors: [{ path: ['missing'], extensions: { code: 'NOT_FOUND' } }],
    });
    const broken = await server.post({ query: '{ broken }' });
    const text = await broken.text();
    expect(JSON.parse(text)).toMatchObject({
      data: { broken: null },
      errors: [{ extensions: { code: 'INTERNAL_ERROR' } }],
    });
    expect(text).not.toContain('1234');
    expect(server.reported).toHaveLength(1);
  });

  test('that is invalid gets 400 in the new media type and 200 in the old one, with the same errors', async () => {
    await using server = await startServer();
    for (const round of [1, 2]) {
      const accept = { headers: { accept: 'application/graphql-response+json' } };
      const [fresh, old] = [
        await server.post({ query: '{ nothing }' }, accept),
        await server.post({ query: '{ nothing }' }),
      ];
      expect([round, fresh.status, old.status]).toEqual([round, 400, 200]);
      const body = (await fresh.json()) as { errors: { extensions: object }[] };
      expect(body.errors[0]?.extensions).toEqual({ code: 'BAD_REQUEST' });
      expect(await old.json()).toEqual(body);
    }
  });

  test.each([
    ['a document that is too long', { query: `{ hello }#${'x'.repeat(40_000)}` }],
    ['a document that is too deep', { query: '{'.repeat(2_000) }],
    ['variables that do not fit', { query: 'query($n: String) { hello(name: $n) }', variables: { n: {} } }],
    ['an operation that is not there', { query: 'query A { hello }', operationName: 'B' }],
  ])('with %s is rejected', async (_name, body) => {
    await using server = await startServer();
    const response = await server.post(body, { headers: { accept: 'application/graphql-response+json' } });
    expect(response.status).toBe(400);
    expect(await response.json()).not.toHaveProperty('data');
  });

  test.each([
    ['a body that is no JSON', '{', 400],
    ['a body that is no object', '"{hello}"', 400],
    ['an empty batch', [], 400],
    ['a batch of eleven operations', Array.from({ length: 11 }, () => ({ query: '{ hello }' })), 400],
    ['a batch with something else', [{ query: '{ hello }' }, 7], 400],
    ['an operationName that is no text', { query: '{ hello }', operationName: 7 }, 400],
    ['more than 1 MiB', { query: '{ hello }', variables: { n: 'x'.repeat(1024 * 1024) } }, 413],
  ])('with %s is rejected: %#', async (_name, body, status) => {
    await using server = await startServer();
    const response = await server.post(body, { headers: { accept: 'application/graphql-response+json' } });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ message: expect.any(String) }] });
    expect(server.reported).toEqual([]);
  });

  test('in chunks of more than 1 MiB in total is rejected', async () => {
    await using server = await startServer();
    async function* endless() {
      for (let index = 0; index < 40; index++) yield Buffer.alloc(64 * 1024, 'x');
    }
    const body = Readable.toWeb(Readable.from(endless())) as BodyInit;
    const headers = { 'content-type': 'application/json' };
    const response = await server.fetch('/graphql', {
      method: 'POST',
      body,
      headers,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
  });

  test.each([
    ['application/x-www-form-urlencoded', 'query=mutation{step(text:"x")}'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['text/plain', '{"query":"mutation{step(text:\\"x\\")}"}'],
    ['application/graphql', 'mutation{step(text:"x")}'],
  ])('sent as %s is rejected without being parsed', async (type, body) => {
    await using server = await startServer();
    const before = server.delivery.head();
    const response = await server.fetch('/graphql', {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    expect(response.status).toBe(415);
    expect(server.delivery.head()).toBe(before);
  });

  test('that is a mutation is rejected by GET', async () => {
    await using server = await startServer();
    const before = server.delivery.head();
    const response = await server.fetch('/graphql?query=mutation{step(text:"x")}');
    expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({
      status: 405,
      allow: 'POST',
    });
    expect(server.delivery.head()).toBe(before);
  });

  test('of a page of another origin is not executed, and the page gets no readable response', async () => {
    await using server = await startServer();
    const before = server.delivery.head();
    const origin = 'http://evil.example';
    const posted = await server.post({ query: 'mutation{step(text:"x")}' }, { headers: { origin } });
    expect(posted.status).toBe(403);
    expect(server.delivery.head()).toBe(before);
    expect(server.audited).toEqual([{ type: 'origin_rejected', path: '/graphql', address: '127.0.0.1' }]);
    const read = await server.fetch('/graphql?query={hello}', { headers: { origin } });
    const asked = await server.fetch('/graphql', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(asked.status).toBe(204);
    for (const { headers } of [posted, read, asked]) {
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('access-control-allow-headers')).toBeNull();
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  test('of a page on this computer is executed, without cookies', async () => {
    await using server = await startServer();
    const headers = { origin: 'http://localhost:5173', 'access-control-request-headers': 'content-type' };
    const asked = await server.fetch('/graphql', { method: 'OPTIONS', headers });
    expect(asked.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(asked.headers.get('access-control-allow-headers')).toBe('content-type');
    const posted = await server.post({ query: '{ hello }' }, { headers });
    expect(posted.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(posted.headers.get('access-control-allow-credentials')).toBeNull();
    expect(posted.headers.get('vary')).toContain('Origin');
  });

  test('is authenticated, and rejected for an invalid credential', async () => {
    await using server = await startServer({ auth: { tokens } });
    const known = await server.post(
      { query: '{ viewer }' },
      { headers: { authorization: 'Bearer key-of-the-user' } },
    );
    expect(await known.json()).toEqual({ data: { viewer: 'bob' } });
    const wrong = await server.post({ query: '{ viewer }' }, { headers: { 'x-api-key': 'guessed' } });
    expect(wrong.status).toBe(401);
    expect(await wrong.json()).toMatchObject({ error: { code: 'AUTHENTICATION_FAILED' } });
    expect(server.audited).toEqual([
      { type: 'authentication_failed', path: '/graphql', address: '127.0.0.1' },
    ]);
    const lacking = await server.post(
      { query: 'mutation{step(text:"x")}' },
      { headers: { accept: 'application/graphql-response+json' } },
    );
    expect(lacking.status).toBe(401);
  });

  test('must be signed where a secret is configured', async () => {
    const secret = 'between the two of us';
    await using server = await startServer({ settings: { signingSecret: secret } });
    const body = '{"query":"{ hello(name: \\"ü\\") }"}';
    const now = Math.floor(Date.now() / 1000);
    const signature = signatureOf({ method: 'POST', path: '/graphql', body }, now, secret);
    const headers = { 'x-timestamp': String(now), 'x-signature': signature };
    expect((await server.post(`${body} `, { headers })).status).toBe(401);
    expect((await server.post(body)).status).toBe(401);
    expect((await server.post(body, { headers })).status).toBe(200);
  });

  test.each(['{ hello }', '{ celsius }', 'mutation { step(text: "x") }'])(
    'that was signed is not carried out a second time: %s',
    async (query) => {
      const secret = 'between the two of us';
      const tokens = [{ token: 'key-of-the-admin', subject: 'ada', role: 'admin' }];
      await using server = await startServer({ settings: { signingSecret: secret }, auth: { tokens } });
      server.measure(21);
      const body = JSON.stringify({ query });
      const send = (timestampS: number) => {
        const signature = signatureOf({ method: 'POST', path: '/graphql', body }, timestampS, secret);
        const proof = { 'x-timestamp': String(timestampS), 'x-signature': signature };
        return server.post(body, { headers: { ...proof, authorization: 'Bearer key-of-the-admin' } });
      };
      const nowS = Math.floor(Date.now() / 1000);
      expect((await send(nowS)).status).toBe(200);
      const head = server.delivery.head();
      expect((await send(nowS)).status).toBe(401);
      expect(server.delivery.head()).toBe(head);
      expect((await send(nowS + 0.25)).status).toBe(200);
    },
  );
});

describe('a batch', () => {
  test('has the result of each operation in its place, also of one that is rejected', async () => {
    await using server = await startServer();
    const response = await server.post([
      { query: '{ hello }' },
      { query: '{ nothing }' },
      { query: 'query($n: String) { hello(name: $n) }', variables: { n: 'you' } },
      { query: 'mutation { step(text: "one") }' },
      { query: 'subscription { step }' },
      {},
    ]);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/json; charset=utf-8',
    ]);
    const rejected = (message: string) => ({
      errors: [{ message: expect.stringContaining(message) as string, extensions: { code: 'BAD_REQUEST' } }],
    });
    expect(await response.json()).toMatchObject([
      { data: { hello: 'hello undefined' } },
      rejected('Cannot query field'),
      { data: { hello: 'hello you' } },
      { data: { step: server.delivery.head() } },
      rejected('must not contain a subscription'),
      rejected('Must provide query string.'),
    ]);
  });

  test('is JSON for every client that accepts it, and authorizes each operation', async () => {
    await using server = await startServer({ auth: { tokens, required: true } });
    const headers = { accept: '*/*, text/event-stream', authorization: 'Bearer key-of-the-user' };
    const body = [{ query: '{ hello }' }, { query: 'mutation { step(text: "x") }' }];
    const response = await server.post(body, { headers });
    expect(await response.json()).toMatchObject([
      { data: { hello: 'hello undefined' } },
      { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
    ]);
  });

  test('may cost together what a single operation may cost', async () => {
    await using server = await startServer();
    const query = '{ things(first: 1000) { things(first: 30) { name } } }';
    const results = (await (
      await server.post(Array.from({ length: 4 }, () => ({ query })))
    ).json()) as object[];
    expect(results.map((result) => 'data' in result)).toEqual([true, true, true, false]);
    expect(results[3]).toMatchObject({
      errors: [{ message: expect.stringMatching(/together/) as string, extensions: { code: 'BAD_REQUEST' } }],
    });
  });
});

describe('an event stream', () => {
  test.each(['text/event-stream', '*/*'])('with Accept: %s delivers events', async (accept) => {
    await using server = await startServer();
    server.measure(20);
    const stream = await subscribe(server, 'subscription { temperature { celsius } }', accept);
    expect(await stream.next()).toEqual({ data: { temperature: { celsius: 20 } } });
    server.measure(21);
    expect(await stream.next()).toEqual({ data: { temperature: { celsius: 21 } } });
    await stream.events.return(undefined);
  });

  test('is rejected for a client that does not accept events', async () => {
    await using server = await startServer();
    const response = await server.fetch('/graphql?query=subscription{step}', {
      headers: { accept: 'application/json' },
    });
    expect(response.status).toBe(406);
  });

  test('that is rejected is a stream with the error and its end', async () => {
    await using server = await startServer();
    const response = await server.fetch('/graphql?query=subscription{off}', {
      headers: { accept: 'text/event-stream' },
    });
    expect(response.status).toBe(200);
    const events = eventsOf(response);
    const { value } = (await events.next()) as { value: { event: string; data: string } };
    expect([value.event, JSON.parse(value.data)]).toMatchObject([
      'next',
      { errors: [{ extensions: { code: 'FEATURE_DISABLED' } }] },
    ]);
    expect((await events.next()).value).toEqual({ event: 'complete', data: '' });
    expect(await events.next()).toMatchObject({ done: true });
  });

  test('is interrupted, not completed, when the server stops, and ends when the client leaves', async () => {
    await using server = await startServer({
      settings: { connectionsPerAddress: { max: 1, loopback: true } },
    });
    const first = await subscribe(server, 'subscription { step(after: "earliest") }');
    await server.append('one');
    expect(await first.next()).toEqual({ data: { step: 'one' } });
    const second = await subscribe(server, 'subscription { step(after: "earliest") }');
    const limited = { errors: [{ extensions: { code: 'RATE_LIMITED', retryable: true } }] };
    expect(await second.next()).toMatchObject(limited);
    await first.events.return(undefined);
    for (;;) {
      const again = await subscribe(server, 'subscription { step(after: "earliest") }');
      if ('errors' in ((await again.next()) as object)) continue;
      server.delivery.close();
      await expect(again.next()).rejects.toThrow('terminated');
      break;
    }
  });

  test('that is not read costs a cursor: it skips to the newest value', async () => {
    await using server = await startServer();
    server.measure(0);
    const stream = await subscribe(server, 'subscription { temperature { celsius note } }');
    expect(await stream.next()).toMatchObject({ data: { temperature: { celsius: 0 } } });
    const quick = await subscribe(server, 'subscription { temperature { celsius } }');
    await quick.next();
    for (let celsius = 1; celsius <= 300; celsius++) {
      server.measure(celsius, 'x'.repeat(100_000));
      expect(await quick.next()).toEqual({ data: { temperature: { celsius } } });
    }
    const seen: number[] = [];
    while (seen.at(-1) !== 300) {
      const { data } = (await stream.next()) as { data: { temperature: { celsius: number } } };
      seen.push(data.temperature.celsius);
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.length).toBeLessThan(200);
    await stream.events.return(undefined);
    await quick.events.return(undefined);
  });

  test('delivers every event to a slow reader', async () => {
    await using server = await startServer();
    const stream = await subscribe(server, 'subscription { step(after: "earliest") }');
    for (let index = 0; index < 200; index++) await server.append(`${index} ${'x'.repeat(100_000)}`);
    for (let index = 0; index < 200; index++)
      expect(await stream.next()).toMatchObject({
        data: { step: expect.stringMatching(new RegExp(`^${index} `)) },
      });
    await stream.events.return(undefined);
  });
});

describe('GraphiQL', () => {
  const html = { headers: { accept: 'text/html' } };

  test('is one page that loads nothing from other servers', async () => {
    await using server = await startServer();
    const response = await server.fetch('/graphql', html);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await response.text();
    expect(page).toContain('"subscriptionsProtocol":"SSE"');
    expect(page).toContain('subscription Live');
    expect(page.replaceAll(/<script>[\s\S]*?<\/script>/g, '')).not.toMatch(/(src|href)="https?:/);
    const again = await server.fetch('/graphql', {
      headers: { ...html.headers, 'if-none-match': response.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  test('can be turned off', async () => {
    await using server = await startServer({ settings: { graphiql: false } });
    const response = await server.fetch('/graphql', html);
    expect(response.headers.get('content-type') ?? '').not.toContain('html');
    expect((await response.text()).length).toBeLessThan(1_000);
  });
});
