import { buildSchema, isLeafType, getNamedType, isObjectType, type GraphQLObjectType } from 'graphql';
import { beforeEach, describe, expect, test } from 'vitest';
import type { GraphContext } from '../graph/context.ts';
import { limits } from '../graph/limits.ts';
import { listSize } from '../graph/list-size.ts';
import { paceOf, stream } from '../graph/stream.ts';
import { schema as ourSchema } from '../schema.ts';
import { Complexity } from './complexity.ts';
import { Operations } from './documents.ts';
import { RequestError } from './operation.ts';
import { variablesOf } from './variables.ts';

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
    everyMs: (args, { serverInfo }) => (asked++, paceOf(args, serverInfo.intervals.systemMetricsMs)),
  }),
});
Object.assign(declared['happens'] ?? {}, {
  extensions: stream({ delivery: 'EVERY', topics: null, types: () => null }),
});

/** How often a pace was looked at. */
let asked = 0;

describe('what an operation costs', () => {
  const operations = new Operations(schema, { introspection: true });
  let costs: Complexity;
  beforeEach(() => {
    costs = new Complexity(schema);
  });

  function cost(query: string, given: Record<string, unknown> = {}, systemMetricsMs = 0): number {
    const operation = operations.prepare({ query });
    const context = () => ({ serverInfo: { intervals: { systemMetricsMs } } }) as unknown as GraphContext;
    return costs.of(operation, variablesOf(schema, operation, given), context);
  }

  test.each([
    ['a field', '{ one { name } }', 2],
    ['the same field under two names', '{ a: one { name } b: one { name } }', 4],
    ['a list of plain values', '{ one { tags } }', 2],
    ['a list that nobody says the length of', '{ list { name } }', 1 + 10],
    ['a list that says its usual length', '{ usual { name } }', 1 + 500],
    ['a list that could be asked for a length', '{ many { name } }', 1 + 100],
    ['a list that is', '{ many(first: 7) { name tags } }', 1 + 7 * 2],
    ['a list from its end', '{ many(last: 7) { name } }', 1 + 7],
    ['a list within a list', '{ many(first: 7) { many(first: 5) { name } } }', 1 + 7 * (1 + 5)],
    ['no entries at all', '{ many(first: 0) { name } }', 1],
    ['less than none', '{ many(first: -5) { name } }', 1],
    ['more than there ever are', '{ many(first: 2000000000) { name } }', 1 + limits.listMax],
    ['a connection as it comes', '{ things { edges { node { name } } } }', 2 + 100 * 2],
    ['a connection of some length', '{ things(first: 7) { edges { cursor node { name } } } }', 2 + 7 * 3],
    [
      'once what a connection has once',
      '{ things(first: 7) { totalCount pageInfo { hasNextPage } edges { cursor } } }',
      5 + 7,
    ],
    [
      'a connection within a connection',
      '{ things(first: 7) { edges { node { things(first: 5) { edges { cursor } } name } cursor } } }',
      2 + 7 * (1 + (2 + 5) + 1 + 1),
    ],
    [
      'two connections beside each other',
      '{ a: things(first: 7) { edges { cursor } } b: things(first: 5) { edges { cursor } } }',
      2 + 7 + 2 + 5,
    ],
    ['a page that is no connection', '{ history(limit: 7) { totalCount rows { name } } }', 3 + 7],
    [
      'what is in fragments',
      '{ ...All } fragment All on Query { many(first: 7) { ... on Thing { name } } }',
      8,
    ],
    [
      'the dearest of the types that may come',
      '{ any { name ... on Thing { tags } ... on Other { many(first: 5) { name } } } }',
      1 + 10 * (1 + 6),
    ],
    ['not what is left out', '{ one { name } many @skip(if: true) { name } }', 2],
    ['nothing for what the schema tells of itself', '{ __schema { types { fields { name } } } }', 0],
    ['a type’s name as any other value', '{ one { __typename } }', 2],
  ])('counts %s', (_what, query, expected) => {
    expect(cost(query)).toBe(expected);
  });

  test('follows its variables, their defaults among them', () => {
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
  ])('of a gauge every %i ms is that of %i results', (everyMs, results) => {
    expect(cost(`subscription { gauge(everyMs: ${everyMs}) { name tags } }`)).toBe(3 * results);
    expect(
      cost('subscription ($every: Int) { gauge(everyMs: $every) { name tags } }', { every: everyMs }),
    ).toBe(3 * results);
    expect(cost('subscription { gauge { name tags } }', {}, everyMs)).toBe(3 * results);
  });

  test('of a gauge with every sample, and of events, is that of one result', () => {
    expect(cost('subscription { gauge { name } }')).toBe(2);
    expect(cost('subscription { happens(after: "x") { name } }')).toBe(2);
  });

  test('is reckoned once, and again for other sizes and paces only', () => {
    asked = 0;
    for (let round = 0; round < 5; round++) cost('subscription { gauge(everyMs: 500) { name } }');
    expect(asked).toBe(1);
    const query = 'subscription ($every: Int) { gauge(everyMs: $every) { name } }';
    for (const every of [500, 500, 200, 500, 200]) cost(query, { every });
    expect(asked).toBe(3);
  });

  test('is refused when it is too much, and says how much', () => {
    const nested = '{ many(first: 1000) { many(first: 1000) { name } } }';
    const expected = { code: 'BAD_REQUEST', cost: 1_001_001, costMax: limits.costMax };
    for (const round of [1, 2])
      expect(errorOf(() => cost(nested)).extensions, `round ${round}`).toEqual(expected);
    expect(errorOf(() => cost(nested)).message).toMatch(/1001001 values; at most 100000/);
    const paged =
      'query ($n: Int) { things(first: $n) { edges { node { things(first: $n) { edges { cursor } } } } } }';
    expect(errorOf(() => cost(paged, { n: 1_000 })).extensions).toMatchObject({ code: 'BAD_REQUEST' });
    expect(cost(paged, { n: 100 })).toBeLessThan(limits.costMax);
    const often =
      'subscription { gauge(everyMs: 100) { many(first: 1000) { a: name b: name c: name tags things { totalCount } many { name } } } }';
    expect(errorOf(() => cost(often)).message).toMatch(/values a second/);
  });

  test('is refused when fragments within fragments are too many to count', () => {
    const fragments = Array.from(
      { length: 20 },
      (_, index) => `fragment F${index} on Thing { ...F${index + 1} ...F${index + 1} }`,
    );
    const query = `{ one { ...F0 } } ${fragments.join(' ')} fragment F20 on Thing { name }`;
    expect(errorOf(() => cost(query)).extensions).toMatchObject({ code: 'BAD_REQUEST' });
  });
});

test('the largest page of everything that has pages, with all that an entry holds, is served', () => {
  const costs = new Complexity(ourSchema);
  const operations = new Operations(ourSchema, { introspection: false });
  const pages = Object.values(ourSchema.getQueryType()?.getFields() ?? {}).filter(({ args }) =>
    args.some(({ name }) => name === 'first'),
  );
  expect(pages.map(({ name }) => name)).toContain('auditLogs');
  for (const { name, type } of pages) {
    const query = `{ ${name}(first: 1000) ${selectionOf(getNamedType(type) as GraphQLObjectType)} }`;
    const reckoned = costs.of(operations.prepare({ query }), { all: {}, raw: {}, after: null }, () => {
      throw new Error('only subscriptions have a pace');
    });
    expect(reckoned, name).toBeGreaterThan(5_000);
    expect(reckoned, name).toBeLessThanOrEqual(limits.costMax / 2);
  }
});

test('long texts weigh as several values, by what producers may report and by what a field declares', () => {
  const costs = new Complexity(ourSchema);
  const operations = new Operations(ourSchema, { introspection: false });
  const of = (query: string, raw: Record<string, unknown> = {}): number =>
    costs.of(operations.prepare({ query }), { all: raw, raw, after: null }, () => {
      throw new Error('only subscriptions have a pace');
    });
  const page = (fields: string): string => `{ notifications(first: 1000) { edges { node { ${fields} } } } }`;
  expect(of(page('message')) - of(page('id'))).toBe(4_000); // 4,096 characters each
  expect(of(page('metadata')) - of(page('id'))).toBe(16_000);
  const chunk = (fields: string): string => `{ transfer(id: "t") { ${fields} } }`;
  expect(of(chunk('chunk(index: 0)')) - of(chunk('id'))).toBe(85);
  const nine = Array.from(
    { length: 9 },
    (_, at) => `a${at}: ${page('id title message metadata').slice(2, -2)}`,
  );
  expect(errorOf(() => of(`{ ${nine.join(' ')} }`)).extensions).toMatchObject({ code: 'BAD_REQUEST' });
});

test('entries of lists in variables count', () => {
  const costs = new Complexity(ourSchema);
  const operation = new Operations(ourSchema, { introspection: false }).prepare({
    query: '{ hosts { id } }',
  });
  const of = (raw: Record<string, unknown>): number =>
    costs.of(operation, { all: raw, raw, after: null }, () => {
      throw new Error('only subscriptions have a pace');
    });
  expect(of({ list: ['a', 'b', ['c']] }) - of({})).toBe(4);
  expect(of({ some: { nested: { list: [1, 2] } } }) - of({})).toBe(2);
});

/** All fields that need no argument, as deep as a document may be. */
function selectionOf(type: GraphQLObjectType, depth = 0): string {
  const fields = Object.values(type.getFields()).filter(({ args }) => args.length === 0);
  const selected = fields.flatMap(({ name, type: of }) => {
    const inner = getNamedType(of);
    if (isLeafType(inner)) return [name];
    return isObjectType(inner) && depth < 5 ? [`${name} ${selectionOf(inner, depth + 1)}`] : [];
  });
  return `{ ${selected.join(' ')} }`;
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
