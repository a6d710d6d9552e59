import { parse } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Engine } from '../engine/engine.ts';
import type { HttpContext } from '../http/request.ts';
import { serveRoutes, type Call } from '../http/route.ts';
import type { Dialect } from './dialect.ts';
import type { Document } from './message.ts';
import { get, post, type RestRoute } from './rest-route.ts';
import { restRoutes } from './rest.ts';
import { testDialect } from './test-server.contract.ts';

const document: Document<unknown, Record<string, unknown>> = parse('{ a }');
const rest = { summary: '', document, map: () => ({ body: null }) };

function dialectOf(routes: readonly RestRoute[], name = 'old'): Dialect {
  return testDialect({ name, routes });
}

function routesOf(...dialects: readonly Dialect[]) {
  return restRoutes({ engine: {} as Engine, dialects, features: {}, bodyBytesMax: 1_000 });
}

function paths(...all: readonly string[]): RestRoute[] {
  return all.map((path) => get({ path, ...rest }));
}

describe('the routes of dialects', () => {
  const declared = dialectOf(
    paths('/', '/api/{kind}/{id}', '/api/items/{id}', '/api/items/all', '/api/items'),
  );

  /** The path of the route that serves a request, and the parameters of its path. */
  async function found(path: string): Promise<unknown> {
    let served: unknown = null;
    const routes = routesOf(declared).map((route) => ({
      ...route,
      handlers: { GET: ({ values }: Call) => void (served = [route.endpoint.path, ...values.values()]) },
    }));
    const response = { setHeader() {} } as unknown as ServerResponse;
    const request = { method: 'GET', headers: {} } as IncomingMessage;
    const context = { url: new URL(path, 'http://localhost'), viewer: async () => ({}) };
    await serveRoutes(routes, { audit() {} })(request, response, context as unknown as HttpContext);
    return served;
  }

  test.each([
    ['/', ['/']],
    ['/api/items', ['/api/items']],
    ['/api/items/7', ['/api/items/{id}', '7']],
    ['/api/items/all', ['/api/items/all']],
    ['/api/things/all', ['/api/{kind}/{id}', 'things', 'all']],
  ])('serve %s by the route with the fewest parameters: %s', async (path, expected) => {
    expect(await found(path)).toEqual(expected);
  });

  test.each(['/api', '/api//7', '/api/items/7/8', '/other', '/API/items'])(
    'do not serve the undeclared path %s',
    async (path) => {
      expect(await found(path)).toBeNull();
    },
  );

  test('decode the parameters of a path exactly once', async () => {
    expect(await found('/api/items/a%2Fb%2520')).toEqual(['/api/items/{id}', 'a/b%20']);
    expect(await found('/api/%69tems/all')).toEqual(['/api/items/all']);
  });

  test('may share a path when their methods differ', () => {
    const [route] = routesOf(dialectOf([get({ path: '/a', ...rest }), post({ path: '/a', ...rest })]));
    expect(Object.keys(route?.handlers ?? {})).toEqual(['GET', 'POST']);
  });

  test('are rejected at start when two differ only in the names of parameters', () => {
    expect(() => routesOf(dialectOf(paths('/a/{x}', '/a/{y}')))).toThrow('GET /a/{y} is declared twice');
    expect(() => routesOf(dialectOf(paths('/a')), dialectOf(paths('/a'), 'older'))).toThrow(
      'GET /a is declared twice',
    );
  });
});
