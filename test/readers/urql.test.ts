import { getIntrospectionQuery, getNamedType, type IntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys } from '../../client/graphcache.ts';
import type { TestApp } from '../_util/app.ts';
import { areInstalled } from './_installed.ts';
import { startReported } from './_reported.ts';
import { pageQuery, connections, rootFields, selectionOf } from './_selections.ts';

// urql with its normalized cache. With the introspection of the schema it warns of what it cannot store.

describe.skipIf(!areInstalled('@urql/core', '@urql/exchange-graphcache'))('urql with Graphcache', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startReported();
  });
  afterAll(() => app.stop());

  it('stores every list and every root field without a warning, and reads them from its cache', async () => {
    const { Client, fetchExchange } = await import('@urql/core');
    const { cacheExchange } = await import('@urql/exchange-graphcache');
    const { data: introspection } = await app.graphql<IntrospectionQuery>(getIntrospectionQuery());
    const warnings: string[] = [];
    const client = new Client({
      url: `${app.url}/graphql`,
      preferGetMethod: false,
      exchanges: [
        cacheExchange({
          schema: introspection as never,
          keys: { ...keys },
          logger: (severity, message) => {
            if (severity !== 'debug') warnings.push(message);
          },
        }),
        fetchExchange,
      ],
    });
    const queries = [
      ...connections()
        .filter(({ name }) => name !== 'eventLog')
        .map((list) => [pageQuery(list, 1), { first: 50 }] as const),
      ...rootFields()
        .filter(({ args }) => args.length === 0)
        .map(({ name, type }) => [`{ ${name} ${selectionOf(getNamedType(type), 1)} }`, {}] as const),
    ];
    expect(queries.length).toBeGreaterThan(30);
    for (const [query, variables] of queries) {
      const { data, error } = await client.query(query, variables).toPromise();
      expect(error, query).toBeUndefined();
      const cached = await client.query(query, variables, { requestPolicy: 'cache-only' }).toPromise();
      expect(cached.data, query).toEqual(data);
    }
    expect(warnings).toEqual([]);
  });
});
