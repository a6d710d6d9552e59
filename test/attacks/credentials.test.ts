import {
  createHmac,
  createSecretKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  type KeyObject,
} from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signatureOf } from '../../src/auth/signing.ts';
import { adminKey, audited, bearing, change, createToken, secret, startGuarded } from '../access/_access.ts';
import type { TestApp } from '../_util/app.ts';
import { RawClient, refusedHandshake } from '../_util/clients.ts';

// Credentials that are forged, changed, intercepted or expired.

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const nowS = (): number => Math.floor(Date.now() / 1_000);

/** A JWT with any content. @param signing returns the signature of the header and the claims. */
function forged(header: object, claims: object, signing: (text: string) => Buffer | string): string {
  const text = `${encoded(header)}.${encoded(claims)}`;
  const made = signing(text);
  return `${text}.${typeof made === 'string' ? made : made.toString('base64url')}`;
}

const hmac =
  (key: string | Buffer, hash = 'sha256') =>
  (text: string): Buffer =>
    createHmac(hash, key).update(text).digest();

const asAda = { sub: 'ada', role: 'admin' };
const rightly = hmac(secret);

/** A server that counts requests for a key. */
async function listening(answer: object): Promise<{ server: Server; url: string; asked: () => number }> {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked++;
    response.end(JSON.stringify(answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    asked: () => asked,
  };
}

/** All that an answer shows but the time of day. */
async function seen(response: Response): Promise<string> {
  const headers = [...response.headers].filter(([name]) => name !== 'date');
  return JSON.stringify([response.status, headers, await response.text()]);
}

describe('a server that receives forged credentials', () => {
  let app: TestApp;
  let elsewhere: Awaited<ReturnType<typeof listening>>;
  let tokens: Readonly<Record<string, string>>;

  beforeAll(async () => {
    app = await startGuarded({}, true);
    elsewhere = await listening({ keys: [{ kty: 'oct', k: encoded('x'.repeat(32)) }] });
    const revoked = await createToken(app, { subject: 'rita', roleId: 'admin' });
    await change(app, `revokeToken(input: { tokenId: "${revoked.id}" })`);
    const own = { alg: 'HS256', typ: 'JWT' };
    const right = forged(own, asAda, rightly);
    tokens = {
      'an unknown key': 'a-key-of-no-subject',
      'nearly the admin’s key': `${adminKey.slice(0, -1)}x`,
      'a revoked token': revoked.secret,
      'a token of the right form': `ops_${'A'.repeat(43)}`,
      'no algorithm': forged({ alg: 'none' }, asAda, () => ''),
      'no algorithm, in other letters': forged({ alg: 'NoNe' }, asAda, () => ''),
      'no algorithm, rightly signed': forged({ alg: 'none' }, asAda, rightly),
      'no header': forged({}, asAda, rightly),
      'an algorithm that is none': forged({ alg: ['HS256'] }, asAda, rightly),
      'no signature': forged(own, asAda, () => ''),
      'half a signature': right.slice(0, -20),
      'two parts': right.split('.').slice(0, 2).join('.'),
      'four parts': `${right}.${right.split('.')[2]}`,
      'a signature of another token': forged(own, asAda, () => right.split('.')[2] ?? '').replace(
        encoded(asAda),
        encoded({ ...asAda, x: 1 }),
      ),
      'another secret': forged(own, asAda, hmac('another secret of the same length ..')),
      'an empty secret': forged(own, asAda, (text) =>
        createHmac('sha256', createSecretKey(Buffer.alloc(0)))
          .update(text)
          .digest(),
      ),
      'a longer hash': forged({ alg: 'HS512' }, asAda, hmac(secret, 'sha512')),
      'a longer hash that it does not say': forged(own, asAda, hmac(secret, 'sha512')),
      'a key in its own header': forged(
        { ...own, jwk: { kty: 'oct', k: Buffer.from('mine').toString('base64url') } },
        asAda,
        hmac('mine'),
      ),
      'a URL of its key': forged({ ...own, jku: elsewhere.url }, asAda, hmac('x'.repeat(32))),
      'a URL of its certificate': forged({ ...own, x5u: elsewhere.url }, asAda, hmac('x'.repeat(32))),
      'a file as its key': forged({ ...own, kid: '../../../../dev/null' }, asAda, hmac('')),
      'SQL as its key': forged({ ...own, kid: "' union select 'x" }, asAda, hmac('x')),
      'an extension that has to be known': forged({ ...own, crit: ['exp2'], exp2: 1 }, asAda, rightly),
      'an end in the past': forged(own, { ...asAda, exp: nowS() - 60 }, rightly),
      'an end that is none': forged(own, { ...asAda, exp: 'never' }, rightly),
      'a beginning in the future': forged(own, { ...asAda, nbf: nowS() + 3_600 }, rightly),
      'no subject': forged(own, { role: 'admin' }, rightly),
      'an empty name': forged(own, { sub: '', role: 'admin' }, rightly),
      'a name that is none': forged(own, { sub: { a: 1 }, role: 'admin' }, rightly),
      'a role that is none': forged(own, { sub: 'eve', role: { admin: true } }, rightly),
      'claims that are none': forged(own, ['ada'], rightly),
      'claims deeper than every stack': `${encoded(own)}.${Buffer.from('['.repeat(4_000)).toString('base64url')}.x`,
      'a huge one': 'a'.repeat(9_000),
      'a huge JWT': forged(own, { ...asAda, x: 'y'.repeat(8_000) }, rightly),
      dots: '...',
      'a prototype': '__proto__',
    };
  });

  afterAll(async () => {
    elsewhere.server.close();
    await app.stop();
  });

  const json = { 'content-type': 'application/json' };
  const asked = { method: 'POST', body: '{"query":"{ viewer { subject } }"}' };

  it('accepts the valid counterparts, which shows why the forged ones are rejected', async () => {
    const { data } = await app.graphql(
      '{ viewer { subject } }',
      {},
      bearing(forged({ alg: 'HS256' }, asAda, rightly)),
    );
    expect(data).toEqual({ viewer: { subject: 'ada' } });
  });

  it.each([
    ['/graphql', asked],
    ['/publish', { method: 'POST', body: '[]' }],
    ['/api/system/metrics', {}],
    ['/auth/session', {}],
  ] as const)('sends the same bytes for every invalid credential at %s', async (path, init) => {
    const answers = new Map<string, string[]>();
    for (const [name, token] of Object.entries(tokens)) {
      const response = await fetch(app.url + path, { ...init, headers: { ...json, ...bearing(token) } });
      const answer = await seen(response);
      answers.set(answer, [...(answers.get(answer) ?? []), name]);
    }
    expect([...answers.values()]).toEqual([Object.keys(tokens)]);
    for (const answer of answers.keys()) expect(answer).toMatch(/^\[401,/);
  });

  it('accepts none of them on a socket', async () => {
    for (const [name, token] of Object.entries(tokens)) {
      const { status } = await refusedHandshake(`${app.wsUrl}/ws/system`, { headers: bearing(token) });
      expect([name, status]).toEqual([name, 401]);
      const client = new RawClient(`${app.wsUrl}/graphql`, {}, ['graphql-transport-ws']);
      await client.opened();
      client.send({ type: 'connection_init', payload: { token } });
      expect([name, await client.closed]).toEqual([
        name,
        { code: 4403, reason: 'The credential is not valid.' },
      ]);
    }
  });

  it('fetches no key from a URL in a token', () => {
    expect(elsewhere.asked()).toBe(0);
  });

  it('reads a credential in its place only', async () => {
    const shown: readonly [string, Record<string, string>][] = [
      [`?api_key=${adminKey}`, {}], // which is for browsers’ WebSockets
      [`?token=${adminKey}`, {}],
      ['', { authorization: `Basic ${Buffer.from(`ada:${adminKey}`).toString('base64')}` }],
      ['', { authorization: adminKey }],
      ['', { authorization: `Bearer ${adminKey} ${adminKey}` }],
      ['', { authorization: `Bearer ${adminKey}, Bearer x` }],
      ['', { authorization: 'Bearer', 'x-api-key': adminKey }], // the first one counts, wrong as it is
      ['', { authorization: 'Bearer wrong', 'x-api-key': adminKey }],
      ['', { 'proxy-authorization': `Bearer ${adminKey}` }],
      ['', { 'x-forwarded-user': 'ada', 'x-remote-user': 'ada' }],
      ['', { cookie: `session=${adminKey}` }],
    ];
    for (const [query, headers] of shown) {
      const { status } = await fetch(`${app.url}/api/system/metrics${query}`, { headers });
      expect([query, headers, status]).toEqual([query, headers, 401]);
    }
  });

  it('lets no page of another origin use the session of its user, also where all pages may read', async () => {
    const begun = await fetch(`${app.url}/auth/session`, { method: 'POST', headers: bearing(adminKey) });
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    const paths = [
      '/api/system/metrics',
      '/api/providers',
      '/graphql?query={viewer{subject}}',
      '/auth/session',
    ];
    for (const path of paths) {
      const statuses = await Promise.all(
        [{}, { origin: app.url }, { origin: 'https://evil.example' }, { origin: 'null' }].map(
          async (page) => (await fetch(app.url + path, { headers: { cookie, ...page } })).status,
        ),
      );
      expect([path, ...statuses]).toEqual([path, 200, 200, 401, 401]);
    }
  });

  it.each(['__proto__', 'constructor', 'toString', 'Admin', 'admin ', 'admin\u0000'])(
    'gives the role %j nothing',
    async (role) => {
      const { errors } = await app.graphql(
        '{ models { id: modelId } }',
        {},
        bearing(forged({ alg: 'HS256' }, { sub: 'eve', role }, rightly)),
      );
      expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    },
  );

  it('audits at most ten of a hundred attempts, without the credentials', async () => {
    const tried = Array.from({ length: 100 }, () => `tried-${randomUUID()}`);
    await Promise.all(
      tried.map((token) => fetch(`${app.url}/api/system/metrics`, { headers: bearing(token) })),
    );
    const entries = await audited(app, 'authentication_failed');
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.length).toBeLessThanOrEqual(10);
    const text = JSON.stringify([app.logged, entries]);
    const secrets = [...tried, ...Object.values(tokens), adminKey, secret].filter(
      ({ length }) => length > 10,
    );
    expect(secrets.filter((token) => text.includes(token))).toEqual([]);
  });
});

describe('a server that accepts the tokens of an identity provider', () => {
  let app: TestApp;
  let provider: Awaited<ReturnType<typeof listening>>;
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  beforeAll(async () => {
    provider = await listening({
      keys: [
        { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'rsa', alg: 'RS256' },
        { ...ec.publicKey.export({ format: 'jwk' }), kid: 'ec', alg: 'ES256' },
      ],
    });
    app = await startGuarded({ JWT_JWKS_URL: provider.url }, true);
  });

  afterAll(async () => {
    await app.stop();
    provider.server.close();
  });

  const signed =
    (key: KeyObject, options: object = {}) =>
    (text: string): Buffer =>
      sign('sha256', Buffer.from(text), { key, ...options });

  const status = async (token: string): Promise<number> =>
    (await fetch(`${app.url}/api/system/metrics`, { headers: bearing(token) })).status;

  it('accepts its tokens', async () => {
    expect(await status(forged({ alg: 'RS256', kid: 'rsa' }, asAda, signed(rsa.privateKey)))).toBe(200);
    const es = signed(ec.privateKey, { dsaEncoding: 'ieee-p1363' });
    expect(await status(forged({ alg: 'ES256', kid: 'ec' }, asAda, es))).toBe(200);
  });

  it('uses a key only with its algorithm', async () => {
    const pem = rsa.publicKey.export({ format: 'pem', type: 'spki' }).toString();
    const der = rsa.publicKey.export({ format: 'der', type: 'spki' });
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const forgeries = {
      'the public key as a secret': forged({ alg: 'HS256', kid: 'rsa' }, asAda, hmac(pem)),
      'the same without its last line break': forged({ alg: 'HS256', kid: 'rsa' }, asAda, hmac(pem.trim())),
      'the public key as a secret of bytes': forged({ alg: 'HS256', kid: 'rsa' }, asAda, hmac(der)),
      'the shared secret of old': forged({ alg: 'HS256' }, asAda, rightly),
      'no algorithm': forged({ alg: 'none', kid: 'rsa' }, asAda, () => ''),
      'another key under a known name': forged({ alg: 'RS256', kid: 'rsa' }, asAda, signed(other.privateKey)),
      'another key in its own header': forged(
        { alg: 'RS256', jwk: other.publicKey.export({ format: 'jwk' }) },
        asAda,
        signed(other.privateKey),
      ),
      'a signature of nothing': forged({ alg: 'ES256', kid: 'ec' }, asAda, () => Buffer.alloc(64)),
      'the key of another algorithm': forged({ alg: 'ES256', kid: 'rsa' }, asAda, signed(rsa.privateKey)),
      'an algorithm that is not taken': forged({ alg: 'PS256', kid: 'rsa' }, asAda, signed(rsa.privateKey)),
      'an end in the past': forged(
        { alg: 'RS256', kid: 'rsa' },
        { ...asAda, exp: nowS() - 60 },
        signed(rsa.privateKey),
      ),
    };
    for (const [name, token] of Object.entries(forgeries))
      expect([name, await status(token)]).toEqual([name, 401]);
  });

  it('does not fetch the keys of its provider repeatedly', async () => {
    const before = provider.asked();
    const unknown = Array.from({ length: 50 }, (_, kid) =>
      forged({ alg: 'RS256', kid: `unknown-${kid}` }, asAda, signed(rsa.privateKey)),
    );
    expect(new Set(await Promise.all(unknown.map(status)))).toEqual(new Set([401]));
    expect(provider.asked() - before).toBeLessThanOrEqual(2);
  });
});

describe('a server that requires signed requests', () => {
  let app: TestApp;
  const signing = 'a secret between two who trust each other';
  const path = '/publish';

  beforeAll(async () => {
    app = await startGuarded({ REQUEST_SIGNING_SECRET: signing }, true);
  });

  afterAll(() => app.stop());

  function batch(): string {
    const auditEvent = { eventType: 'tested', actorId: 'ann', action: randomUUID(), status: 'success' };
    return JSON.stringify([{ auditEvent }]);
  }

  function headersOf(body: string, timestampS = nowS()): Record<string, string> {
    const signature = signatureOf({ method: 'POST', path, body }, timestampS, signing);
    return {
      'content-type': 'application/json',
      'x-api-key': adminKey,
      'x-timestamp': String(timestampS),
      'x-signature': signature,
    };
  }

  const status = async (body: string, headers: Record<string, string>, to = path): Promise<number> =>
    (await fetch(app.url + to, { method: 'POST', headers, body })).status;

  it('accepts a signature only once, however the request is varied', async () => {
    const body = batch();
    const headers = headersOf(body);
    const signature = headers['x-signature'] ?? '';
    const time = headers['x-timestamp'] ?? '';
    expect(await status(body, headers)).toBe(200);
    const again: readonly [string, string, Record<string, string>, string][] = [
      ['as it was', body, headers, path],
      ['in capitals', body, { ...headers, 'x-signature': signature.toUpperCase() }, path],
      ['with a space', body, { ...headers, 'x-signature': ` ${signature} ` }, path],
      ['at another time', body, { ...headers, 'x-timestamp': String(Number(time) + 1) }, path],
      ['at the same time in other words', body, { ...headers, 'x-timestamp': `${time}.0` }, path],
      ['with a zero before', body, { ...headers, 'x-timestamp': `0${time}` }, path],
      ['with another body', batch(), headers, path],
      ['with a space more', `${body} `, headers, path],
      ['at another address', body, headers, `${path}?a=b`],
      ['at another address that is the same', body, headers, `${path}/`],
      ['without its time', body, { ...headers, 'x-timestamp': '' }, path],
      ['without itself', body, { ...headers, 'x-signature': '' }, path],
    ];
    for (const [name, sent, with_, to] of again)
      expect([name, await status(sent, with_, to)]).toEqual([name, 401]);
  });

  it('accepts one of fifty equal requests that arrive at the same time', async () => {
    const body = batch();
    const headers = headersOf(body);
    const statuses = await Promise.all(Array.from({ length: 50 }, () => status(body, headers)));
    expect(statuses.filter((one) => one === 200)).toEqual([200]);
    expect(statuses.filter((one) => one === 401)).toHaveLength(49);
  });

  it.each([-301, 302, -86_400])('rejects a timestamp that is %i s off', async (offS) => {
    const body = batch();
    expect(await status(body, headersOf(body, nowS() + offS))).toBe(401);
  });

  it('does not use up a signature with an invalid request', async () => {
    const body = batch();
    const headers = headersOf(body);
    expect(await status(batch(), headers)).toBe(401);
    expect(await status(body, { ...headers, 'x-api-key': 'wrong' })).toBe(401);
    expect(await status(body, headers)).toBe(200);
  });
});
