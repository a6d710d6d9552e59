import {
  getNullableType,
  GraphQLNonNull,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import { rangeOf, type Bounds } from '../graph/bounds.ts';

type JsonObject = Readonly<Record<string, unknown>>;

const scalars: Readonly<Record<string, JsonObject>> = {
  Boolean: { type: 'boolean' },
  DateTime: { type: 'string', format: 'date-time' },
  Float: { type: 'number' },
  ID: { type: 'string' },
  Int: { type: 'integer', format: 'int32' },
  SafeInt: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
  String: { type: 'string' },
};

/** JSON Schemas, by name, of an input type of the graph and of all input types that it refers to. */
export function inputSchemas(root: GraphQLInputObjectType): Record<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  const refTo = (type: GraphQLInputObjectType): JsonObject => {
    if (!found.has(type.name)) {
      found.set(type.name, {}); // a type may refer to itself
      found.set(type.name, objectOf(type, schemaOf));
    }
    return { $ref: `#/components/schemas/${type.name}` };
  };
  const schemaOf = (type: GraphQLInputType): JsonObject => {
    const schema = bare(getNullableType(type));
    const isAnything = Object.keys(schema).length === 0;
    return isNonNullType(type) || isAnything ? schema : { anyOf: [schema, { type: 'null' }] };
  };
  const bare = (type: GraphQLInputType): JsonObject => {
    if (isListType(type)) return { type: 'array', items: schemaOf(type.ofType) };
    if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) };
    if (isInputObjectType(type)) return refTo(type);
    return scalars[(type as { name: string }).name] ?? {};
  };
  refTo(root);
  return Object.fromEntries(found);
}

function objectOf(
  type: GraphQLInputObjectType,
  schemaOf: (type: GraphQLInputType) => JsonObject,
): JsonObject {
  const fields = Object.values(type.getFields());
  const properties = fields.map(({ name, description, extensions, ...field }) => {
    // exactly one member, which is never null
    const bare = schemaOf(type.isOneOf ? new GraphQLNonNull(getNullableType(field.type)) : field.type);
    const schema = withBounds(bare, extensions.bounds ?? {});
    return [name, { ...schema, ...(description == null ? {} : { description }) }];
  });
  const required = fields.filter(isRequiredInputField).map(({ name }) => name);
  return {
    type: 'object',
    ...(type.description == null ? {} : { description: type.description }),
    properties: Object.fromEntries(properties) as JsonObject,
    ...(required.length === 0 ? {} : { required }),
    ...(type.isOneOf ? { minProperties: 1, maxProperties: 1 } : {}),
    additionalProperties: false,
  };
}

/** Adds the bounds of a field to the strings and arrays of its schema. */
function withBounds(schema: JsonObject, bounds: Bounds): JsonObject {
  const { anyOf, type, items } = schema as {
    anyOf?: readonly JsonObject[];
    type?: string;
    items?: JsonObject;
  };
  if (anyOf !== undefined) return { ...schema, anyOf: anyOf.map((one) => withBounds(one, bounds)) };
  if (
    type === 'string' &&
    bounds.chars !== undefined &&
    schema['format'] === undefined &&
    schema['enum'] === undefined
  ) {
    const [minLength, maxLength] = rangeOf(bounds.chars);
    return { ...schema, ...(minLength === 0 ? {} : { minLength }), maxLength };
  }
  if (type !== 'array' || items === undefined || bounds.items === undefined) return schema;
  const [minItems, maxItems] = rangeOf(bounds.items);
  return { ...schema, items: withBounds(items, bounds), ...(minItems === 0 ? {} : { minItems }), maxItems };
}
