import {
  getNamedType,
  isInputObjectType,
  isLeafType,
  isEnumType,
  type GraphQLField,
  type GraphQLFieldExtensions,
  type GraphQLSchema,
} from 'graphql';
import { boundsFor, rangeOf } from './bounds.ts';

/** Characters of text that cost as much as one value more. */
const charsPerValue = 1_024;

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    textChars?: number;
  }
}

/** For a field's `extensions`: how long its text may be, where that does not follow from what producers may report. */
export function textSize(chars: number): { textChars: number } {
  return { textChars: chars };
}

/**
 * What the fields of a schema cost beyond one value each, by how long their texts may be: as they declare, else as long
 * as the longest input of the same name, because what producers report under a name is shown under it.
 */
export function textWeights(schema: GraphQLSchema): (field: GraphQLField<unknown, unknown>) => number {
  const byName = new Map<string, number>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isInputObjectType(type)) continue;
    for (const input of Object.values(type.getFields())) {
      const { chars, jsonChars } = boundsFor(input.type, input.extensions.bounds ?? {});
      const max = jsonChars ?? (chars === undefined ? 0 : rangeOf(chars)[1]);
      byName.set(input.name, Math.max(max, byName.get(input.name) ?? 0));
    }
  }
  return ({ name, type, extensions }) => {
    const named = getNamedType(type);
    if (!isLeafType(named) || isEnumType(named)) return 0;
    const { textChars }: GraphQLFieldExtensions<unknown, unknown> = extensions;
    const isText = named.name === 'String' || named.name === 'JSON';
    return Math.floor((textChars ?? (isText ? (byName.get(name) ?? 0) : 0)) / charsPerValue);
  };
}
