import fc from 'fast-check';
import {
  execute,
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLError,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  validate,
  parse,
  getOperationAST,
  type GraphQLFieldConfigMap,
  type GraphQLOutputType,
} from 'graphql';
import { DateTimeResolver, JSONResolver } from 'graphql-scalars';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runs } from '../../../test/_util/long-run.ts';
import type { GraphContext } from '../../graph/context.ts';
import { Compiler } from './compiler.ts';
import { asyncResolver } from './plan.ts';

// A schema with every kind of type, whose values are drawn at random with each query: valid, invalid, throwing and
// asynchronous ones, independently for each field of each object.

interface Thing {
  readonly kind: string;
  readonly [field: string]: unknown;
}

const Colour = new GraphQLEnumType({
  name: 'Colour',
  values: { RED: { value: 'red' }, BLUE: { value: 2 } },
});

const leaves: Readonly<Record<string, GraphQLOutputType>> = {
  int: GraphQLInt,
  float: GraphQLFloat,
  string: GraphQLString,
  boolean: GraphQLBoolean,
  id: GraphQLID,
  colour: Colour,
  at: DateTimeResolver,
  json: JSONResolver,
};

const leafFields: GraphQLFieldConfigMap<Thing, unknown> = Object.fromEntries(
  Object.entries(leaves).flatMap(([name, type]) => [
    [name, { type }],
    [`${name}Must`, { type: new GraphQLNonNull(type), resolve: (thing: Thing) => thing[`${name}Must`] }],
    [`${name}s`, { type: new GraphQLList(type) }],
    [`${name}sMust`, { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type))) }],
  ]),
);

const named: GraphQLFieldConfigMap<Thing, unknown> = { string: { type: GraphQLString } };
const Named = new GraphQLInterfaceType({
  name: 'Named',
  fields: named,
  resolveType: ({ kind }: Thing) => kind,
});

function objectType(name: string, checked: boolean): GraphQLObjectType {
  return new GraphQLObjectType<Thing>({
    name,
    interfaces: [Named],
    ...(checked ? { isTypeOf: ({ kind }: Thing) => kind === name } : {}),
    fields: () => ({ ...leafFields, ...links, ...odd }),
  });
}

const Plain = objectType('Plain', false);
const Checked = objectType('Checked', true);
const Either = new GraphQLUnionType({
  name: 'Either',
  types: [Plain, Checked],
  resolveType: ({ kind }: Thing) => kind,
});

const links: GraphQLFieldConfigMap<Thing, unknown> = {
  plain: { type: Plain },
  plainMust: { type: new GraphQLNonNull(Plain) },
  checked: { type: Checked, resolve: ({ checked }) => checked },
  named: { type: Named },
  nameds: { type: new GraphQLList(Named) },
  either: { type: new GraphQLNonNull(Either) },
  plains: { type: new GraphQLList(new GraphQLList(new GraphQLNonNull(Plain))) },
};

const odd: GraphQLFieldConfigMap<Thing, unknown> = {
  sum: {
    type: GraphQLInt,
    args: { a: { type: new GraphQLNonNull(GraphQLInt) }, b: { type: GraphQLInt, defaultValue: 7 } },
    resolve: (_thing, { a, b }: { a?: number; b?: number }) => (a ?? 0) + (b ?? 0),
  },
  whoAsks: { type: GraphQLString, resolve: (_thing, _args, context) => String(context) },
  where: {
    type: GraphQLString,
    resolve: (_thing, _args, _context, info) => `${info.fieldName} ${String(info.path.key)}`,
  },
  selected: {
    type: GraphQLInt,
    resolve: (_thing, _args, _context, info) => info.fieldNodes.length,
  },
  hidden: {
    type: GraphQLString,
    resolve: (...all: unknown[]) => (all[3] as { fieldName: string }).fieldName,
  },
  bad: {
    type: GraphQLInt,
    resolve: () => {
      throw new Error('bad');
    },
  },
};

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: { thing: { type: Plain, resolve: (root) => root } },
  }),
  types: [Plain, Checked],
});
const compiler = new Compiler(schema);

// Values

const fitting: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  int: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  float: fc.double({ noNaN: true, noDefaultInfinity: true }),
  string: fc.string({ unit: 'binary' }),
  boolean: fc.boolean(),
  id: fc.oneof(fc.string(), fc.integer()),
  colour: fc.constantFrom('red', 2),
  at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
  json: fc.jsonValue(),
};

const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    Number.NaN,
    Infinity,
    -0,
    2 ** 31,
    1.5,
    '12',
    'x',
    '',
    true,
    {},
    [],
  ),
  fc.constant(new Error('a value that is an error')),
  fc.constant(() => 'from a function'),
  fc.constant(new Set(['iterable'])),
  fc.constant(new Date(Number.NaN)),
  fc.constant(Symbol('odd')),
);

function leafValue(name: string, regular: boolean): fc.Arbitrary<unknown> {
  const fits = fitting[name] ?? fc.constant(null);
  // Asynchronous values are valid: if another item of a list is invalid, graphql-js ignores promises, which must not reject.
  const late = fits.map((value) => Promise.resolve(value));
  return regular
    ? fits
    : fc.oneof(
        { weight: 12, arbitrary: fits },
        { weight: 1, arbitrary: strange },
        { weight: 1, arbitrary: late },
      );
}

function things(regular: boolean): fc.Arbitrary<Thing> {
  const { thing } = fc.letrec<{ thing: Thing }>((tie) => {
    const of = (kind: string): fc.Arbitrary<unknown> =>
      tie('thing').map((value) => ({ ...value, kind: regular ? kind : value.kind }));
    const leafRecords = Object.fromEntries(
      Object.keys(leaves).flatMap((name) => [
        [name, leafValue(name, regular)],
        [`${name}Must`, leafValue(name, regular)],
        [`${name}s`, fc.array(leafValue(name, regular), { maxLength: 3 })],
        [`${name}sMust`, fc.array(leafValue(name, regular), { maxLength: 3 })],
      ]),
    );
    const linked = {
      plain: fc.option(of('Plain')),
      plainMust: of('Plain'),
      checked: fc.option(of('Checked')),
      named: fc.option(tie('thing')),
      nameds: fc.array(tie('thing'), { maxLength: 2 }),
      either: tie('thing'),
      plains: fc.array(fc.array(of('Plain'), { maxLength: 2 }), { maxLength: 2 }),
    };
    const kind = fc.constantFrom('Plain', 'Checked', ...(regular ? [] : ['Unheard', 'Named']));
    return {
      thing: fc.oneof(
        { maxDepth: 2, withCrossShrink: true },
        fc.record({ kind, ...leafRecords }),
        fc.record({ kind, ...leafRecords, ...linked }),
      ),
    };
  });
  return thing;
}

// Queries

const leafNames = Object.keys(leafFields);
const oddNames = [
  'sum(a: 3)',
  'sum(a: $n, b: 1)',
  'whoAsks',
  'where',
  'selected',
  'hidden',
  'bad',
  '__typename',
];

function selections(depth: number, regular: boolean): fc.Arbitrary<string> {
  const alias = fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { freq: 3 });
  const directive = fc.constantFrom('', '', '', '@include(if: $yes)', '@skip(if: $yes)', '@skip(if: false)');
  const simple = fc.oneof(
    fc.constantFrom(...leafNames),
    fc.constantFrom(...(regular ? ['__typename', 'sum(a: $n)', 'whoAsks'] : oddNames)),
  );
  const field = fc
    .tuple(alias, simple, directive)
    .map(([as, name, when]) => `${as === null ? '' : `${as}${name.replace(/\W.*/, '')}: `}${name} ${when}`);
  const nested =
    depth === 0
      ? field
      : fc
          .tuple(
            alias,
            fc.constantFrom('plain', 'plainMust', 'checked', 'plains'),
            fc.constantFrom('named', 'nameds', 'either'),
            fc.boolean(),
            selections(depth - 1, regular),
            directive,
          )
          .map(([as, object, abstract, isAbstract, inner, when]) => {
            const name = isAbstract ? abstract : object;
            const body = isAbstract ? `__typename ... on Plain { ${inner} } ...Shared` : inner;
            return `${as === null ? '' : `${as}${name}: `}${name} ${when} { ${body} }`;
          });
  return fc
    .array(fc.oneof({ weight: 3, arbitrary: field }, { weight: 1, arbitrary: nested }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((all) => all.join('\n'));
}

function queries(regular: boolean): fc.Arbitrary<string> {
  return selections(2, regular).map(
    (body) =>
      `query ($n: Int! = 5, $yes: Boolean! = true) { thing { sum(a: $n) string @skip(if: $yes) ...Shared ${body} } }
       fragment Shared on Named { string ... on Checked { intMust } }`,
  );
}

/**
 * graphql-js abandons the promises of a list of which another item throws, and does not handle their rejections. Others
 * still fail the tests.
 */
function ignoreAbandoned(error: unknown, promise: Promise<unknown>): void {
  if (error instanceof GraphQLError && error.stack?.includes('graphql/execution/execute.js')) return;
  for (const listener of listeners) listener(error, promise);
}

let listeners: readonly NodeJS.UnhandledRejectionListener[] = [];

beforeAll(() => {
  listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', ignoreAbandoned);
});

afterAll(() => {
  process.off('unhandledRejection', ignoreAbandoned);
  for (const listener of listeners) process.on('unhandledRejection', listener);
});

async function both(query: string, thing: Thing, variables: Record<string, unknown>) {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  const plan = compiler.compile(document, operation, { n: 5, yes: true, ...variables })?.plan ?? null;
  if (plan === null) throw new Error('no plan');
  const context = 'ann' as unknown as GraphContext;
  const expected = execute({
    schema,
    document,
    rootValue: thing,
    contextValue: context,
    variableValues: variables,
  });
  return { planned: plan(thing, context), expected: await expected, late: expected instanceof Promise };
}

const variables = fc.record({ n: fc.integer({ min: 0, max: 9 }), yes: fc.boolean() }, { requiredKeys: [] });

describe('a plan', () => {
  it('writes the same text as graphql-js for every query over regular values', async () => {
    await fc.assert(
      fc.asyncProperty(queries(true), things(true), variables, async (query, thing, given) => {
        fc.pre(validate(schema, parse(query)).length === 0);
        const { planned, expected } = await both(query, thing, given);
        expect(typeof planned === 'string' ? planned : null).toBe(
          expected.errors === undefined ? JSON.stringify(expected) : null,
        );
      }),
      { numRuns: runs(100, 4_000) },
    );
  });

  it('writes the same text as graphql-js or declines, for arbitrary values', async () => {
    let answered = 0;
    let declined = 0;
    await fc.assert(
      fc.asyncProperty(queries(false), things(false), variables, async (query, thing, given) => {
        fc.pre(validate(schema, parse(query)).length === 0);
        const { planned, expected, late } = await both(query, thing, given);
        if (typeof planned === 'string') answered++;
        else declined++;
        expect(planned).toBe(typeof planned === 'string' ? JSON.stringify(expected) : planned);
        expect(late || planned !== asyncResolver || expected.errors !== undefined).toBe(true);
      }),
      { numRuns: runs(200, 6_000) },
    );
    expect(answered).toBeGreaterThan(20);
    expect(declined).toBeGreaterThan(20);
  });

  it('handles the rejection of a promise for which it declined', async () => {
    const query = '{ thing { int } }';
    const { planned, expected } = await both(
      query,
      { kind: 'Plain', int: Promise.reject(new Error('late')) },
      {},
    );
    expect(planned).toBe(asyncResolver);
    expect(expected.errors).toHaveLength(1);
  });

  it('shares parts with the plans of other documents', async () => {
    const thing = { kind: 'Plain', int: 1, plain: { kind: 'Plain', int: 2, string: 'two' } };
    const texts = [
      '{ thing { int plain { int string } } }',
      '{ thing { plain { int string } int } }',
      '{ thing { other: plain { int string } } }',
      '{ thing { plain { string int } } }',
      '{ thing { plain { int } again: plain { int string } } }',
      '{ thing { sum(a: 1) } }',
      '{ thing { sum(a: 2) } }',
    ];
    for (const query of [...texts, ...texts]) {
      const { planned, expected } = await both(query, thing, {});
      expect(planned).toBe(JSON.stringify(expected));
    }
  });
});
