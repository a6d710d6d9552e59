import {
  coerceInputValue,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import { formatInputPath, type InputPath } from './input-path.ts';

/** The first error of a value: graphql-js reports it only as a sentence, without the field as data. */
export interface CoercionError {
  readonly message: string;
  readonly details: {
    /** Index of the invalid item. Absent if the value is not a list. */
    readonly index?: number;
    /** Path in the item, without the member of a oneOf type. Absent if the item itself is invalid. */
    readonly field?: string;
    readonly allowed: string;
  };
}

interface Problem {
  /** The missing or unknown field. Null: the value itself is invalid. */
  readonly key: string | null;
  readonly reason: 'missing' | 'unknown' | 'invalid';
  readonly allowed: string;
}

const keyCharsShown = 100;

const scalars: Readonly<Record<string, string>> = {
  Boolean: 'true or false',
  DateTime: 'a time in ISO 8601, such as 2026-11-21T10:00:00Z',
  Float: 'a number',
  ID: 'a string',
  Int: 'a 32-bit integer',
  SafeInt: 'a whole number from -(2^53 - 1) to 2^53 - 1',
  String: 'a string',
};

/**
 * Finds the first error of a value. Null: the value is valid.
 * @param name the variable or argument: `events`.
 */
export function findCoercionError(
  name: string,
  type: GraphQLInputType,
  value: unknown,
): CoercionError | null {
  const first: { at: InputPath; value: unknown }[] = [];
  try {
    coerceInputValue(value, type, (at, invalid, error) => {
      first.push({ at, value: invalid });
      throw error; // the first error is enough
    });
  } catch (error) {
    const [found] = first;
    if (found === undefined) throw error;
    return describe(name, type, found.at, problemOf(typeAt(type, found.at), found.value));
  }
  return null;
}

function describe(
  name: string,
  type: GraphQLInputType,
  at: InputPath,
  { key, reason, allowed }: Problem,
): CoercionError {
  const path = key === null ? at : [...at, key.slice(0, keyCharsShown)];
  const place = formatInputPath([name, ...path]);
  const [index] = path;
  const isItem = typeof index === 'number';
  const item = getNullableType(typeAt(type, isItem ? [index] : []));
  const below = path.slice(isItem ? 1 : 0);
  const field = formatInputPath(isOneOf(item) && below.length > 1 ? below.slice(1) : below);
  return {
    message: messageOf(place, reason, allowed),
    details: { ...(isItem ? { index } : {}), ...(field === '' ? {} : { field }), allowed },
  };
}

function messageOf(place: string, reason: Problem['reason'], allowed: string): string {
  if (reason === 'missing') return `${place} is required and must be ${allowed}.`;
  if (reason === 'unknown') return `${place} does not exist; the field must be ${allowed}.`;
  return `${place} must be ${allowed}.`;
}

/** Checks in the same order as graphql-js. */
function problemOf(type: GraphQLInputType, value: unknown): Problem {
  const bare = getNullableType(type);
  if (!isInputObjectType(bare) || typeof value !== 'object' || value === null || Array.isArray(value))
    return { key: null, reason: 'invalid', allowed: allowedBy(bare) };
  const fields = bare.getFields();
  const given = value as Readonly<Record<string, unknown>>;
  const missing = Object.values(fields).find(
    (field) => isRequiredInputField(field) && given[field.name] === undefined,
  );
  if (missing !== undefined)
    return { key: missing.name, reason: 'missing', allowed: allowedBy(missing.type) };
  const unknown = Object.keys(given).find((key) => fields[key] === undefined);
  if (unknown !== undefined) return { key: unknown, reason: 'unknown', allowed: `one of ${namesOf(bare)}` };
  return { key: null, reason: 'invalid', allowed: allowedBy(bare) };
}

function allowedBy(type: GraphQLInputType): string {
  const bare = getNullableType(type);
  if (isListType(bare)) return `a list in which each item is ${allowedBy(bare.ofType)}`;
  if (isEnumType(bare)) {
    const names = bare.getValues().map(({ name }) => name);
    return `one of ${names.join(', ')}`;
  }
  if (isInputObjectType(bare))
    return bare.isOneOf ? `an object with exactly one of ${namesOf(bare)}` : 'an object';
  return scalars[bare.name] ?? `a ${bare.name}`;
}

function typeAt(type: GraphQLInputType, path: InputPath): GraphQLInputType {
  const bare = getNullableType(type);
  const [key, ...rest] = path;
  if (key === undefined) return type;
  if (typeof key === 'number') return isListType(bare) ? typeAt(bare.ofType, rest) : type;
  // a value that is not a list is coerced to a list of one item
  const inner = isListType(bare) ? getNullableType<GraphQLInputType>(bare.ofType) : bare;
  const field = isInputObjectType(inner) ? inner.getFields()[key] : undefined;
  return field === undefined ? type : typeAt(field.type, rest);
}

function isOneOf(type: GraphQLInputType): boolean {
  return isInputObjectType(type) && type.isOneOf;
}

function namesOf(type: GraphQLInputObjectType): string {
  return Object.keys(type.getFields()).join(', ');
}
