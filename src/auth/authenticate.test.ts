import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import { createAccess, type AuthenticatorOptions } from './authenticate.ts';
import { credentialsOf } from './credentials.ts';

const jwtSecret = 'a shared secret of some thirty-two bytes';
const tokens = [
  { token: 'key-of-the-admin', subject: 'ada', role: 'admin' },
  { token: 'key-of-the-user', subject: 'bob', role: 'user' },
];

function authenticator(options: Partial<AuthenticatorOptions> = {}) {
  const capabilitiesOf = (subject: string, role: string | null) => new Set([`${role}:${subject}`]);
  return createAccess({ required: false, tokens, jwtSecret, capabilitiesOf, ...options }).authenticate;
}

function jwt(claims: Record<string, unknown>, { secret = jwtSecret, alg = 'HS256' } = {}): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
}

async function failure(coming: Promise<unknown>): Promise<AppError> {
  const error: unknown = await coming.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error('expected a rejection');
  return error;
}

describe('a request with a credential', () => {
  test('acts as the subject of its API key, with the capabilities of subject and role', async () => {
    expect(await authenticator()({ token: 'key-of-the-user' })).toMatchObject({
      subject: 'bob',
      authenticated: true,
      role: 'user',
      capabilities: new Set(['user:bob']),
    });
  });

  test('acts as the subject of its JWT, with the role user when the JWT names none', async () => {
    const viewer = await authenticator()({ token: await jwt({ sub: 'eve' }) });
    expect(viewer).toMatchObject({ subject: 'eve', authenticated: true, role: 'user' });
    expect(await authenticator()({ token: await jwt({ sub: 'eve', role: 'admin' }) })).toMatchObject({
      role: 'admin',
    });
  });

  test('has a credential that expires with its JWT', async () => {
    const exp = Math.floor(Date.now() / 1_000) + 60;
    const viewer = await authenticator()({ token: await jwt({ sub: 'eve', exp }) });
    expect(viewer.credential?.expiresAt).toBe(exp * 1_000);
    const { credential } = await authenticator()({ token: await jwt({ sub: 'eve' }) });
    expect(credential?.expiresAt).toBeNull();
  });

  test('needs a JWT with the configured issuer and audience', async () => {
    const own = authenticator({ jwtIssuer: 'https://id.example', jwtAudience: 'opsgraph' });
    const claims = { sub: 'eve', iss: 'https://id.example', aud: ['opsgraph', 'other'] };
    expect(await own({ token: await jwt(claims) })).toMatchObject({ subject: 'eve' });
    for (const wrong of [
      { aud: 'other' },
      { aud: undefined },
      { iss: 'https://evil.example' },
      { iss: undefined },
    ])
      expect(await failure(own({ token: await jwt({ ...claims, ...wrong }) }))).toMatchObject({
        code: 'AUTHENTICATION_FAILED',
      });
  });

  test('may carry a token that the server signed itself', async () => {
    const own = authenticator({
      tokens: [],
      jwtSecret: null,
      generatedSecret: 'generated at the first start',
    });
    const token = await jwt({ sub: 'eve' }, { secret: 'generated at the first start' });
    expect(await own({ token })).toMatchObject({ subject: 'eve', authenticated: true });
  });

  const soon = Math.floor(Date.now() / 1000) + 60;
  test.each<[string, () => string | Promise<string>]>([
    ['an unknown key', () => 'key-of-no-user'],
    ['a prefix of a key', () => 'key-of-the-use'],
    ['an empty credential', () => ''],
    ['a credential of 100,000 characters', () => 'a'.repeat(100_000)],
    [
      'a JWT signed with another secret',
      () => jwt({ sub: 'eve' }, { secret: 'another secret of the same length ..' }),
    ],
    ['a JWT without a subject', () => jwt({ role: 'admin' })],
    ['a JWT with an empty subject', () => jwt({ sub: '' })],
    ['a JWT whose role is not a string', () => jwt({ sub: 'eve', role: 7 })],
    ['an expired JWT', () => jwt({ sub: 'eve', exp: soon - 120 })],
    ['a JWT that is not yet valid', () => jwt({ sub: 'eve', nbf: soon })],
    ['a JWT signed with HS512', () => jwt({ sub: 'eve' }, { alg: 'HS512', secret: jwtSecret.repeat(2) })],
    ['a JWT that is not signed', () => new UnsecuredJWT({ sub: 'eve' }).encode()],
  ])('is rejected with the same message for %s', async (_name, token) => {
    const error = await failure(authenticator()({ token: await token() }));
    expect(error).toMatchObject({ code: 'AUTHENTICATION_FAILED', message: 'The credential is not valid.' });
    expect(error.cause).toBeUndefined();
  });

  test('is rejected for an invalid credential even when none is required', async () => {
    const open = authenticator({ tokens: [], jwtSecret: null });
    expect(await failure(open({ token: 'anything' }))).toMatchObject({ code: 'AUTHENTICATION_FAILED' });
  });
});

describe('a request without a credential', () => {
  test('has all capabilities while no credential is configured, even if the server generated a secret', async () => {
    const open = authenticator({
      tokens: [],
      jwtSecret: null,
      generatedSecret: 'generated at the first start',
    });
    expect(await open({ token: null })).toEqual({
      subject: 'anonymous',
      authenticated: false,
      role: null,
      capabilities: new Set(['read', 'write', 'execute', 'delete', 'manage']),
    });
  });

  test.each([{ tokens: [] }, { jwtSecret: null }])(
    'may only read once a credential is configured',
    async (options) => {
      const viewer = await authenticator(options)({ token: null });
      expect([...viewer.capabilities]).toEqual(['read']);
    },
  );

  test('is rejected where a credential is required', async () => {
    const closed = authenticator({ required: true });
    expect(await failure(closed({ token: null }))).toMatchObject({ code: 'AUTHENTICATION_FAILED' });
    expect(await closed({ token: 'key-of-the-user' })).toMatchObject({ subject: 'bob' });
  });
});

describe('the credential of a request', () => {
  const url = new URL('ws://localhost/ws/system?api_key=from-the-url');
  const cookie = 'theme=dark; opsgraph_session=from-the-cookie';

  test.each([
    [{}, null, null],
    [{ authorization: 'Bearer abc' }, null, 'abc'],
    [{ authorization: 'bearer  abc ' }, url, 'abc'],
    [{ authorization: 'Basic YTpi' }, url, ''],
    [{ authorization: 'Bearer' }, null, ''],
    [{ 'x-api-key': ' abc ' }, url, 'abc'],
    [{ authorization: 'Bearer abc', 'x-api-key': 'def' }, null, 'abc'],
    [{}, url, 'from-the-url'],
    [{}, new URL('ws://localhost/ws/system?api_key='), ''],
    [{}, new URL('ws://localhost/ws/system'), null],
    [{ cookie }, null, 'from-the-cookie'],
    [{ cookie }, url, 'from-the-url'],
    [{ cookie, authorization: 'Bearer abc' }, null, 'abc'],
    [{ cookie: 'opsgraph_session=' }, null, ''],
    [{ cookie: 'another=one' }, null, null],
  ])('%j at %s is %j', (headers, from, token) => {
    const places = { url: from, keyInUrl: true, cookie: true };
    expect(credentialsOf(headers, places).token).toBe(token);
  });

  test('is never the cookie for a page of another origin', () => {
    expect(credentialsOf({ cookie })).toEqual({ token: null });
  });
});
