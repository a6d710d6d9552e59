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

/** Characters of text that cost as much as one value. */
const charsPerValue = 1_024;

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    textChars?: number;
  }
}

/** Returns the value for a field's `extensions`: its maximum length, where no input field of the same name gives it. */
export function textSize(chars: number): { textChars: number } {
  return { textChars: chars };
}

/**
 * Returns a function that gives the additional cost of a text field, by its maximum length: as declared, else that of
 * the longest input field of the same name, because reported values have the same name in the output types.
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
