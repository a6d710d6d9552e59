import type { FieldRef, InterfaceRef, ObjectRef, OutputRef } from '@pothos/core';
import type { Entry } from '../journal/topic.ts';
import { builder, type GraphTypes } from './builder.ts';

/**
 * Declares an object type whose fields all return properties of the same name:
 *
 *     const Pet = exposedType<Pet>('Pet', 'A pet of a customer.', { name: string('The name on the collar.') });
 */
export function exposedType<Parent extends object>(
  name: string,
  description: string,
  fields: ExposedFields<Parent>,
  interfaces: InterfaceRef<GraphTypes, unknown>[] = [],
): ObjectRef<GraphTypes, Parent> {
  return builder
    .objectRef<Parent>(name)
    .implement({ description, interfaces, fields: (t) => exposedFields(t, fields) });
}

/**
 * Declares fields that return the properties of the same name, one line each. The compiler checks the type of each
 * field against its property, and that a property that can be null is declared `nullable`:
 *
 *     builder.objectRef<Pet>('Pet').implement({
 *       description: 'A pet of a customer.',
 *       fields: (t) => ({
 *         ...exposedFields(t, {
 *           name: string('The name on the collar.'),
 *           kind: of(PetKind, 'The species.'),
 *           weightKg: nullable.float('Weight in kilograms. Null before the first visit.'),
 *         }),
 *         age: t.int({ description: 'Age in years.', resolve: ({ bornAt }) => yearsSince(bornAt) }),
 *       }),
 *     });
 */
export function exposedFields<Parent>(t: FieldBuilder<Parent>, fields: ExposedFields<Parent>): Fields {
  return fieldsOf(t, fields, (name) => (parent) => (parent as Properties)[name]);
}

/**
 * Declares fields that return properties of an entry's payload. In a topic with several types of events, a property
 * that only some payloads have is null in the others.
 */
export function payloadFields<Payload>(
  t: FieldBuilder<Entry<Payload>>,
  fields: { readonly [Name in KeyOf<Payload>]?: ExposedFieldOf<PropertyOf<Payload, Name>> },
): Fields {
  return fieldsOf(t, fields, (name) => (entry) => (entry as { payload: Properties }).payload[name]);
}

/** Declares fields that return properties of a part of the object, and null where `partOf` returns null. */
export function partFields<Parent, Part>(
  t: FieldBuilder<Parent>,
  partOf: (parent: Parent) => Part | null,
  fields: { readonly [Name in keyof Part]?: ExposedField<NonNullable<Part[Name]>, true> },
): Fields {
  return fieldsOf(t, fields, (name) => (parent) => (partOf(parent) as Properties | null)?.[name]);
}

type ExposedFields<Parent> = { readonly [Name in keyof Parent]?: ExposedFieldOf<Parent[Name]> };

/** The type and the description of an exposed field. */
export interface ExposedField<Value, Nullable extends boolean> {
  readonly type: TypeName | OutputRef | readonly [TypeName | OutputRef];
  readonly nullable: Nullable;
  readonly description: string;
  /** Of the field, if it is not that of the property. */
  readonly name?: string;
  /** Never set. Makes the compiler distinguish fields of different value types. */
  readonly accepts?: (value: Value) => void;
}

interface ScalarValues {
  ID: string | number;
  String: string;
  Int: number;
  Float: number;
  SafeInt: number;
  Boolean: boolean;
  /** Numbers are Unix milliseconds, strings are ISO 8601. */
  DateTime: Date | number | string;
  JSON: unknown;
}

type TypeName = keyof ScalarValues;
type FieldBuilder<Parent> = PothosSchemaTypes.RootFieldBuilder<GraphTypes, Parent, 'Object' | 'Interface'>;
type Fields = Record<string, FieldRef<GraphTypes, unknown>>;
type Properties = Readonly<Record<string, unknown>>;
type KeyOf<Payload> = Payload extends unknown ? keyof Payload : never;
type PropertyOf<Payload, Name> = Payload extends unknown
  ? Name extends keyof Payload
    ? Payload[Name]
    : undefined
  : never;
type ExposedFieldOf<Value> = ExposedField<
  NonNullable<Value>,
  Extract<Value, null | undefined> extends never ? boolean : true
>;

function declarations<Nullable extends boolean>(isNullable: Nullable) {
  const scalar =
    <Name extends TypeName>(type: Name) =>
    (description: string): ExposedField<ScalarValues[Name], Nullable> => ({
      type,
      nullable: isNullable,
      description,
    });
  return {
    id: scalar('ID'),
    string: scalar('String'),
    int: scalar('Int'),
    float: scalar('Float'),
    /** A whole number of any size up to 2^53: bytes, totals. */
    safeInt: scalar('SafeInt'),
    boolean: scalar('Boolean'),
    dateTime: scalar('DateTime'),
    json: scalar('JSON'),
    /** An enum or an object type. */
    of: <Value>(type: OutputRef<Value>, description: string): ExposedField<Value, Nullable> => ({
      type,
      nullable: isNullable,
      description,
    }),
    listOf: <Item>(type: OutputRef<Item>, description: string): ExposedField<readonly Item[], Nullable> => ({
      type: [type],
      nullable: isNullable,
      description,
    }),
    idList: (description: string): ExposedField<readonly string[], Nullable> => ({
      type: ['ID'],
      nullable: isNullable,
      description,
    }),
    stringList: (description: string): ExposedField<readonly string[], Nullable> => ({
      type: ['String'],
      nullable: isNullable,
      description,
    }),
  };
}

export const { id, string, int, float, safeInt, boolean, dateTime, json, of, listOf, idList, stringList } =
  declarations(false);
export const nullable = declarations(true);

/** The field of a property that has another name in the graph. */
export function named<Value, Nullable extends boolean>(
  name: string,
  field: ExposedField<Value, Nullable>,
): ExposedField<Value, Nullable> {
  return { ...field, name };
}

function fieldsOf<Parent>(
  t: FieldBuilder<Parent>,
  fields: object,
  resolverOf: (name: string) => (parent: Parent) => unknown,
): Fields {
  const declared = Object.entries(fields as Readonly<Record<string, ExposedField<unknown, boolean>>>);
  return Object.fromEntries(
    declared.map(([property, { name = property, type, nullable: isNullable, description }]) => {
      const resolve = resolverOf(property);
      return [name, t.field({ type: type as OutputRef, nullable: isNullable, description, resolve })];
    }),
  );
}
