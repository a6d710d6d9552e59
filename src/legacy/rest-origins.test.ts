import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { serve } from './rest-server.contract.ts';

describe('a POST', () => {
  test('A67: from a page of a foreign origin is rejected with 403 and audited, also as plain text', async () => {
    const { ask, audited } = await serve();
    const headers = {
      origin: 'https://evil.example',
      'content-type': 'text/plain',
      authorization: 'Bearer ann',
    };
    expect(await ask('POST', '/api/names', headers, '{"name":"Bo"}')).toMatchObject({
      status: 403,
      body: { error: { code: 'FORBIDDEN' } },
    });
    expect(audited).toEqual([{ type: 'origin_rejected', path: '/api/names', address: '127.0.0.1' }]);
    expect(
      (await ask('POST', '/api/names', { origin: 'http://localhost:3000' }, '{"name":"Bo"}')).status,
    ).toBe(200);
  });

  test('from a page of a foreign origin needs a credential in a header where any origin is allowed', async () => {
    const { ask, port } = await serve();
    const foreign = { origin: 'https://evil.example' };
    const statuses = [
      (await ask('POST', '/api/public-names', foreign)).status,
      (await ask('POST', '/api/public-names', { ...foreign, authorization: 'Bearer wrong' })).status,
      (await ask('POST', '/api/public-names', { ...foreign, authorization: 'Bearer ann' })).status,
      (await ask('POST', '/api/public-names', { origin: `http://127.0.0.1:${port}` })).status,
    ];
    expect(statuses).toEqual([403, 401, 200, 200]);
  });
});

describe('a page of another origin', () => {
  test('A67: gets CORS headers where its origin is allowed, and a response without them where it is not', async () => {
    const { ask } = await serve();
    const own = await ask('GET', '/api/switched', { origin: 'http://localhost:5173' });
    const foreign = await ask('GET', '/api/switched', { origin: 'https://evil.example' });
    expect(own.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([200, null]);
    expect(foreign.headers.get('vary')).toBe('Origin');
  });

  test('can read errors too', async () => {
    const { ask } = await serve();
    const origin = 'http://localhost:5173';
    for (const path of ['/api/greetings/x?times=0', '/api/failures/surprise', '/api/names'])
      expect((await ask('GET', path, { origin })).headers.get('access-control-allow-origin')).toBe(origin);
  });

  test('C31: is reflected with credentials on a path with the origins of another system', async () => {
    const { ask } = await serve();
    const { headers } = await ask('GET', '/', { origin: 'https://any.example' });
    expect(headers.get('access-control-allow-origin')).toBe('https://any.example');
    expect(headers.get('access-control-allow-credentials')).toBe('true');
  });

  test('C31: gets 204 for its preflight, with all methods and the requested headers', async () => {
    const { port } = await serve();
    const headers = {
      origin: 'https://any.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-api-key',
    };
    const answer = await new Promise<{ status: number; headers: Record<string, unknown> }>((resolve) => {
      httpRequest(
        { port, host: '127.0.0.1', method: 'OPTIONS', path: '/api/public-names', headers },
        (response) => {
          response.resume();
          resolve({ status: response.statusCode ?? 0, headers: response.headers });
        },
      ).end();
    });
    expect(answer).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': 'https://any.example',
        'access-control-allow-headers': 'x-api-key',
        allow: 'POST, OPTIONS',
      },
    });
    expect(answer.headers['access-control-allow-methods']).toContain('DELETE');
  });
});
