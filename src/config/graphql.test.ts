import { describe, expect, test } from 'vitest';
import { errors, read } from '../../test/_util/config.ts';

describe('GRAPHQL_TRUSTED_DOCUMENTS', () => {
  const file = '/srv/ops/documents.json';
  const named = { GRAPHQL_TRUSTED_DOCUMENTS: 'documents.json' };
  const documents = new Map([
    ['a1', '{ health { live } }'],
    ['b2', '{ host { hostId } }'],
  ]);

  test.each([
    ['GraphQL Code Generator writes it', Object.fromEntries(documents)],
    [
      'Apollo’s generator writes it',
      {
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [...documents].map(([id, body]) => ({ id, body, name: id, type: 'query' })),
      },
    ],
  ])('accepts a manifest as %s', (_who, manifest) => {
    const { config, warnings } = read(named, { [file]: JSON.stringify(manifest) });
    expect(config.graphql.trusted).toEqual({ file: 'documents.json', documents });
    expect(warnings).toEqual([]);
  });

  test('disables introspection and GraphiQL, and warns when GRAPHIQL is true', () => {
    const files = { [file]: JSON.stringify(Object.fromEntries(documents)) };
    const off = { introspection: false, graphiql: false };
    expect(read({ ...named, GRAPHQL_INTROSPECTION: 'true' }, files)).toMatchObject({
      config: { graphql: off },
      warnings: [],
    });
    expect(read({ ...named, GRAPHIQL: 'true' }, files)).toMatchObject({
      config: { graphql: off },
      warnings: [expect.stringMatching(/^GRAPHIQL has no effect with GRAPHQL_TRUSTED_DOCUMENTS/)],
    });
  });

  test('rejects a file that is missing, is no manifest or is empty', () => {
    expect(errors(named)).toEqual([
      'GRAPHQL_TRUSTED_DOCUMENTS must name a readable file (ENOENT), got "documents.json"',
    ]);
    for (const text of [
      '{',
      '[]',
      '{}',
      '"x"',
      '{"a":1}',
      '{"a":""}',
      '{"":"{ a }"}',
      '{"format":"x","operations":[]}',
    ])
      expect(errors(named, { [file]: text }), text).toEqual([
        expect.stringMatching(/^GRAPHQL_TRUSTED_DOCUMENTS must name a .*, got "documents\.json"$/),
      ]);
    const twice = {
      format: 'apollo-persisted-query-manifest',
      operations: [1, 2].map(() => ({ id: 'a', body: '{ a }' })),
    };
    expect(errors(named, { [file]: JSON.stringify(twice) })).toEqual([
      'GRAPHQL_TRUSTED_DOCUMENTS must name a file that does not repeat the id "a", got "documents.json"',
    ]);
  });

  test('appears in the log as a file name, without the documents', () => {
    const { shown } = read(named, { [file]: JSON.stringify(Object.fromEntries(documents)) });
    expect(shown['GRAPHQL_TRUSTED_DOCUMENTS']).toBe('documents.json');
    expect(JSON.stringify(shown)).not.toContain('health');
  });
});
