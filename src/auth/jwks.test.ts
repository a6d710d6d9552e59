import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccess, type Authenticate } from './authenticate.ts';
import { jwtChecker } from './jwt.ts';

const capabilitiesOf = (_subject: string, role: string | null): ReadonlySet<string> => new Set([role ?? '']);

describe('tokens of an identity provider', () => {
  const keys: JWK[] = [];
  const server = createServer((_request, response) => response.end(JSON.stringify({ keys })));
  let authenticate: Authenticate;
  let own: CryptoKey;

  async function addKey(kid: string, alg: string): Promise<CryptoKey> {
    const { publicKey, privateKey } = await generateKeyPair(alg);
    keys.push({ ...(await exportJWK(publicKey)), kid, alg });
    return privateKey;
  }

  function token(key: CryptoKey | Uint8Array, header: { alg: string; kid?: string }): Promise<string> {
    return new SignJWT({ role: 'developer' })
      .setProtectedHeader(header)
      .setSubject('ann')
      .setExpirationTime('1h')
      .sign(key);
  }

  beforeAll(async () => {
    own = await addKey('one', 'ES256');
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
    ({ authenticate } = createAccess({
      required: false,
      tokens: [],
      jwtSecret: 'x'.repeat(32),
      jwksUrl,
      capabilitiesOf,
    }));
  });

  afterAll(() => void server.close());

  it('are accepted when signed with a key of its set', async () => {
    expect(await authenticate({ token: await token(own, { alg: 'ES256', kid: 'one' }) })).toMatchObject({
      subject: 'ann',
      authenticated: true,
      role: 'developer',
    });
  });

  it('are rejected when signed with another key', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    await expect(
      authenticate({ token: await token(privateKey, { alg: 'ES256', kid: 'one' }) }),
    ).rejects.toMatchObject({
      code: 'AUTHENTICATION_FAILED',
    });
  });

  it('are the only accepted tokens: a shared secret is ignored', async () => {
    const secret = new TextEncoder().encode('x'.repeat(32));
    await expect(authenticate({ token: await token(secret, { alg: 'HS256' }) })).rejects.toMatchObject({
      code: 'AUTHENTICATION_FAILED',
    });
  });

  it('make the server read-only for requests without a credential', async () => {
    expect([...(await authenticate({ token: null })).capabilities]).toEqual(['read']);
  });
});

describe('an identity provider', () => {
  const minuteMs = 60_000;
  const unavailable = { code: 'OVERLOADED', retryable: true };
  let set: JWK[] = [];
  let status = 200;
  let asked = 0;
  let now = 0;
  /** One per test: background fetches of earlier tests are not counted. */
  let path = '/keys/0';
  let url: string;
  const server = createServer((request, response) => {
    if (request.url !== path) return void response.writeHead(410).end();
    asked++;
    return void response.writeHead(status).end(JSON.stringify({ keys: set }));
  });

  async function createKey(kid: string): Promise<{ readonly jwk: JWK; readonly token: string }> {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'ES256', kid })
      .setSubject(kid)
      .sign(privateKey);
    return { jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' }, token };
  }

  function checker(providerLost?: (error: unknown) => void) {
    const check = jwtChecker({ jwksUrl: url, secrets: [], now: () => now, providerLost });
    return async (token: string) => {
      const checked = await check(token);
      return 'claim' in checked ? checked.claim : null;
    };
  }

  /** Repeats the request until the result changes: no caller waits for a background refresh. */
  function later(check: () => Promise<unknown>) {
    return expect.poll(check, { timeout: 5_000, interval: 10 });
  }

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });

  beforeEach(() => {
    [set, status, asked, now] = [[], 200, 0, 0];
    path = `/keys/${Number(path.slice('/keys/'.length)) + 1}`;
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  });

  afterAll(() => void server.close());

  it('that is unreachable does not affect tokens with known keys', async () => {
    const { jwk, token } = await createKey('one');
    set = [jwk];
    const check = checker();
    expect(await check(token)).toMatchObject({ subject: 'one' });
    status = 500;
    for (now = 0; now < 120 * minuteMs; now += 9 * minuteMs)
      expect(await check(token)).toMatchObject({ subject: 'one' });
    await later(() => Promise.resolve(asked)).toBeGreaterThan(1);
  });

  it('that was never reachable makes the check fail as retryable', async () => {
    const { token } = await createKey('one');
    status = 500;
    const check = checker();
    await expect(check(token)).rejects.toMatchObject(unavailable);
    await expect(check(token)).rejects.toMatchObject(unavailable);
    expect(asked).toBe(1); // no request for some seconds after a failure
    const nowhere = createAccess({
      required: false,
      tokens: [],
      jwtSecret: null,
      jwksUrl: 'http://127.0.0.1:1/keys',
      capabilitiesOf,
    });
    await expect(nowhere.authenticate({ token })).rejects.toMatchObject(unavailable);
    expect(await check('not a token')).toBeNull();
  });

  it('is retried soon after a failure, and its keys are then accepted', async () => {
    const { jwk, token } = await createKey('one');
    status = 500;
    const check = checker();
    await expect(check(token)).rejects.toMatchObject(unavailable);
    [set, status, now] = [[jwk], 200, 5_000];
    expect(await check(token)).toMatchObject({ subject: 'one' });
  });

  it('is reported as unreachable once per outage', async () => {
    const { jwk, token } = await createKey('one');
    const lost: unknown[] = [];
    const check = checker((error) => lost.push(error));
    for (const [answer, at] of [500, 503, 200, 500].entries()) {
      [set, status, now] = [[jwk], at, answer * 10 * minuteMs];
      await check(token).catch(() => null);
      await later(() => Promise.resolve(asked)).toBe(answer + 1);
    }
    await expect.poll(() => lost).toHaveLength(2);
  });

  it('that responds with something other than a key set counts as unreachable', async () => {
    const { token } = await createKey('one');
    set = 'none' as unknown as JWK[];
    await expect(checker()(token)).rejects.toMatchObject(unavailable);
  });

  it('that is unreachable makes the check of a token with an unknown key fail as retryable', async () => {
    const [one, two] = [await createKey('one'), await createKey('two')];
    set = [one.jwk];
    const check = checker();
    await check(one.token);
    [status, now] = [500, minuteMs];
    await expect(check(two.token)).rejects.toMatchObject(unavailable);
    expect(await check(one.token)).toMatchObject({ subject: 'one' });
  });

  it('has its new key accepted immediately, and is not requested for every unknown key id', async () => {
    const [one, two, strange] = [await createKey('one'), await createKey('two'), await createKey('three')];
    set = [one.jwk];
    const check = checker();
    await check(one.token);
    set.push(two.jwk);
    now = minuteMs;
    expect(await check(two.token)).toMatchObject({ subject: 'two' });
    for (let time = 0; time < 10; time++) expect(await check(strange.token)).toBeNull();
    expect(asked).toBe(2);
  });

  it('has a revoked key rejected after ten minutes', async () => {
    const [one, two] = [await createKey('one'), await createKey('two')];
    set = [one.jwk, two.jwk];
    const check = checker();
    await check(one.token);
    set = [two.jwk];
    now = 9 * minuteMs;
    expect(await check(one.token)).toMatchObject({ subject: 'one' });
    now = 10 * minuteMs;
    await later(() => check(one.token)).toBeNull();
    expect(await check(two.token)).toMatchObject({ subject: 'two' });
    expect(asked).toBe(2);
  });

  it('has a revoked key rejected immediately after a long idle time', async () => {
    const { jwk, token } = await createKey('one');
    set = [jwk];
    const check = checker();
    await check(token);
    [set, now] = [[], 20 * minuteMs];
    expect(await check(token)).toBeNull();
  });

  it.each(['system', 'anonymous', 'a'.repeat(257)])(
    'cannot issue a token for the subject %s',
    async (subject) => {
      const { jwk, token } = await createKey(subject);
      set = [jwk];
      expect(await checker()(token)).toBeNull();
    },
  );
});
