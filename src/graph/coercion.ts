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

/** Where a value does not fit its type, in words for its sender: graphql-js says so in one long sentence only. */
export interface Misfit {
  readonly message: string;
  readonly details: {
    /** Place in the list that the value is; absent when it is no list. */
    readonly index?: number;
    /** Below that, without the name of a member; absent when the item itself is meant. */
    readonly field?: string;
    readonly allowed: string;
  };
}

type Path = readonly (string | number)[];

interface Problem {
  /** A key of the value that is missing or unknown; null: the value itself. */
  readonly key: string | null;
  readonly what: 'missing' | 'unknown' | 'wrong';
  readonly allowed: string;
}

const shownCharsMax = 100;

const scalars: Readonly<Record<string, string>> = {
  Boolean: 'true or false',
  DateTime: 'a time in ISO 8601, such as 2026-11-21T10:00:00Z',
  Float: 'a number',
  ID: 'text',
  Int: 'a whole number of at most 32 bits',
  String: 'text',
};

/**
 * The first place where a value does not fit; null when it does.
 * @param name what the sender calls the value: `events`.
 */
export function misfitOf(name: string, type: GraphQLInputType, value: unknown): Misfit | null {
  const first: { at: Path; value: unknown }[] = [];
  try {
    coerceInputValue(value, type, (at, invalid, error) => {
      first.push({ at, value: invalid });
      throw error; // one is enough
    });
  } catch (error) {
    const [found] = first;
    if (found === undefined) throw error;
    return told(name, type, found.at, problemOf(typeAt(type, found.at), found.value));
  }
  return null;
}

function told(name: string, type: GraphQLInputType, at: Path, { key, what, allowed }: Problem): Misfit {
  const path = key === null ? at : [...at, key.slice(0, shownCharsMax)];
  const place = `${name}${written(path)}`;
  const [index] = path;
  const isItem = typeof index === 'number';
  const item = getNullableType(typeAt(type, isItem ? [index] : []));
  const below = path.slice(isItem ? 1 : 0);
  // the member that an event is goes without saying
  const field = written(isOneOf(item) && below.length > 1 ? below.slice(1) : below).replace(/^\./, '');
  return {
    message: sentence(place, what, allowed),
    details: { ...(isItem ? { index } : {}), ...(field === '' ? {} : { field }), allowed },
  };
}

function sentence(place: string, what: Problem['what'], allowed: string): string {
  if (what === 'missing') return `${place} is required: ${allowed}.`;
  if (what === 'unknown') return `There is no ${place}; it must be ${allowed}.`;
  return `${place} must be ${allowed}.`;
}

/** In the order in which graphql-js looks at a value. */
function problemOf(type: GraphQLInputType, value: unknown): Problem {
  const bare = getNullableType(type);
  if (!isInputObjectType(bare) || typeof value !== 'object' || value === null || Array.isArray(value))
    return { key: null, what: 'wrong', allowed: allowedBy(bare) };
  const fields = bare.getFields();
  const given = value as Readonly<Record<string, unknown>>;
  const missing = Object.values(fields).find(
    (field) => isRequiredInputField(field) && given[field.name] === undefined,
  );
  if (missing !== undefined) return { key: missing.name, what: 'missing', allowed: allowedBy(missing.type) };
  const unknown = Object.keys(given).find((key) => fields[key] === undefined);
  if (unknown !== undefined) return { key: unknown, what: 'unknown', allowed: `one of ${namesOf(bare)}` };
  return { key: null, what: 'wrong', allowed: allowedBy(bare) };
}

function allowedBy(type: GraphQLInputType): string {
  const bare = getNullableType(type);
  if (isListType(bare)) return `a list, and each of it ${allowedBy(bare.ofType)}`;
  if (isEnumType(bare)) {
    const names = bare.getValues().map(({ name }) => name);
    return `one of ${names.join(', ')}`;
  }
  if (isInputObjectType(bare))
    return bare.isOneOf ? `an object with exactly one of ${namesOf(bare)}` : 'an object';
  return scalars[bare.name] ?? `a ${bare.name}`;
}

function typeAt(type: GraphQLInputType, path: Path): GraphQLInputType {
  const bare = getNullableType(type);
  const [key, ...rest] = path;
  if (key === undefined) return type;
  if (typeof key === 'number') return isListType(bare) ? typeAt(bare.ofType, rest) : type;
  // a single value may stand for a list of one
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

function written(path: Path): string {
  return path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
}
