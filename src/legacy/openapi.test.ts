import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Document } from './message.ts';
import { get, post } from './rest-route.ts';
import { openApi, rejected } from './openapi.ts';
import { testDialect } from './test-server.contract.ts';

const document: Document<unknown, Record<string, unknown>> = parse('{ a }');
const rest = { document, map: () => ({ body: null }) };

const old = testDialect({
  routes: [
    get({ path: '/', summary: 'What there is.', open: true, ...rest }),
    get({
      path: '/api/items/{item_id}',
      summary: 'An item.',
      parameters: {
        item_id: { kind: 'int', in: 'path', min: 1, max: 99, description: 'Its number.' },
        with_parts: { kind: 'bool', default: false, description: 'With its parts.' },
        since: { kind: 'time', description: 'Not before.' },
        word: { kind: 'text', description: 'In its name.' },
      },
      needs: ['FEATURE_ONE', 'FEATURE_TWO'],
      response: z.strictObject({ name: z.string().nullable(), parts: z.int().min(0) }),
      otherStatuses: [503],
      ...rest,
    }),
    post({
      path: '/api/items/{item_id}',
      summary: 'Changes an item.',
      parameters: { item_id: { kind: 'int', in: 'path', min: 1, max: 99, description: 'Its number.' } },
      body: { schema: z.object({ name: z.string().max(5), parts: z.int().default(1) }), optional: true },
      ...rest,
    }),
  ],
});

interface Operation {
  readonly operationId: string;
  readonly description?: string;
  readonly security?: unknown;
  readonly parameters: readonly object[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, object>>;
}

function described(options: { credentialsRequired?: boolean } = {}) {
  return openApi({
    version: '1.2.3',
    dialects: [old],
    credentialsRequired: options.credentialsRequired ?? false,
    more: {
      tags: [{ name: 'more' }],
      paths: { '/more': { get: { operationId: 'more', responses: rejected(403) } } },
      schemas: { More: {} },
    },
  }) as {
    openapi: string;
    info: { version: string };
    security: unknown;
    tags: unknown;
    paths: Record<string, Record<string, Operation>>;
    components: { responses: object; schemas: object };
  };
}

function operation(path: string, method: string): Operation {
  const found = described().paths[path]?.[method];
  if (found === undefined) throw new Error(`${method} ${path} is not described`);
  return found;
}

describe('the OpenAPI document', () => {
  test('has every route once, by its path, and the other endpoints', () => {
    const { openapi, info, tags, paths, components } = described();
    expect([openapi, info.version]).toEqual(['3.1.0', '1.2.3']);
    expect(
      Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, one]) => [method, path, one.operationId]),
      ),
    ).toEqual([
      ['get', '/', 'getRoot'],
      ['get', '/api/items/{item_id}', 'getApiItemsItemId'],
      ['post', '/api/items/{item_id}', 'postApiItemsItemId'],
      ['get', '/more', 'more'],
    ]);
    expect(tags).toEqual([{ name: 'more' }, { name: 'old', description: 'An old system' }]);
    expect(Object.keys(components.schemas)).toEqual(['Error', 'More']);
  });

  test('has the location and the schema of each parameter', () => {
    expect(operation('/api/items/{item_id}', 'get').parameters).toEqual([
      {
        name: 'item_id',
        in: 'path',
        required: true,
        description: 'Its number. Values above 99 are treated as 99.',
        schema: { type: 'integer', minimum: 1, maximum: 99 },
      },
      {
        name: 'with_parts',
        in: 'query',
        description: 'With its parts.',
        schema: { type: 'boolean', default: false },
      },
      {
        name: 'since',
        in: 'query',
        description: 'Not before.',
        schema: { type: 'string', format: 'date-time' },
      },
      { name: 'word', in: 'query', description: 'In its name.', schema: { type: 'string' } },
    ]);
  });

  test('has the schemas of request bodies, in which properties with a default are optional', () => {
    expect(operation('/api/items/{item_id}', 'post').requestBody).toEqual({
      required: false,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: { name: { type: 'string', maxLength: 5 }, parts: { type: 'integer', default: 1 } },
            required: ['name'],
          },
        },
      },
    });
  });

  test('has the declared response of a route, and an empty schema where none is declared', () => {
    const { responses, description } = operation('/api/items/{item_id}', 'get');
    const schema = {
      type: 'object',
      properties: {
        name: { type: ['string', 'null'] },
        parts: { type: 'integer', minimum: 0 },
      },
      required: ['name', 'parts'],
      additionalProperties: false,
    };
    expect(responses['200']).toMatchObject({ content: { 'application/json': { schema } } });
    expect(responses['503']).toMatchObject({
      content: {
        'application/json': { schema: { anyOf: [schema, { $ref: '#/components/schemas/Error' }] } },
      },
    });
    expect(description).toBe('Responds with 503 unless `FEATURE_ONE` and `FEATURE_TWO` are on.');
    expect(operation('/', 'get').responses['200']).toMatchObject({
      content: { 'application/json': { schema: { description: 'A JSON value.' } } },
    });
  });

  test('lists the possible errors', () => {
    const statuses = (path: string, method: string) => Object.keys(operation(path, method).responses);
    expect(statuses('/', 'get')).toEqual(['200', '403', '500', '503']);
    expect(statuses('/api/items/{item_id}', 'get')).toEqual('200 400 401 403 404 500 503'.split(' '));
    expect(statuses('/api/items/{item_id}', 'post')).toEqual(
      '200 400 401 403 404 413 415 500 503'.split(' '),
    );
  });

  test('has the security requirements', () => {
    expect(operation('/', 'get').security).toEqual([]);
    expect(operation('/api/items/{item_id}', 'get').security).toBeUndefined();
    expect(described().security).toEqual([{ bearer: [] }, { apiKey: [] }, {}]);
    expect(described({ credentialsRequired: true }).security).toEqual([{ bearer: [] }, { apiKey: [] }]);
  });
});
