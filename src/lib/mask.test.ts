import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSecretName, mask, maskLoggedUrl, maskUrl } from './mask.ts';

const secret = fc.stringMatching(/^[A-Za-z0-9._~+/=-]{12,60}$/);
/** Surrounding words without anything that the mask matches. */
const prose = fc.stringMatching(/^[a-z0-9 .]{0,30}$/);

/** Contexts in which a secret occurs. */
const places: Readonly<Record<string, (secret: string) => string>> = {
  'a query parameter': (s) => `GET /ws?client_id=7&token=${s}&page=2`,
  'a query parameter in upper case': (s) => `/ws?API_KEY=${s}`,
  'api_key in a full URL': (s) => `https://api.example.com/v1?api_key=${s}#top`,
  access_token: (s) => `wss://h/ws?access_token=${s}`,
  'a nested URL': (s) => `/go?to=https%3A%2F%2Fh%2F%3Ftoken%3D${encodeURIComponent(s)}`,
  'a bracketed parameter': (s) => `?auth[token]=${s}`,
  'an environment variable': (s) => `GITHUB_TOKEN=${s} npm start`,
  'a list of tokens': (s) => `AUTH_TOKENS=first:ann,${s}:bob:admin`,
  'a bearer header': (s) => `Authorization: Bearer ${s}`,
  'a bearer credential alone': (s) => `sent bearer ${s} to the server`,
  'a basic header': (s) => `authorization: Basic ${s}`,
  'a cookie header': (s) => `Cookie: theme=dark; opsgraph_session=${s}; lang=en`,
  'a session cookie': (s) => `opsgraph_session=${s}; Path=/`,
  'an API key header': (s) => `X-API-Key: ${s}`,
  JSON: (s) => JSON.stringify({ user: 'ann', password: s, role: 'admin' }),
  'JSON with quotes in the secret': (s) => JSON.stringify({ apiKey: `"${s}"\\` }),
  'JSON inside JSON': (s) => JSON.stringify({ body: JSON.stringify({ token: `a"${s}` }) }),
  'a list in JSON': (s) => JSON.stringify({ tokens: [s, 'x'] }),
  'a list with a bracket in a secret': (s) => JSON.stringify({ tokens: ['x]y', s], id: 1 }),
  'a printed object': (s) => `{ client_secret: '${s}', id: 1 }`,
  'a quoted value': (s) => `password="two words ${s}" next`,
  'cut JSON': (s) => `{"token":"${s}`,
};

/** Passwords in URLs, including unencoded slashes and at signs, because people forget to encode them. */
const urls: Readonly<Record<string, (secret: string) => string>> = {
  'a Postgres URL': (s) => `postgres://ops:${s}@db.example.com:5432/ops`,
  'a Postgres URL with @ in the password': (s) => `postgresql://ops:a@${s}@db/ops`,
  'a Redis URL without a user': (s) => `redis://:${s}@cache:6379/0`,
  'a web URL': (s) => `https://ann:${encodeURIComponent(s)}@example.com/path`,
  'a web URL with a token as the user': (s) => `https://${encodeURIComponent(s)}@example.com/repo`,
  'the second of two URLs': (s) => `http://a:b@one,http://c:${encodeURIComponent(s)}@two`,
};

describe('mask', () => {
  test.each(Object.entries({ ...places, ...urls }))('hides a secret in %s', (_name, place) => {
    fc.assert(
      fc.property(secret, prose, prose, (value, before, after) => {
        const masked = mask(`${before} ${place(value)} ${after}`);
        expect(masked).not.toContain(value);
        expect(masked).not.toContain(encodeURIComponent(value));
      }),
    );
  });

  test('hides a token issued by the server anywhere in a text', () => {
    const token = `ops_${'aB3-_'.repeat(8)}xyz`;
    expect(mask(`was given ${token}.`)).toBe('was given ***.');
    expect(mask('ops_team is on call')).toBe('ops_team is on call');
  });

  test('hides a JSON web token anywhere in a text', () => {
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl';
    expect(mask(`was given ${jwt}.`)).not.toContain('c2lnbmF0dXJl');
  });

  test('leaves the text around a secret readable', () => {
    expect(mask('GET /ws?client_id=7&token=abc&page=2')).toBe('GET /ws?client_id=7&token=***&page=2');
    expect(mask('postgres://ops:pw@db:5432/ops')).toBe('postgres://ops:***@db:5432/ops');
    expect(mask('{"password":"x","role":"admin"}')).toBe('{"password":"***","role":"admin"}');
    expect(mask('Authorization: Bearer abc\r\nHost: h')).toBe('Authorization: ***\r\nHost: h');
  });

  test.each([
    'connected to https://example.com:8080/a@b after 3 ms',
    'max_tokens: 512, tokens=40',
    'the token was refused',
    '{"token":null,"password":false}',
    "Unexpected token 'a' in JSON at position 3",
    'Bearer token missing',
    'postgres://ops@db/ops',
    'monkey: 3',
  ])('does not change text without secrets: %s', (text) => {
    expect(mask(text)).toBe(text);
  });

  test('is idempotent', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values({ ...places, ...urls })), secret, (place, value) => {
        const once = mask(place(value));
        expect(mask(once)).toBe(once);
      }),
    );
  });

  test('accepts any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(mask(text)).toBeTypeOf('string');
      }),
    );
  });

  test.each([
    'eyJ',
    'token',
    'token=',
    '://a:',
    'http://',
    'http://a',
    'bearer ',
    '"token":"',
    '\\',
    'a@',
    "token='\\",
  ])('runs in linear time, also for repetitions of %s', (piece) => {
    const text = `token ${piece.repeat(200_000 / piece.length)}`;
    const start = performance.now();
    mask(text);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('maskUrl', () => {
  test('hides a parameter whose name is percent-encoded', () => {
    expect(maskUrl('/ws?%74oken=abcdef&x=1')).toBe('/ws?%74oken=***&x=1');
  });

  test('hides a parameter named key', () => {
    expect(maskUrl('https://api.example.com/p?key=abcdef&monkey=3')).toBe(
      'https://api.example.com/p?key=***&monkey=3',
    );
  });

  test('does not change a URL without secrets', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: false, withFragments: false }),
        (url) => maskUrl(url) === url,
      ),
    );
    expect(maskUrl('/api/models?limit=5&%zz=1')).toBe('/api/models?limit=5&%zz=1');
  });
});

test('recognizes the names of secrets in every spelling', () => {
  const secrets = [
    'Authorization',
    'set-cookie',
    'x-api-key',
    'apiKey',
    'API_KEY',
    'accessToken',
    'JWT_SECRET',
  ];
  expect(secrets.filter((name) => !isSecretName(name))).toEqual([]);
  expect(['author', 'key', 'topic', 'secretary', 'tokenized'].filter(isSecretName)).toEqual([]);
});

describe('a logged URL', () => {
  test('is truncated to 2,048 characters, and its last part contains no partial secret', () => {
    expect(maskLoggedUrl('/ws?token=abc&x=1')).toBe('/ws?token=***&x=1');
    const long = maskLoggedUrl(`/ws/${'a'.repeat(5_000)}?token=secret`);
    expect(long).toBe(`/ws/${'a'.repeat(2_044)}…`);
    const cut = maskLoggedUrl(`/ws?x=${'y'.repeat(2_000)}&key=ops_${'s'.repeat(43)}`);
    expect(cut).toBe(`/ws?x=${'y'.repeat(2_000)}…`);
  });
});

test('passwords of database URLs are hidden up to the last @ within the limit, also several in one text', () => {
  expect(mask('a://u:p@ss/word@host b://v:q@h c://w:r')).toBe('a://u:***@host b://v:***@h c://w:r');
  expect(mask('://a://b:pw@host')).toBe('://a:***@host');
  expect(mask(`a://u:${'x'.repeat(5_000)}@h`)).toContain('x@h');
  expect(mask('"a://u:p@h","http://b://c:d@e"')).not.toMatch(/p@|d@/);
});
