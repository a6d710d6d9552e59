import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';
import { getOrCreate } from '../lib/get-or-create.ts';
import { formatInputPath, type InputPath } from './input-path.ts';
import { InvalidInput } from './invalid-input.ts';

/**
 * The allowed sizes of an argument or input field. Every string, list and JSON value that a client can send has bounds;
 * `bounds-plugin.ts` does not build a schema in which they are missing.
 */
export interface Bounds {
  /** Length of a string, or of each string in a list: a maximum, or a range. */
  readonly chars?: number | Range;
  /** Length of a list. */
  readonly items?: number | Range;
  /** Maximum length of a value of the scalar `JSON`, as JSON text. */
  readonly jsonChars?: number;
}

export type Range = readonly [min: number, max: number];

/** Default of `chars` for IDs. */
const idCharsMax = 256;
/** Default of `items` for lists of enum values. */
const enumItemsMax = 100;

declare module 'graphql' {
  interface GraphQLArgumentExtensions {
    bounds?: Bounds;
  }
  interface GraphQLInputFieldExtensions {
    bounds?: Bounds;
  }
}

/** The declared bounds, with the defaults of IDs and lists of enum values. */
export function boundsFor(type: GraphQLInputType, declared: Bounds): Bounds {
  const bare = getNullableType(type);
  if (isListType(bare)) {
    const item = getNullableType<GraphQLInputType>(bare.ofType);
    const items = declared.items ?? (isEnumType(item) ? enumItemsMax : undefined);
    return { ...boundsFor(item, declared), ...(items === undefined ? {} : { items }) };
  }
  return bare.toString() === 'ID' ? { chars: idCharsMax, ...declared } : declared;
}

/** The bound that is missing for a value of this type. Null: none is missing. */
export function missingBound(type: GraphQLInputType, bounds: Bounds): keyof Bounds | null {
  const bare = getNullableType(type);
  if (isListType(bare)) return bounds.items === undefined ? 'items' : missingBound(bare.ofType, bounds);
  const name = bare.toString();
  if ((name === 'String' || name === 'ID') && bounds.chars === undefined) return 'chars';
  return name === 'JSON' && bounds.jsonChars === undefined ? 'jsonChars' : null;
}

/** Returns `1 to 200 characters`. */
export function describeBounds({ items, chars, jsonChars }: Bounds): string {
  const each = chars === undefined ? '' : describeRange(chars, 'character');
  if (items !== undefined) {
    const count = describeRange(items, 'entry');
    return each === '' ? count : `${count} of ${each} each`;
  }
  return jsonChars === undefined ? each : `at most ${jsonChars} characters of JSON`;
}

function describeRange(range: number | Range, unit: 'character' | 'entry'): string {
  const [min, max] = rangeOf(range);
  const units = max === 1 ? unit : unit === 'entry' ? 'entries' : `${unit}s`;
  return min === 0 ? `at most ${max} ${units}` : `${min} to ${max} ${units}`;
}

export function rangeOf(range: number | Range): Range {
  return typeof range === 'number' ? [0, range] : range;
}

/** @throws InvalidInput */
type Check = (value: unknown, path: InputPath) => void;

const checksOf = new WeakMap<GraphQLField<unknown, unknown>, ReadonlyMap<string, Check>>();

/**
 * Checks the coerced arguments of a field against the bounds that the schema declares.
 * @throws InvalidInput for the first value that is too large or too small.
 */
export function checkBounds(
  field: GraphQLField<unknown, unknown>,
  args: Readonly<Record<string, unknown>>,
): void {
  const checks = getOrCreate(
    checksOf,
    field,
    () =>
      new Map(field.args.flatMap(({ name, type, extensions }) => namedCheck(name, type, extensions.bounds))),
  );
  for (const [name, check] of checks) check(args[name], [name]);
}

function namedCheck(name: string, type: GraphQLInputType, bounds: Bounds | undefined): [string, Check][] {
  const check = checkOf(type, bounds ?? {});
  return check === null ? [] : [[name, check]];
}

/** Null: the type has no bounds. */
function checkOf(type: GraphQLInputType, bounds: Bounds): Check | null {
  if (isNonNullType(type)) return checkOf(type.ofType, bounds);
  if (isListType(type)) return listCheck(checkOf(type.ofType, bounds), bounds);
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).flatMap((field) =>
      namedCheck(field.name, field.type, field.extensions.bounds),
    );
    if (fields.length === 0) return null;
    return (value, path) => {
      if (typeof value !== 'object' || value === null) return;
      const given = value as Readonly<Record<string, unknown>>;
      // the path omits the member of a oneOf type, as clients know which one they sent
      for (const [name, check] of fields) check(given[name], type.isOneOf ? path : [...path, name]);
    };
  }
  const { chars, jsonChars } = bounds;
  if (jsonChars !== undefined)
    return (value, path) => {
      if (value === null || value === undefined) return;
      if (JSON.stringify(value).length > jsonChars) throw outOfBounds(path, bounds);
    };
  if (chars === undefined) return null;
  const [min, max] = rangeOf(chars);
  return (value, path) => {
    if (typeof value !== 'string') return;
    if (value.length < min || value.length > max) throw outOfBounds(path, { chars });
  };
}

function listCheck(item: Check | null, { items }: Bounds): Check {
  const [min, max] = rangeOf(items ?? Number.POSITIVE_INFINITY);
  return (value, path) => {
    if (!Array.isArray(value)) return;
    if (value.length < min || value.length > max) throw outOfBounds(path, { items: items ?? max });
    if (item === null) return;
    for (const [index, one] of value.entries()) item(one, [...path, index]);
  };
}

/** Names the field as clients do: relative to the argument `input`, or to the item of a list. */
function outOfBounds(path: InputPath, bounds: Bounds): InvalidInput {
  const named = path[0] === 'input' && path.length > 1 ? path.slice(1) : path;
  const [list = '', index, ...inItem] = named;
  const allowed = describeBounds(bounds);
  if (typeof index === 'number' && inItem.length > 0)
    return new InvalidInput(formatInputPath(inItem), allowed, { list: String(list), index });
  return new InvalidInput(formatInputPath(named), allowed);
}
