import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Revocations } from '../domains/tokens/revocations.domain.ts';
import { createAccess } from './authenticate.ts';
import { jwtChecker, signJwt } from './jwt.ts';

const secret = 'a secret of thirty-two bytes, or more';
const key = new TextEncoder().encode(secret);
const nowS = Math.floor(Date.now() / 1_000);

function sign(claims: JWTPayload): Promise<string> {
  return new SignJWT({ sub: 'ann', ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(key);
}

function checker(options: { roleClaim?: string; clockToleranceS?: number } = {}) {
  return jwtChecker({ jwksUrl: null, secrets: [secret], clockToleranceS: 30, ...options });
}

describe("the clock of a JWT's issuer", () => {
  it.each([
    ['exp 20 seconds ago', { exp: nowS - 20 }],
    ['nbf in 20 seconds', { nbf: nowS + 20 }],
    ['iat in 20 seconds', { iat: nowS + 20 }],
  ])('may differ from ours by the tolerance: %s', async (_name, claims) => {
    expect(await checker()(await sign(claims))).toMatchObject({ claim: { subject: 'ann' } });
    expect(await checker({ clockToleranceS: 0 })(await sign(claims))).not.toHaveProperty('claim');
  });

  it.each([
    ['exp one minute ago', { exp: nowS - 60 }, /exp/],
    ['nbf in one minute', { nbf: nowS + 60 }, /nbf/],
    ['iat in one minute', { iat: nowS + 60 }, /iat is in the future/],
    ['iat in milliseconds', { iat: Date.now() }, /iat is in the future, or not in seconds/],
    ['exp in milliseconds', { exp: Date.now() + 60_000 }, /exp is not in seconds/],
    ['an iat that is not a number', { iat: 'now' as never }, /iat/],
  ])('may not differ by more than the tolerance: %s', async (_name, claims, reason) => {
    expect(await checker()(await sign(claims))).toEqual({ refused: expect.stringMatching(reason) });
  });

  it('does not exempt a JWT from a revocation of its subject, and does not end it before the tolerance has passed', async () => {
    const revocations = new Revocations();
    const access = createAccess({
      required: true,
      tokens: [],
      jwtSecret: secret,
      jwtClockToleranceS: 30,
      capabilitiesOf: () => new Set(),
      stored: { find: () => Promise.resolve(null), isRevoked: (claim) => revocations.has(claim) },
    });
    const token = await sign({ iat: nowS + 20, exp: nowS - 10 });
    const viewer = await access.authenticate({ token });
    expect(viewer.credential?.ended).toBeNull();
    revocations.add({ no: 1, target: 'subject ann', revokedAt: new Date(), until: null });
    expect(viewer.credential?.ended).toBe('revoked');
    await expect(access.authenticate({ token })).rejects.toMatchObject({ code: 'AUTHENTICATION_FAILED' });
  });
});

describe('the role that a JWT names', () => {
  it.each([
    ['role', { role: 'admin' }, 'admin'],
    ['role', {}, 'user'],
    ['role', { role: null }, 'user'],
    ['role', { role: [] }, 'user'],
    ['role', { role: ['user', 'developer', 'user', 'a b', ''] }, 'user developer'],
    ['roles', { role: 'admin', roles: ['developer'] }, 'developer'],
    ['roles', { role: 'admin' }, 'user'],
    [
      'realm_access.roles',
      { realm_access: { roles: ['offline_access', 'developer'] } },
      'offline_access developer',
    ],
    ['realm_access.roles', { realm_access: null }, 'user'],
    ['https://example.com/roles', { 'https://example.com/roles': 'admin' }, 'admin'],
    ['constructor.name', {}, 'user'],
  ])('is read from the claim %s: %j → %s', async (roleClaim, claims: object, role) => {
    expect(await checker({ roleClaim })(await sign(claims as JWTPayload))).toMatchObject({ claim: { role } });
  });

  it.each([{ role: 7 }, { role: '' }, { role: { admin: true } }, { role: ['admin', 7] }])(
    'must be a string or a list of strings: %j',
    async (claims) => {
      expect(await checker()(await sign(claims))).toEqual({
        refused: 'role is neither a string nor a list of strings',
      });
    },
  );

  it('is read from our own tokens whatever claim is configured', async () => {
    for (const roleClaim of ['role', 'realm_access.roles', 'https://example.com/role']) {
      const made = { subject: 'ann', role: 'admin', id: '1', expiresInS: 60, issuer: null, audience: null };
      const token = await signJwt(secret, { ...made, roleClaim });
      expect(await checker({ roleClaim })(token)).toMatchObject({ claim: { role: 'admin' } });
    }
  });
});

describe('a set of several keys without a kid', () => {
  async function keyPair(alg = 'ES256') {
    const { publicKey, privateKey } = await generateKeyPair(alg);
    return { jwk: { ...(await exportJWK(publicKey)), alg } satisfies JWK, privateKey };
  }

  it('tries each of them, and rejects a token of any other key', async () => {
    const [one, two, rsa, other] = [
      await keyPair(),
      await keyPair(),
      await keyPair('RS256'),
      await keyPair(),
    ];
    const keys = [one, two, rsa].map(({ jwk }) => jwk);
    const server = createServer((_request, response) => response.end(JSON.stringify({ keys })));
    onTestFinished(() => void server.close());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const check = jwtChecker({
      jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      secrets: [],
    });
    const tokenOf = (pair: typeof one, claims: JWTPayload = {}) =>
      new SignJWT({ sub: 'ann', ...claims }).setProtectedHeader({ alg: pair.jwk.alg }).sign(pair.privateKey);
    for (const pair of [one, two, rsa])
      expect(await check(await tokenOf(pair))).toMatchObject({ claim: { subject: 'ann' } });
    expect(await check(await tokenOf(other))).toEqual({
      refused: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED: signature verification failed',
    });
    expect(await check(await tokenOf(two, { exp: nowS - 60 }))).toEqual({
      refused: expect.stringContaining('"exp"'),
    });
  });
});

describe('a rejected credential', () => {
  it('is logged with its reason and never with its value', async () => {
    const reasons: string[] = [];
    const revoked = new Set<string>();
    const { claimOf } = createAccess({
      required: true,
      tokens: [],
      jwtSecret: secret,
      capabilitiesOf: () => new Set(),
      stored: { find: () => Promise.resolve(null), isRevoked: ({ id }) => revoked.has(id ?? '') },
      refused: (reason) => reasons.push(reason),
    });
    revoked.add('jwt:gone');
    const shown = [
      await sign({ jti: 'gone' }),
      await sign({ exp: nowS - 60 }),
      `${await sign({})}x`,
      'not.a.token',
      `ops_${'x'.repeat(43)}`,
      'x'.repeat(9_000),
    ];
    for (const token of shown) expect(await claimOf(token)).toBeNull();
    expect(reasons).toEqual([
      'revoked',
      expect.stringContaining('"exp" claim timestamp check failed'),
      expect.stringContaining('signature verification failed'),
      expect.stringContaining('ERR_JWS_INVALID'),
      'unknown token',
      'longer than 8192 characters',
    ]);
    for (const token of shown) expect(reasons.join('\n')).not.toContain(token);
  });
});
