import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { Viewer } from '../auth/viewer.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { openDoor } from '../fanout/door.ts';
import type { GraphContext } from '../graph/context.ts';
import { rules } from '../graph/rules.ts';
import { openMemoryLog } from '../journal/memory-log.ts';
import { sendError, urlOf } from '../transports/request.ts';
import type { SecurityEvent } from '../transports/upgrade.ts';
import { get, post, type Dialect, type Document, type Voice } from './dialect.ts';
import { createRest, type RestOptions } from './rest.ts';

const text = new GraphQLNonNull(GraphQLString);
const named = { args: { name: { type: text } }, type: text };

const schema = new GraphQLSchema({
  query: new GraphQLObjectType<unknown, GraphContext>({
    name: 'Query',
    fields: {
      greeting: {
        type: text,
        args: { name: { type: text }, times: { type: GraphQLInt } },
        resolve: (_root, { name, times }) => `hello ${String(name)}`.repeat(Number(times ?? 1)),
      },
      whoami: { type: text, resolve: (_root, _args, { viewer }) => viewer.subject },
      failure: {
        ...named,
        resolve: (_root, { name }) => {
          if (name === 'surprise') throw new Error('select secret from table');
          throw new AppError(name as ErrorCode, `failed with ${String(name)}`, {
            details: { feature: 'FEATURE_X' },
          });
        },
      },
    },
  }),
  mutation: new GraphQLObjectType<unknown, GraphContext>({
    name: 'Mutation',
    fields: {
      rename: {
        ...named,
        extensions: rules({ requires: 'write' }),
        resolve: (_root, { name }) => String(name),
      },
    },
  }),
});

function document<Data, Variables = Record<string, never>>(source: string): Document<Data, Variables> {
  return parse(source);
}

const voice: Voice = { error: (failure) => ({ type: 'error', ...failure }), pong: () => ({ type: 'pong' }) };

const greetingOf = document<{ greeting: string }, { name: string; times: number }>(
  'query ($name: String!, $times: Int) { greeting(name: $name, times: $times) }',
);

const old: Dialect = {
  name: 'old',
  credentials: false,
  voice,
  feeds: [],
  routes: [
    get({
      path: '/api/greetings/{name}',
      summary: '',
      parameters: {
        name: { kind: 'text', in: 'path', description: '' },
        times: { kind: 'int', default: 1, min: 1, max: 3, description: '' },
      },
      document: greetingOf,
      variables: ({ name, times }) => ({ name, times }),
      map: ({ greeting }, { times }) => ({ body: { greeting, times } }),
    }),
    get({
      path: '/api/greetings/special',
      summary: '',
      document: document<{ whoami: string }>('{ whoami }'),
      map: () => ({ status: 503, body: { special: true } }),
    }),
    get({
      path: '/api/switched',
      summary: '',
      needs: ['FEATURE_ON', 'FEATURE_DATABASE_MONITORING', 'FEATURE_OFF'],
      document: document<{ whoami: string }>('{ whoami }'),
      map: (body) => ({ body }),
    }),
    get({
      path: '/api/failures/{code}',
      summary: '',
      parameters: { code: { kind: 'text', in: 'path', description: '' } },
      document: document<unknown, { name: string }>('query ($name: String!) { failure(name: $name) }'),
      variables: ({ code }) => ({ name: code }),
      map: (body) => ({ body }),
    }),
    get({
      path: '/',
      summary: '',
      open: true,
      originsOf: 'public',
      document: document<{ whoami: string }>('{ whoami }'),
      map: (body) => ({ body }),
    }),
    post({
      path: '/api/names',
      summary: '',
      body: { schema: z.object({ name: z.string().min(1) }), optional: false },
      document: document<{ rename: string }, { name: string }>(
        'mutation ($name: String!) { rename(name: $name) }',
      ),
      variables: (_values, { name }) => ({ name }),
      map: ({ rename }) => ({ body: { renamed: rename } }),
    }),
  ],
};

const open: Dialect = {
  name: 'public',
  credentials: true,
  voice,
  feeds: [],
  routes: [
    post({
      path: '/api/public-names',
      summary: '',
      body: { schema: z.object({ name: z.string().default('nobody') }), optional: true },
      document: document<{ rename: string }, { name: string }>(
        'mutation ($name: String!) { rename(name: $name) }',
      ),
      variables: (_values, { name }) => ({ name }),
      map: ({ rename }) => ({ body: { renamed: rename } }),
    }),
  ],
};

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** Serves both dialects; `Authorization: Bearer <subject>` is believed, `Bearer wrong` is not. */
async function serve(
  options: Partial<RestOptions> & { signed?: boolean; anonymousMay?: readonly string[] } = {},
) {
  const { signed = true, anonymousMay = ['read', 'write'], ...rest } = options;
  const log = openMemoryLog();
  const audited: SecurityEvent[] = [];
  const reported: string[] = [];
  const door = openDoor({
    schema,
    introspection: false,
    context: (viewer) => ({ viewer }) as GraphContext,
    log,
    report: (_error, errorId) => reported.push(errorId),
  });
  const service = createRest({
    door,
    dialects: [old, open],
    origins: { old: 'localhost', public: 'any' },
    features: { FEATURE_ON: true, FEATURE_DATABASE_MONITORING: true, FEATURE_OFF: true },
    bodyBytesMax: 1_000,
    audit: (event) => audited.push(event),
    ...rest,
  });
  const server = createServer((request, response) => {
    const url = urlOf(request) ?? new URL('http://localhost/');
    const context = {
      url,
      address: '192.0.2.1',
      viewer: async (): Promise<Viewer> => {
        const subject = request.headers.authorization?.replace('Bearer ', '');
        if (subject === 'wrong') throw new AppError('AUTHENTICATION_FAILED', 'The credential is not valid.');
        const capabilities = new Set(subject === undefined ? anonymousMay : ['read', 'write']);
        return {
          subject: subject ?? 'anonymous',
          authenticated: subject !== undefined,
          role: null,
          capabilities,
        };
      },
      signed: () => signed,
    };
    void service.handle(request, response, context).then((served) => {
      if (!served) sendError(response, 404, 'NOT_FOUND', 'There is nothing here.');
      return undefined;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const ask = async (
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<Answer> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    const answer = await response.text();
    const parsed = answer.startsWith('{') ? (JSON.parse(answer) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, text: answer, body: parsed };
  };
  return { ask, audited, reported, port };
}

describe('an endpoint', () => {
  test('answers JSON with its charset', async () => {
    const { ask } = await serve();
    const { status, headers, body } = await ask('GET', '/api/greetings/Ann?times=2');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(body).toEqual({ greeting: 'hello Annhello Ann', times: 2 });
  });

  test('takes what stands in its path decoded, and prefers the path without parameters', async () => {
    const { ask } = await serve();
    expect((await ask('GET', '/api/greetings/a%2Fb%20c')).body['greeting']).toBe('hello a/b c');
    expect(await ask('GET', '/api/greetings/special')).toMatchObject({
      status: 503,
      body: { special: true },
    });
  });

  test('refuses a parameter with 400, saying which', async () => {
    const { ask } = await serve();
    const message = 'times must be a whole number, at least 1.';
    expect(await ask('GET', '/api/greetings/Ann?times=0')).toMatchObject({
      status: 400,
      body: { detail: message, error: { code: 'INVALID_PARAMETER', message, param: 'times' } },
    });
  });

  test('answers HEAD like GET without the body', async () => {
    const { ask } = await serve();
    const [head, whole] = [await ask('HEAD', '/api/greetings/Ann'), await ask('GET', '/api/greetings/Ann')];
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(whole.headers.get('content-length'));
  });

  test('answers any other method with 405 and the ones it takes', async () => {
    const { ask } = await serve();
    const refused = await ask('DELETE', '/api/greetings/Ann');
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    expect(refused.body).toMatchObject({ error: { code: 'METHOD_NOT_ALLOWED' } });
    expect((await ask('GET', '/api/names')).headers.get('allow')).toBe('POST, OPTIONS');
  });

  test('A31: that is switched off answers 503 with the first switch that is off', async () => {
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

  test('that is open to everybody asks nobody who they are', async () => {
    const { ask } = await serve({ anonymousMay: [] });
    const [root, other] = [
      await ask('GET', '/', { authorization: 'Bearer wrong' }),
      await ask('GET', '/api/switched'),
    ];
    expect(root).toMatchObject({ status: 200, body: { whoami: 'anonymous' } });
    expect(other).toMatchObject({ status: 401, body: { error: { code: 'AUTHENTICATION_FAILED' } } });
  });

  test('A68: refuses a wrong credential with 401, and has it audited', async () => {
    const { ask, audited } = await serve();
    const refused = await ask('GET', '/api/switched', { authorization: 'Bearer wrong' });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(audited).toEqual([{ type: 'authentication_failed', path: '/api/switched', address: '192.0.2.1' }]);
  });

  test.each([
    ['NOT_FOUND', 404, 'NOT_FOUND'],
    ['FORBIDDEN', 403, 'FORBIDDEN'],
    ['BAD_USER_INPUT', 400, 'INVALID_PARAMETER'],
    ['DATABASE_UNAVAILABLE', 503, 'DATABASE_UNAVAILABLE'],
    ['OVERLOADED', 503, 'OVERLOADED'],
    ['FEATURE_DISABLED', 503, 'FEATURE_DISABLED'],
  ])('turns %s of the graph into %d', async (code, status, shown) => {
    const { ask } = await serve();
    expect(await ask('GET', `/api/failures/${code}`)).toMatchObject({
      status,
      body: { error: { code: shown } },
    });
  });

  test('C35: shows of an unexpected error nothing but the id that was reported', async () => {
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
  test('takes a JSON object that fits', async () => {
    const { ask } = await serve();
    expect(await ask('POST', '/api/names', {}, '{"name":"Bo","more":1}')).toMatchObject({
      status: 200,
      body: { renamed: 'Bo' },
    });
  });

  test('needs no body where it is optional, but then a whole one', async () => {
    const { ask } = await serve();
    expect((await ask('POST', '/api/public-names')).body).toEqual({ renamed: 'nobody' });
    expect(await ask('POST', '/api/public-names', {}, '{')).toMatchObject({
      status: 400,
      body: { error: { code: 'INVALID_BODY' } },
    });
  });

  test('is refused with 413 when its body is too long', async () => {
    const { ask } = await serve();
    expect(await ask('POST', '/api/names', {}, 'x'.repeat(1_001))).toMatchObject({
      status: 413,
      body: { error: { code: 'PAYLOAD_TOO_LARGE' } },
    });
  });

  test('A71: is refused with 401 when its signature is missing', async () => {
    const { ask, audited } = await serve({ signed: false });
    expect((await ask('POST', '/api/names', {}, '{"name":"Bo"}')).status).toBe(401);
    expect(audited).toMatchObject([{ type: 'authentication_failed' }]);
  });

  test('A67: from a page of a foreign origin is refused with 403 and audited, also as plain text', async () => {
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
    expect(audited).toEqual([{ type: 'origin_rejected', path: '/api/names', address: '192.0.2.1' }]);
    expect(
      (await ask('POST', '/api/names', { origin: 'http://localhost:3000' }, '{"name":"Bo"}')).status,
    ).toBe(200);
  });

  test('where any page may read, needs a credential in a header from a foreign one', async () => {
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

  test('without the capability it needs is refused with 403', async () => {
    const { ask } = await serve({ anonymousMay: ['read'] });
    expect((await ask('POST', '/api/names', {}, '{"name":"Bo"}')).status).toBe(401);
  });
});

describe('a page of another origin', () => {
  test('A67: is told that it may read where its origin is allowed, and served without that where it is not', async () => {
    const { ask } = await serve();
    const own = await ask('GET', '/api/switched', { origin: 'http://localhost:5173' });
    const foreign = await ask('GET', '/api/switched', { origin: 'https://evil.example' });
    expect(own.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([200, null]);
    expect(foreign.headers.get('vary')).toBe('Origin');
  });

  test('can read failures too', async () => {
    const { ask } = await serve();
    const origin = 'http://localhost:5173';
    for (const path of ['/api/greetings/x?times=0', '/api/failures/surprise', '/api/names'])
      expect((await ask('GET', path, { origin })).headers.get('access-control-allow-origin')).toBe(origin);
  });

  test('C31: is reflected with credentials on a path whose rule is another system’s', async () => {
    const { ask } = await serve();
    const { headers } = await ask('GET', '/', { origin: 'https://any.example' });
    expect(headers.get('access-control-allow-origin')).toBe('https://any.example');
    expect(headers.get('access-control-allow-credentials')).toBe('true');
  });

  test('C31: gets 204 for its preflight, with all methods and the headers it asked for', async () => {
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
