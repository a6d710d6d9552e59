import {
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import { largest } from '../lib/extremes.ts';

/** Returns the factor by which the values below a field of introspection count. */
export type IntrospectionSize = (type: string, field: string) => number;

/**
 * Share of type references that are wrapped in a list or in non-null. Tools request `ofType` up to nine times below each
 * reference, of which most are null.
 */
const wrappedShare = 0.6;

/**
 * The average lengths of the lists of introspection, for the cost of documents: a document that reads the whole schema
 * costs about as much as its result has values, and twice as much if an alias requests it twice.
 */
export function introspectionSizes(schema: GraphQLSchema): IntrospectionSize {
  const types = Object.values(schema.getTypeMap());
  const perType = (count: number): number => count / types.length;
  const withFields = types.filter((type) => isObjectType(type) || isInterfaceType(type));
  const fields = withFields.map((type) => Object.values(type.getFields()));
  const fieldCount = sum(fields.map(({ length }) => length));
  const directives = schema.getDirectives();
  const sizes: Readonly<Record<string, number>> = {
    '__Schema.types': types.length,
    '__Schema.directives': directives.length,
    '__Directive.args': sum(directives.map(({ args }) => args.length)) / directives.length,
    '__Type.fields': perType(fieldCount),
    '__Type.inputFields': perType(
      sum(types.filter(isInputObjectType).map((type) => Object.keys(type.getFields()).length)),
    ),
    '__Type.enumValues': perType(sum(types.filter(isEnumType).map((type) => type.getValues().length))),
    '__Type.interfaces': perType(sum(withFields.map((type) => type.getInterfaces().length))),
    '__Type.possibleTypes': perType(
      sum(types.filter(isAbstractType).map((type) => schema.getPossibleTypes(type).length)),
    ),
    '__Type.ofType': wrappedShare,
    '__Field.args': sum(fields.flat().map(({ args }) => args.length)) / fieldCount,
  };
  /** A document can request the largest type by its name. */
  const largestShare = (largest(fields.map(({ length }) => length)) ?? 0) / perType(fieldCount);
  return (type, field) => (field === '__type' ? largestShare : (sizes[`${type}.${field}`] ?? 1));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
