import {
  buildSchema,
  getIntrospectionQuery,
  getNamedType,
  graphqlSync,
  isLeafType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';
import { beforeEach, describe, expect, test } from 'vitest';
import type { GraphContext } from '../graph/context.ts';
import { limits } from '../graph/limits.ts';
import { listSize } from '../graph/list-size.ts';
import { everyMsOf, stream } from '../graph/stream.ts';
import { schema as ourSchema } from '../schema.ts';
import { Complexity } from './complexity.ts';
import { Operations } from './documents.ts';
import { RequestError } from './operation.ts';
import { coerceVariables } from './variables.ts';

const schema = buildSchema(`
  type Query {
    one: Thing
    list: [Thing!]!
    many(first: Int, last: Int): [Thing!]!
    usual: [Thing!]!
    things(first: Int, last: Int): ThingConnection!
    history(limit: Int): History!
    any: [Any!]!
  }
  interface Any { name: String }
  type Thing implements Any {
    name: String
    tags: [String!]!
    thing: Thing
    things(first: Int): ThingConnection!
    many(first: Int): [Thing!]!
  }
  type Other implements Any { name: String many(first: Int): [Thing!]! }
  type ThingConnection { totalCount: Int! edges: [ThingEdge!]! pageInfo: PageInfo! }
  type ThingEdge { cursor: String! node: Thing! }
  type PageInfo { hasNextPage: Boolean! }
  type History { totalCount: Int! rows: [Thing!]! }
  type Subscription { gauge(everyMs: Int): Thing! happens(after: String): Thing! }
`);
const declared = {
  ...schema.getQueryType()?.getFields(),
  ...schema.getSubscriptionType()?.getFields(),
};
Object.assign(declared['usual'] ?? {}, { extensions: listSize(500) });
Object.assign(declared['gauge'] ?? {}, {
  extensions: stream({
    delivery: 'LATEST',
    topic: 'gauge',
    keys: () => null,
    everyMs: (args, { serverInfo }) => (
      intervalReads++,
      everyMsOf(args, serverInfo.intervals.systemMetricsMs)
    ),
  }),
});
Object.assign(declared['happens'] ?? {}, {
  extensions: stream({ delivery: 'EVERY', topics: null, types: () => null }),
});

/** How often the interval was read. */
let intervalReads = 0;

describe('the cost of an operation', () => {
  const operations = new Operations(schema, { introspection: true });
  let costs: Complexity;
  beforeEach(() => {
    costs = new Complexity(schema);
  });

  function cost(query: string, given: Record<string, unknown> = {}, systemMetricsMs = 0): number {
    const operation = operations.prepare({ query });
    const context = () => ({ serverInfo: { intervals: { systemMetricsMs } } }) as unknown as GraphContext;
    return costs.of(operation, coerceVariables(schema, operation, given), context);
  }

  test.each([
    ['a field', '{ one { name } }', 2],
    ['the same field under two names', '{ a: one { name } b: one { name } }', 4],
    ['a list of plain values', '{ one { tags } }', 2],
    ['a list without a declared length', '{ list { name } }', 1 + 10],
    ['a list with a declared length', '{ usual { name } }', 1 + 500],
    ['a list whose length argument is absent', '{ many { name } }', 1 + 100],
    ['a list with `first`', '{ many(first: 7) { name tags } }', 1 + 7 * 2],
    ['a list with `last`', '{ many(last: 7) { name } }', 1 + 7],
    ['a list within a list', '{ many(first: 7) { many(first: 5) { name } } }', 1 + 7 * (1 + 5)],
    ['a list of length 0', '{ many(first: 0) { name } }', 1],
    ['a negative length as 0', '{ many(first: -5) { name } }', 1],
    ['a length above the limit as the limit', '{ many(first: 2000000000) { name } }', 1 + limits.listMax],
    ['a connection with the default length', '{ things { edges { node { name } } } }', 2 + 100 * 2],
    ['a connection with `first`', '{ things(first: 7) { edges { cursor node { name } } } }', 2 + 7 * 3],
    [
      'the fields of the connection itself once',
      '{ things(first: 7) { totalCount pageInfo { hasNextPage } edges { cursor } } }',
      5 + 7,
    ],
    [
      'a connection within a connection',
      '{ things(first: 7) { edges { node { things(first: 5) { edges { cursor } } name } cursor } } }',
      2 + 7 * (1 + (2 + 5) + 1 + 1),
    ],
    [
      'two selections of items of which one contains a connection',
      '{ things(first: 7) { a: edges { cursor } edges { node { things(first: 5) { edges { cursor } } } } } }',
      3 + 7 * (1 + 1 + (2 + 5)),
    ],
    [
      'the items of a page of which only the position is selected, as they are read',
      '{ things(first: 7) { pageInfo { hasNextPage } } }',
      3 + 7,
    ],
    ['no items if only their number is selected', '{ things(first: 7) { totalCount } }', 2],
    [
      'two connections beside each other',
      '{ a: things(first: 7) { edges { cursor } } b: things(first: 5) { edges { cursor } } }',
      2 + 7 + 2 + 5,
    ],
    ['a page that is not a connection', '{ history(limit: 7) { totalCount rows { name } } }', 3 + 7],
    [
      'the fields of fragments',
      '{ ...All } fragment All on Query { many(first: 7) { ... on Thing { name } } }',
      8,
    ],
    [
      'the most expensive member of an abstract type',
      '{ any { name ... on Thing { tags } ... on Other { many(first: 5) { name } } } }',
      1 + 10 * (1 + 6),
    ],
    ['no skipped fields', '{ one { name } many @skip(if: true) { name } }', 2],
    ['`__typename` as one value', '{ one { __typename } }', 2],
  ])('counts %s', (_what, query, expected) => {
    expect(cost(query)).toBe(expected);
  });

  test('depends on variables and their defaults', () => {
    const query =
      'query ($n: Int = 7, $with: Boolean!) { many(first: $n) { name @include(if: $with) tags } }';
    expect(cost(query, { with: true })).toBe(1 + 7 * 2);
    expect(cost(query, { with: false })).toBe(1 + 7);
    expect(cost(query, { n: 3, with: false })).toBe(1 + 3);
    expect(cost(query, { n: null, with: false })).toBe(1 + 100);
  });

  test.each([
    [100, 10],
    [250, 4],
    [1_000, 1],
    [60_000, 1],
  ])('of a gauge every %i ms is that of %i results per second', (everyMs, results) => {
    expect(cost(`subscription { gauge(everyMs: ${everyMs}) { name tags } }`)).toBe(3 * results);
    expect(
      cost('subscription ($every: Int) { gauge(everyMs: $every) { name tags } }', { every: everyMs }),
    ).toBe(3 * results);
    expect(cost('subscription { gauge { name tags } }', {}, everyMs)).toBe(3 * results);
  });

  test('of events, and of a gauge without an interval, is that of one result per second', () => {
    expect(cost('subscription { gauge { name } }')).toBe(2);
    expect(cost('subscription { happens(after: "x") { name } }')).toBe(2);
  });

  test('is computed once, and again only for other sizes and intervals', () => {
    intervalReads = 0;
    for (let round = 0; round < 5; round++) cost('subscription { gauge(everyMs: 500) { name } }');
    expect(intervalReads).toBe(1);
    const query = 'subscription ($every: Int) { gauge(everyMs: $every) { name } }';
    for (const every of [500, 500, 200, 500, 200]) cost(query, { every });
    expect(intervalReads).toBe(3);
  });

  test('is rejected above the limit with an error that states the cost', () => {
    const nested = '{ many(first: 1000) { many(first: 1000) { name } } }';
    const expected = { code: 'BAD_REQUEST', cost: 1_001_001, costMax: limits.costMax };
    for (const round of [1, 2])
      expect(errorOf(() => cost(nested)).extensions, `round ${round}`).toEqual(expected);
    expect(errorOf(() => cost(nested)).message).toMatch(/cost of 1001001 values exceeds the limit of 100000/);
    const paged =
      'query ($n: Int) { things(first: $n) { edges { node { things(first: $n) { edges { cursor } } } } } }';
    expect(errorOf(() => cost(paged, { n: 1_000 })).extensions).toMatchObject({ code: 'BAD_REQUEST' });
    expect(cost(paged, { n: 100 })).toBeLessThan(limits.costMax);
    const often =
      'subscription { gauge(everyMs: 100) { many(first: 1000) { a: name b: name c: name tags things { totalCount } many { name } } } }';
    expect(errorOf(() => cost(often)).message).toMatch(/values per second/);
  });

  test('is rejected if nested fragments expand to too many fields', () => {
    const fragments = Array.from(
      { length: 20 },
      (_, index) => `fragment F${index} on Thing { ...F${index + 1} ...F${index + 1} }`,
    );
    const query = `{ one { ...F0 } } ${fragments.join(' ')} fragment F20 on Thing { name }`;
    expect(errorOf(() => cost(query)).extensions).toMatchObject({ code: 'BAD_REQUEST' });
  });
});

test('a page of maximum size with all fields of its items, without links to other nodes, is below the limit, for every list', () => {
  const costs = new Complexity(ourSchema);
  const operations = new Operations(ourSchema, { introspection: false });
  const pages = Object.values(ourSchema.getQueryType()?.getFields() ?? {}).filter(({ args }) =>
    args.some(({ name }) => name === 'first'),
  );
  expect(pages.map(({ name }) => name)).toContain('auditLogs');
  for (const { name, type } of pages) {
    const query = `{ ${name}(first: 1000) ${selectionOf(getNamedType(type) as GraphQLObjectType)} }`;
    const cost = costs.of(operations.prepare({ query }), { coerced: {}, raw: {}, after: null }, () => {
      throw new Error('only subscriptions have an interval');
    });
    expect(cost, name).toBeGreaterThan(1_000);
    expect(cost, name).toBeLessThanOrEqual(limits.costMax);
  }
});

describe('introspection', () => {
  const costs = new Complexity(ourSchema);
  const operations = new Operations(ourSchema, { introspection: true });
  const costOf = (query: string): number =>
    costs.of(operations.prepare({ query }), { coerced: {}, raw: {}, after: null }, () => {
      throw new Error('only subscriptions have an interval');
    });

  test('of the whole schema costs about as much as it has values', () => {
    const query = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true });
    const values = valuesIn(graphqlSync({ schema: ourSchema, source: query }).data);
    expect(costOf(query)).toBeGreaterThan(values / 2);
    expect(costOf(query)).toBeLessThan(values * 2);
  });

  test('costs as often as aliases request it, and is rejected above the limit', () => {
    const types = 'types { name fields { name description type { name } } }';
    const once = costOf(`{ __schema { ${types} } }`);
    expect(costOf(`{ __schema { a: ${types} b: ${types} } }`)).toBeCloseTo(2 * once, -1);
    const often = Array.from({ length: 50 }, (_, index) => `a${index}: __schema { ${types} }`).join(' ');
    expect(() => costOf(`{ ${often} }`)).toThrow(RequestError);
  });

  test('of one type costs as much as the largest type', () => {
    const fields = Object.keys(ourSchema.getQueryType()?.getFields() ?? {});
    expect(costOf('{ __type(name: "Query") { fields { name } } }')).toBeGreaterThanOrEqual(fields.length);
  });
});

function valuesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  const inner = Object.values(value).reduce<number>((sum, one) => sum + valuesIn(one), 0);
  return Array.isArray(value) ? inner : 1 + inner;
}

test('long texts count as several values, by the bounds of reported values or as the field declares', () => {
  const costs = new Complexity(ourSchema);
  const operations = new Operations(ourSchema, { introspection: false });
  const of = (query: string, raw: Record<string, unknown> = {}): number =>
    costs.of(operations.prepare({ query }), { coerced: raw, raw, after: null }, () => {
      throw new Error('only subscriptions have an interval');
    });
  const page = (fields: string): string => `{ notifications(first: 1000) { edges { node { ${fields} } } } }`;
  expect(of(page('message')) - of(page('id'))).toBe(4_000); // 4,096 characters each
  expect(of(page('metadata')) - of(page('id'))).toBe(16_000);
  const chunk = (fields: string): string => `{ transfer(transferId: "t") { ${fields} } }`;
  expect(of(chunk('chunk(index: 0)')) - of(chunk('id'))).toBe(85);
  const nine = Array.from(
    { length: 9 },
    (_, at) => `a${at}: ${page('id title message metadata').slice(2, -2)}`,
  );
  expect(errorOf(() => of(`{ ${nine.join(' ')} }`)).extensions).toMatchObject({ code: 'BAD_REQUEST' });
});

test('list items in variables count', () => {
  const costs = new Complexity(ourSchema);
  const operation = new Operations(ourSchema, { introspection: false }).prepare({
    query: '{ host { hostId } }',
  });
  const of = (raw: Record<string, unknown>): number =>
    costs.of(operation, { coerced: raw, raw, after: null }, () => {
      throw new Error('only subscriptions have an interval');
    });
  expect(of({ list: ['a', 'b', ['c']] }) - of({})).toBe(4);
  expect(of({ some: { nested: { list: [1, 2] } } }) - of({})).toBe(2);
});

/** All fields that need no argument, as deep as a document may be. */
/** All fields without arguments, except links from one node to another. */
function selectionOf(type: GraphQLObjectType, depth = 0, owner = type): string {
  const fields = Object.values(type.getFields()).filter(
    ({ args, extensions, type: of }) =>
      args.length === 0 && extensions.link === undefined && !(isNode(owner) && isNode(getNamedType(of))),
  );
  const selected = fields.flatMap(({ name, type: of }) => {
    const inner = getNamedType(of);
    if (isLeafType(inner)) return [name];
    return isObjectType(inner) && depth < 5
      ? [`${name} ${selectionOf(inner, depth + 1, isNode(type) ? type : inner)}`]
      : [];
  });
  return `{ ${selected.join(' ')} }`;
}

function isNode(type: GraphQLNamedType): boolean {
  return isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node');
}

function errorOf(refused: () => unknown) {
  try {
    refused();
  } catch (error) {
    if (error instanceof RequestError && error.errors[0] !== undefined) return error.errors[0];
    throw error;
  }
  throw new Error('it was not refused');
}
