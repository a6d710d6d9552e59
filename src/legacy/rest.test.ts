import { describe, expect, test } from 'vitest';
import { serve } from './rest-server.contract.ts';

describe('an endpoint', () => {
  test('responds with JSON and its charset', async () => {
    const { ask } = await serve();
    const { status, headers, body } = await ask('GET', '/api/greetings/Ann?times=2');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(body).toEqual({ greeting: 'hello Annhello Ann', times: 2 });
  });

  test('decodes the parameters of its path; a path without parameters takes precedence', async () => {
    const { ask } = await serve();
    expect((await ask('GET', '/api/greetings/a%2Fb%20c')).body['greeting']).toBe('hello a/b c');
    expect(await ask('GET', '/api/greetings/special')).toMatchObject({
      status: 503,
      body: { special: true },
    });
  });

  test('rejects an invalid parameter with 400 and its name', async () => {
    const { ask } = await serve();
    const message = 'times must be a whole number, at least 1.';
    expect(await ask('GET', '/api/greetings/Ann?times=0')).toMatchObject({
      status: 400,
      body: { detail: message, error: { code: 'INVALID_PARAMETER', message, param: 'times' } },
    });
  });

  test('responds to HEAD as to GET, without the body', async () => {
    const { ask } = await serve();
    const [head, whole] = [await ask('HEAD', '/api/greetings/Ann'), await ask('GET', '/api/greetings/Ann')];
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(whole.headers.get('content-length'));
  });

  test('responds to any other method with 405 and the allowed methods', async () => {
    const { ask } = await serve();
    const refused = await ask('DELETE', '/api/greetings/Ann');
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    expect(refused.body).toMatchObject({ error: { code: 'METHOD_NOT_ALLOWED' } });
    expect((await ask('GET', '/api/names')).headers.get('allow')).toBe('POST, OPTIONS');
  });

  test('A31: that is disabled responds with 503 and the first feature that is off', async () => {
    const database = await serve({ features: { FEATURE_DATABASE_MONITORING: false, FEATURE_OFF: false } });
    expect(await database.ask('GET', '/api/switched')).toMatchObject({
      status: 503,
      body: {
        detail: 'Monitoring disabled',
        error: { code: 'FEATURE_DISABLED', feature: 'FEATURE_DATABASE_MONITORING' },
      },
    });
    const other = await serve({ features: { FEATURE_OFF: false } });
    expect((await other.ask('GET', '/api/switched')).body).toMatchObject({
      error: { feature: 'FEATURE_OFF' },
    });
  });

  test('that is open checks no credential', async () => {
    const { ask } = await serve({ anonymousMay: [] });
    const [root, other] = [
      await ask('GET', '/', { authorization: 'Bearer wrong' }),
      await ask('GET', '/api/switched'),
    ];
    expect(root).toMatchObject({ status: 200, body: { whoami: 'anonymous' } });
    expect(other).toMatchObject({ status: 401, body: { error: { code: 'AUTHENTICATION_FAILED' } } });
  });

  test('A68: rejects an invalid credential with 401, which is audited', async () => {
    const { ask, audited } = await serve();
    const refused = await ask('GET', '/api/switched', { authorization: 'Bearer wrong' });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(audited).toEqual([{ type: 'authentication_failed', path: '/api/switched', address: '127.0.0.1' }]);
  });

  test.each([
    ['NOT_FOUND', 404, 'NOT_FOUND'],
    ['FORBIDDEN', 403, 'FORBIDDEN'],
    ['BAD_USER_INPUT', 400, 'INVALID_PARAMETER'],
    ['DATABASE_UNAVAILABLE', 503, 'DATABASE_UNAVAILABLE'],
    ['OVERLOADED', 503, 'OVERLOADED'],
    ['FEATURE_DISABLED', 503, 'FEATURE_DISABLED'],
  ])('responds to %s of the graph with %d', async (code, status, shown) => {
    const { ask } = await serve();
    expect(await ask('GET', `/api/failures/${code}`)).toMatchObject({
      status,
      body: { error: { code: shown } },
    });
  });

  test('C35: reveals nothing of an unexpected error but its id in the log', async () => {
    const { ask, reported } = await serve();
    const { status, body, text: whole } = await ask('GET', '/api/failures/surprise');
    expect([status, body['error']]).toEqual([
      500,
      { code: 'INTERNAL_ERROR', message: 'An unexpected error happened.', errorId: reported[0] },
    ]);
    expect(whole).not.toContain('secret');
  });
});

describe('a POST', () => {
  test('accepts a JSON object that matches the schema', async () => {
    const { ask } = await serve();
    expect(await ask('POST', '/api/names', {}, '{"name":"Bo","more":1}')).toMatchObject({
      status: 200,
      body: { renamed: 'Bo' },
    });
  });

  test('needs no body where it is optional, and rejects an invalid one', async () => {
    const { ask } = await serve();
    expect((await ask('POST', '/api/public-names')).body).toEqual({ renamed: 'unnamed' });
    expect(await ask('POST', '/api/public-names', {}, '{')).toMatchObject({
      status: 400,
      body: { error: { code: 'INVALID_BODY' } },
    });
  });

  test('R17: to an unknown resource gets 404 before its body is parsed, but after its signature is checked', async () => {
    const { ask } = await serve();
    for (const body of ['{"name":"Bo"}', '{"name":1}', '{', ''])
      expect(await ask('POST', '/api/people/unknown/name', {}, body)).toMatchObject({
        status: 404,
        body: { detail: 'Unknown person.', error: { code: 'NOT_FOUND' } },
      });
    const unsigned = await serve({ signingSecret: 'a secret' });
    expect((await unsigned.ask('POST', '/api/people/unknown/name', {}, '{')).status).toBe(401);
  });

  test('R17: may have another code for an object that does not match the schema, with the field', async () => {
    const { ask } = await serve();
    const post = (body: string) => ask('POST', '/api/people/Ann/name', {}, body);
    expect((await post('{"name":"Bo"}')).body).toEqual({ renamed: 'Ann Bo' });
    expect(await post('{"name":1}')).toMatchObject({
      status: 400,
      body: { error: { code: 'INVALID_PARAMETER', param: 'name' } },
    });
    expect(await post('[]')).toMatchObject({ status: 400, body: { error: { code: 'INVALID_BODY' } } });
  });

  test('is rejected with 413 when its body is too large', async () => {
    const { ask } = await serve();
    expect(await ask('POST', '/api/names', {}, 'x'.repeat(1_001))).toMatchObject({
      status: 413,
      body: { error: { code: 'PAYLOAD_TOO_LARGE' } },
    });
  });

  test('A71: is rejected with 401 when its signature is missing', async () => {
    const { ask, audited } = await serve({ signingSecret: 'a secret' });
    expect((await ask('POST', '/api/names', {}, '{"name":"Bo"}')).status).toBe(401);
    expect(audited).toMatchObject([{ type: 'authentication_failed' }]);
  });

  test('is rejected with 401 when an anonymous viewer lacks the capability', async () => {
    const { ask } = await serve({ anonymousMay: ['read'] });
    expect((await ask('POST', '/api/names', {}, '{"name":"Bo"}')).status).toBe(401);
  });
});
