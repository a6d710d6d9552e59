import type { FieldRef, InterfaceRef, ObjectRef, OutputRef } from '@pothos/core';
import type { Entry } from '../journal/topic.ts';
import { builder, type GraphTypes } from './builder.ts';

/**
 * An object type whose fields all show properties of the object:
 *
 *     const Pet = exposedType<Pet>('Pet', 'A pet.', { name: string('Name that its owner gave.') });
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
 * Fields that show properties of an object by their names, a line each. A property that may be null needs `nullable`:
 *
 *     builder.objectRef<Pet>('Pet').implement({
 *       description: 'A pet.',
 *       fields: (t) => ({
 *         ...exposedFields(t, {
 *           name: string('What it is called.'),
 *           kind: of(PetKind, 'What it is.'),
 *           weightKg: nullable.float('Kilograms; null when it was never weighed.'),
 *         }),
 *         age: t.int({ description: 'Years.', resolve: ({ bornAt }) => yearsSince(bornAt) }),
 *       }),
 *     });
 */
export function exposedFields<Parent>(t: FieldBuilder<Parent>, fields: ExposedFields<Parent>): Fields {
  return fieldsOf(t, fields, (name) => (parent) => (parent as Properties)[name]);
}

/**
 * The same for properties of an entry's payload. Of a topic with several types of events, a property that is not in
 * every payload is null in the others.
 */
export function payloadFields<Payload>(
  t: FieldBuilder<Entry<Payload>>,
  fields: { readonly [Name in KeyOf<Payload>]?: FieldFor<PropertyOf<Payload, Name>> },
): Fields {
  return fieldsOf(t, fields, (name) => (entry) => (entry as { payload: Properties }).payload[name]);
}

/** The same for properties of a part of the object, which is not always there. */
export function partFields<Parent, Part>(
  t: FieldBuilder<Parent>,
  partOf: (parent: Parent) => Part | null,
  fields: { readonly [Name in keyof Part]?: ExposedField<NonNullable<Part[Name]>, true> },
): Fields {
  return fieldsOf(t, fields, (name) => (parent) => (partOf(parent) as Properties | null)?.[name]);
}

type ExposedFields<Parent> = { readonly [Name in keyof Parent]?: FieldFor<Parent[Name]> };

/** The type and the description of a field that shows a value. */
export interface ExposedField<Value, Nullable extends boolean> {
  readonly type: TypeName | OutputRef | readonly [TypeName | OutputRef];
  readonly nullable: Nullable;
  readonly description: string;
  /** Absent: what the field can show, for the compiler. */
  readonly shows?: (value: Value) => void;
}

interface ScalarValues {
  ID: string | number;
  String: string;
  Int: number;
  Float: number;
  Boolean: boolean;
  /** A number is Unix milliseconds, a text is ISO 8601. */
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
type FieldFor<Value> = ExposedField<
  NonNullable<Value>,
  Extract<Value, null | undefined> extends never ? boolean : true
>;

function kinds<Nullable extends boolean>(isNullable: Nullable) {
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
    boolean: scalar('Boolean'),
    dateTime: scalar('DateTime'),
    json: scalar('JSON'),
    /** A value of an enum or an object type. */
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
    stringList: (description: string): ExposedField<readonly string[], Nullable> => ({
      type: ['String'],
      nullable: isNullable,
      description,
    }),
  };
}

export const { id, string, int, float, boolean, dateTime, json, of, listOf, stringList } = kinds(false);
export const nullable = kinds(true);

function fieldsOf<Parent>(
  t: FieldBuilder<Parent>,
  fields: object,
  resolverOf: (name: string) => (parent: Parent) => unknown,
): Fields {
  const declared = Object.entries(fields as Readonly<Record<string, ExposedField<unknown, boolean>>>);
  return Object.fromEntries(
    declared.map(([name, { type, nullable: isNullable, description }]) => {
      const resolve = resolverOf(name);
      return [name, t.field({ type: type as OutputRef, nullable: isNullable, description, resolve })];
    }),
  );
}
