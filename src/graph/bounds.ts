import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';
import { InvalidInput } from './invalid-input.ts';

/**
 * How large the values of an argument or input field may be. Every text, list and JSON value that a client sends has
 * such a bound; the plugin `bounds-plugin.ts` refuses to build a schema in which one has none.
 */
export interface Bounds {
  /** Characters of a text, or of each text in a list: at most this many, or from and to. */
  readonly chars?: number | Range;
  /** Entries of a list. */
  readonly items?: number | Range;
  /** Characters of a value of the scalar `JSON`, written as JSON. */
  readonly jsonChars?: number;
}

export type Range = readonly [min: number, max: number];

/** Of an ID whose field declares no `chars`. */
const idCharsMax = 256;
/** Of a list of enum values whose field declares no `items`. */
const enumItemsMax = 100;

declare module 'graphql' {
  interface GraphQLArgumentExtensions {
    bounds?: Bounds;
  }
  interface GraphQLInputFieldExtensions {
    bounds?: Bounds;
  }
}

/** The bounds that hold for a value of this type: those declared, and the defaults of IDs and lists of enum values. */
export function boundsFor(type: GraphQLInputType, declared: Bounds): Bounds {
  const bare = getNullableType(type);
  if (isListType(bare)) {
    const item = getNullableType<GraphQLInputType>(bare.ofType);
    const items = declared.items ?? (isEnumType(item) ? enumItemsMax : undefined);
    return { ...boundsFor(item, declared), ...(items === undefined ? {} : { items }) };
  }
  return bare.toString() === 'ID' ? { chars: idCharsMax, ...declared } : declared;
}

/** Which bound a value of this type lacks; null: none. */
export function lackingBound(type: GraphQLInputType, bounds: Bounds): keyof Bounds | null {
  const bare = getNullableType(type);
  if (isListType(bare)) return bounds.items === undefined ? 'items' : lackingBound(bare.ofType, bounds);
  const name = bare.toString();
  if ((name === 'String' || name === 'ID') && bounds.chars === undefined) return 'chars';
  return name === 'JSON' && bounds.jsonChars === undefined ? 'jsonChars' : null;
}

/** In words: `1 to 200 characters`. */
export function boundsInWords({ items, chars, jsonChars }: Bounds): string {
  const each = chars === undefined ? '' : rangeInWords(chars, 'character');
  if (items !== undefined) {
    const count = rangeInWords(items, 'entry');
    return each === '' ? count : `${count} of ${each} each`;
  }
  return jsonChars === undefined ? each : `at most ${jsonChars} characters of JSON`;
}

function rangeInWords(range: number | Range, unit: 'character' | 'entry'): string {
  const [min, max] = rangeOf(range);
  const units = max === 1 ? unit : unit === 'entry' ? 'entries' : `${unit}s`;
  return min === 0 ? `at most ${max} ${units}` : `${min} to ${max} ${units}`;
}

export function rangeOf(range: number | Range): Range {
  return typeof range === 'number' ? [0, range] : range;
}

type Path = readonly (string | number)[];
/** @throws InvalidInput */
type Check = (value: unknown, path: Path) => void;

const checksOf = new WeakMap<GraphQLField<unknown, unknown>, ReadonlyMap<string, Check>>();

/**
 * Checks the coerced arguments of a field against the bounds that the schema declares.
 * @throws InvalidInput for the first value that is too large or too small.
 */
export function checkBounds(
  field: GraphQLField<unknown, unknown>,
  args: Readonly<Record<string, unknown>>,
): void {
  let checks = checksOf.get(field);
  if (checks === undefined) {
    checks = new Map(
      field.args.flatMap(({ name, type, extensions }) => named(name, type, extensions.bounds)),
    );
    checksOf.set(field, checks);
  }
  for (const [name, check] of checks) check(args[name], [name]);
}

function named(name: string, type: GraphQLInputType, bounds: Bounds | undefined): [string, Check][] {
  const check = checkOf(type, bounds ?? {});
  return check === null ? [] : [[name, check]];
}

/** Null: nothing to check. */
function checkOf(type: GraphQLInputType, bounds: Bounds): Check | null {
  if (isNonNullType(type)) return checkOf(type.ofType, bounds);
  if (isListType(type)) return listCheck(checkOf(type.ofType, bounds), bounds);
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).flatMap((field) =>
      named(field.name, field.type, field.extensions.bounds),
    );
    if (fields.length === 0) return null;
    return (value, path) => {
      if (typeof value !== 'object' || value === null) return;
      const given = value as Readonly<Record<string, unknown>>;
      // the member that an event is goes without saying
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

/** Names the place as clients of the mutations do: without the argument `input`, and an event by its index. */
function outOfBounds([argument = '', ...below]: Path, bounds: Bounds): InvalidInput {
  const [index, ...inItem] = below;
  const allowed = boundsInWords(bounds);
  if (typeof index === 'number' && inItem.length > 0)
    return new InvalidInput(written(inItem), allowed, { list: String(argument), index });
  return new InvalidInput(
    written(argument === 'input' && below.length > 0 ? below : [argument, ...below]),
    allowed,
  );
}

function written(path: Path): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .slice(1);
}
