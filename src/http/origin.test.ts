import { describe, expect, test } from 'vitest';
import { corsHeaders, hostAllowed, originAllowed } from './origin.ts';

const host = 'localhost:9200';

describe('an origin', () => {
  test.each([
    ['http://localhost', true],
    ['http://localhost:3000', true],
    ['https://localhost:8443', true],
    ['http://127.0.0.1:5173', true],
    ['HTTP://LOCALHOST:3000', true],
    ['http://localhost.evil.com', false],
    ['http://localhost:3000.evil.com', false],
    ['http://evil.com', false],
    ['http://evil.com#localhost', false],
    ['http://localhost@evil.com', false],
    ['http://127.0.0.1.evil.com', false],
    ['http://127.0.0.2', false],
    ['http://[::1]:3000', false],
    ['file://', false],
    ['null', false],
    ['', false],
    ['localhost', false],
    ['http://localhost/', false],
    ['chrome-extension://localhost', false],
  ])('%j is allowed by the rule localhost: %s', (origin, allowed) => {
    expect(originAllowed('localhost', origin, host)).toBe(allowed);
  });

  test.each([
    ['http://localhost:3000', true],
    ['http://LOCALHOST:3000', true],
    ['http://localhost:3001', false],
    ['http://localhost', false],
    ['https://localhost:3000', false],
    ['https://ops.example.com', true],
    ['https://ops.example.com:443', true],
    ['http://ops.example.com', false],
  ])('%j is allowed by a list: %s', (origin, allowed) => {
    expect(originAllowed(['http://localhost:3000', 'https://ops.example.com'], origin, host)).toBe(allowed);
  });

  test('is allowed if the request has none, or if the rule is any', () => {
    expect(originAllowed([], undefined, host)).toBe(true);
    expect(originAllowed('any', 'null', host)).toBe(true);
  });

  test.each([
    ['http://ops.example.com:9200', 'ops.example.com:9200', true],
    ['https://ops.example.com', 'ops.example.com', true],
    ['https://ops.example.com', 'OPS.example.com:443', true],
    ['http://[::1]:9200', '[::1]:9200', true],
    ['http://ops.example.com:9201', 'ops.example.com:9200', false],
    ['http://evil.com', undefined, false],
    ['http://evil.com', 'evil.com/', false],
  ])('%s is the server’s own when its host is %s: %s', (origin, reached, own) => {
    expect(originAllowed([], origin, reached)).toBe(own);
  });
});

describe('CORS headers', () => {
  const request = {
    rule: 'localhost',
    credentials: false,
    origin: 'http://localhost:3000',
    host,
    preflight: null,
  } as const;

  test('name the allowed origin, and that the response depends on it', () => {
    expect(corsHeaders(request)).toEqual({
      vary: 'Origin',
      'access-control-allow-origin': 'http://localhost:3000',
    });
    expect(corsHeaders({ ...request, credentials: true })).toMatchObject({
      'access-control-allow-credentials': 'true',
    });
  });

  test.each(['http://evil.com', undefined])('allow nothing for %s', (origin) => {
    const preflight = { methods: ['POST'], requestedHeaders: 'content-type' };
    expect(corsHeaders({ ...request, origin, preflight })).toEqual({ vary: 'Origin' });
  });

  test('are * where any origin is allowed without credentials, and the origin of the request with them', () => {
    expect(corsHeaders({ ...request, rule: 'any' })).toEqual({ 'access-control-allow-origin': '*' });
    expect(corsHeaders({ ...request, rule: 'any', credentials: true, origin: 'https://a.example' })).toEqual({
      vary: 'Origin',
      'access-control-allow-origin': 'https://a.example',
      'access-control-allow-credentials': 'true',
    });
  });

  test('contain the methods and the requested headers in the response to a preflight', () => {
    const preflight = { methods: ['GET', 'POST'], requestedHeaders: 'content-type, x-api-key' };
    expect(corsHeaders({ ...request, preflight })).toMatchObject({
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'content-type, x-api-key',
      'access-control-max-age': '600',
    });
  });

  test('do not repeat an invalid header name', () => {
    const preflight = { methods: ['GET'], requestedHeaders: 'a\r\nset-cookie: b' };
    expect(corsHeaders({ ...request, preflight })['access-control-allow-headers']).toBe(
      'content-type, authorization',
    );
  });
});

test.each([
  ['localhost:9200', true],
  ['LOCALHOST', true],
  ['127.0.0.1', true],
  ['[::1]:9200', true],
  ['evil.com:9200', false],
  ['localhost@evil.com', false],
  [undefined, false],
])('a server on loopback accepts the host %s: %s', (name, allowed) => {
  expect(hostAllowed(['localhost', '127.0.0.1', '[::1]'], name)).toBe(allowed);
});
