import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Dialect } from './dialect.ts';
import type { Document } from './message.ts';
import { get, post } from './rest-route.ts';
import { Routes } from './routes.ts';

const document: Document<unknown, Record<string, unknown>> = parse('{ a }');
const rest = { summary: '', document, map: () => ({ body: null }) };

function dialectOf(...paths: readonly string[]): Dialect {
  return {
    name: 'old',
    title: 'An old system',
    origins: 'localhost',
    credentials: false,
    feeds: [],
    routes: paths.map((path) => get({ path, ...rest })),
    controlMessages: { error: () => ({}), pong: () => ({}) },
  };
}

function found(routes: Routes, path: string): string | undefined {
  return routes.find(path)?.byMethod.get('GET')?.route.path;
}

describe('routes', () => {
  const routes = new Routes([
    dialectOf('/', '/api/{kind}/{id}', '/api/items/{id}', '/api/items/all', '/api/items'),
  ]);

  test.each([
    ['/', '/'],
    ['/api/items', '/api/items'],
    ['/api/items/7', '/api/items/{id}'],
    ['/api/items/all', '/api/items/all'],
    ['/api/things/all', '/api/{kind}/{id}'],
  ])('find for %s the one with the fewest parameters: %s', (path, expected) => {
    expect(found(routes, path)).toBe(expected);
  });

  test.each(['/api', '/api/items/', '/api//7', '/api/items/7/8', '/other', '/API/items'])(
    'find nothing for %s',
    (path) => {
      expect(routes.find(path)).toBeNull();
    },
  );

  test('decode what stands in a path, once', () => {
    expect(routes.find('/api/items/a%2Fb%2520')?.values.get('id')).toBe('a/b%20');
    expect(found(routes, '/api/%69tems/all')).toBe('/api/items/all');
  });

  test('may share a path when their methods differ', () => {
    const both = {
      ...dialectOf('/api/items'),
      routes: [get({ path: '/a', ...rest }), post({ path: '/a', ...rest })],
    };
    expect([...(new Routes([both]).find('/a')?.byMethod.keys() ?? [])]).toEqual(['GET', 'POST']);
  });

  test('that are the same but for the names of parameters are a mistake that is seen at start', () => {
    expect(() => new Routes([dialectOf('/a/{x}'), dialectOf('/a/{y}')])).toThrow('GET /a/{y} is there twice');
  });
});
