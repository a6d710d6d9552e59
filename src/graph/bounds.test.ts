import SchemaBuilder from '@pothos/core';
import { graphql, isInputObjectType, isInterfaceType, isObjectType, type GraphQLInputType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../schema.ts';
import { boundsInWords, lackingBound, type Bounds } from './bounds.ts';
import { bounds as plugin } from './bounds-plugin.ts';

/** Every argument and input field of a schema, with its place. */
function inputs(): { place: string; type: GraphQLInputType; bounds: Bounds | undefined }[] {
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => {
      if (isInputObjectType(type))
        return Object.values(type.getFields()).map((one) => ({ place: `${type.name}.${one.name}`, ...one }));
      if (!isObjectType(type) && !isInterfaceType(type)) return [];
      return Object.values(type.getFields()).flatMap(({ name, args }) =>
        args.map((one) => ({ place: `${type.name}.${name}(${one.name})`, ...one })),
      );
    })
    .map(({ place, type, extensions }) => ({ place, type, bounds: extensions.bounds }));
}

describe('the schema', () => {
  it('has a bound for every text, list and JSON value that a client can send', () => {
    expect(inputs().length).toBeGreaterThan(200);
    const unbounded = inputs().filter(({ type, bounds = {} }) => lackingBound(type, bounds) !== null);
    expect(unbounded.map(({ place }) => place)).toEqual([]);
  });

  it('allows no list of more than 1000 entries and no text of more than 4 chunks of a transfer', () => {
    const large = inputs().filter(({ bounds = {} }) => {
      const { items = 0, chars = 0 } = bounds;
      return Number([items].flat().at(-1)) > 1_000 || Number([chars].flat().at(-1)) > 8_192;
    });
    expect(large.map(({ place }) => place)).toEqual(['ChunkInput.chunkData']);
  });
});

function small() {
  const builder = new SchemaBuilder<{ Scalars: { JSON: { Input: unknown; Output: unknown } } }>({
    plugins: [plugin],
  });
  builder.scalarType('JSON', { serialize: (value) => value });
  builder.queryType({});
  return builder;
}

describe('an input without a bound', () => {
  it('stops the schema from being built, by its place', () => {
    const builder = small();
    const Input = builder.inputType('Thing', {
      fields: (t) => ({
        name: t.string(),
        tags: t.stringList({ bounds: { items: 3 } }),
        more: t.field({ type: 'JSON' }),
      }),
    });
    builder.queryField('thing', (t) =>
      t.boolean({
        requires: 'nothing',
        args: { input: t.arg({ type: Input }), names: t.arg.idList(), id: t.arg.id() },
        resolve: () => true,
      }),
    );
    expect(() => builder.toSchema()).toThrow(
      'inputs without bounds: Thing.name (chars), Thing.tags (chars), Thing.more (jsonChars), Query.thing(names) (items)',
    );
  });
});

describe('a value beyond its bounds', () => {
  const builder = small();
  const Item = builder.inputType('Item', {
    fields: (t) => ({ tags: t.stringList({ bounds: { items: [1, 2], chars: [1, 3] } }) }),
  });
  const Input = builder.inputType('Input', {
    fields: (t) => ({
      name: t.string({ bounds: { chars: [2, 3] }, description: 'A name.' }),
      more: t.field({ type: 'JSON', bounds: { jsonChars: 9 } }),
    }),
  });
  builder.queryField('try', (t) =>
    t.boolean({
      requires: 'nothing',
      args: {
        input: t.arg({ type: Input }),
        items: t.arg({ type: [Item], bounds: { items: 2 } }),
        word: t.arg.string({ bounds: { chars: 3 } }),
        id: t.arg.id(),
      },
      resolve: () => true,
    }),
  );
  const built = builder.toSchema();
  const variables = '$input: Input, $items: [Item!], $word: String, $id: ID';
  const source = `query (${variables}) { try(input: $input, items: $items, word: $word, id: $id) }`;

  it.each([
    [{ word: '1234' }, 'word must be at most 3 characters.'],
    [{ id: 'x'.repeat(257) }, 'id must be at most 256 characters.'],
    [{ input: { name: '1' } }, 'name must be 2 to 3 characters.'],
    [{ input: { name: '1234' } }, 'name must be 2 to 3 characters.'],
    [{ input: { more: { a: 'bcd' } } }, 'more must be at most 9 characters of JSON.'],
    [{ items: [{}, {}, {}] }, 'items must be at most 2 entries.'],
    [{ items: [{}, { tags: [] }] }, 'items[1]: tags must be 1 to 2 entries.'],
    [{ items: [{ tags: ['a', ''] }] }, 'items[0]: tags[1] must be 1 to 3 characters.'],
  ])('is refused by its place: %j', async (variableValues, message) => {
    const { errors } = await graphql({ schema: built, source, variableValues });
    expect(errors?.map((error) => error.message)).toEqual([message]);
  });

  it.each([
    {},
    { input: null, items: null, word: null, id: null },
    {
      input: { name: '123', more: { a: 'b' } },
      items: [{ tags: ['a', 'bcd'] }, { tags: null }],
      word: '123',
      id: '',
    },
  ])('is none at its bounds, and nothing has to be given: %j', async (variableValues) => {
    expect(await graphql({ schema: built, source, variableValues })).toEqual({ data: { try: true } });
  });

  it('is described by what is allowed', () => {
    expect(boundsInWords({ chars: [1, 1] })).toBe('1 to 1 character');
    const type = built.getType('Input');
    expect(isInputObjectType(type) && type.getFields()['name']?.description).toBe(
      'A name. 2 to 3 characters.',
    );
  });
});
