import SchemaBuilder from '@pothos/core';
import { graphql, isInputObjectType, isInterfaceType, isObjectType, type GraphQLInputType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../schema.ts';
import { describeBounds, missingBound, type Bounds } from './bounds.ts';
import { bounds as plugin } from './bounds-plugin.ts';

/** All arguments and input fields of the schema with their coordinates. */
function inputs(): { coordinate: string; type: GraphQLInputType; bounds: Bounds | undefined }[] {
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => {
      if (isInputObjectType(type))
        return Object.values(type.getFields()).map((one) => ({
          coordinate: `${type.name}.${one.name}`,
          ...one,
        }));
      if (!isObjectType(type) && !isInterfaceType(type)) return [];
      return Object.values(type.getFields()).flatMap(({ name, args }) =>
        args.map((one) => ({ coordinate: `${type.name}.${name}(${one.name})`, ...one })),
      );
    })
    .map(({ coordinate, type, extensions }) => ({ coordinate, type, bounds: extensions.bounds }));
}

describe('the schema', () => {
  it('declares bounds for every string, list and JSON value that a client can send', () => {
    expect(inputs().length).toBeGreaterThan(200);
    const unbounded = inputs().filter(({ type, bounds = {} }) => missingBound(type, bounds) !== null);
    expect(unbounded.map(({ coordinate }) => coordinate)).toEqual([]);
  });

  it('allows lists of at most 1000 items and strings of at most 8192 characters, except for the data of a chunk', () => {
    const large = inputs().filter(({ bounds = {} }) => {
      const { items = 0, chars = 0 } = bounds;
      return Number([items].flat().at(-1)) > 1_000 || Number([chars].flat().at(-1)) > 8_192;
    });
    expect(large.map(({ coordinate }) => coordinate)).toEqual(['SendChunkInput.chunkData']);
  });
});

function emptyBuilder() {
  const builder = new SchemaBuilder<{ Scalars: { JSON: { Input: unknown; Output: unknown } } }>({
    plugins: [plugin],
  });
  builder.scalarType('JSON', { serialize: (value) => value });
  builder.queryType({});
  return builder;
}

describe('an input without bounds', () => {
  it('prevents the schema from being built, and is named', () => {
    const builder = emptyBuilder();
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
      'missing bounds of inputs: Thing.name (chars), Thing.tags (chars), Thing.more (jsonChars), Query.thing(names) (items)',
    );
  });
});

describe('bounds', () => {
  const builder = emptyBuilder();
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
  ])('reject a value and name its position: %j', async (variableValues, message) => {
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
  ])('accept values at the limits and absent values: %j', async (variableValues) => {
    expect(await graphql({ schema: built, source, variableValues })).toEqual({ data: { try: true } });
  });

  it('are appended to descriptions', () => {
    expect(describeBounds({ chars: [1, 1] })).toBe('1 to 1 character');
    const type = built.getType('Input');
    expect(isInputObjectType(type) && type.getFields()['name']?.description).toBe(
      'A name. 2 to 3 characters.',
    );
  });
});
