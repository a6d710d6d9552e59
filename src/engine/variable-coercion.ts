import {
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  typeFromAST,
  valueFromAST,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { getOrCreate } from '../lib/get-or-create.ts';

/**
 * Coerces the variables of a request as graphql-js does, with functions that are compiled once per type. graphql-js
 * looks up every field of an input type in every value, which for an event of `publish` are all its members. It is
 * asked only for the errors of invalid variables.
 */

/** The value is invalid, or of a form that only graphql-js can tell. */
const invalid = Symbol('invalid');

type Coerce = (value: unknown) => unknown;

/** A variable that an operation declares. */
interface DeclaredVariable {
  readonly name: string;
  readonly coerce: Coerce;
  /** For a request without the variable. Undefined: the variable stays absent. `invalid`: it is required. */
  readonly absent: unknown;
}

const coercers = new WeakMap<GraphQLInputType, Coerce>();
const declared = new WeakMap<OperationDefinitionNode, readonly DeclaredVariable[] | null>();

/** Returns the coerced variables. Null: a variable is invalid, and graphql-js names it. */
export function coerceValid(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> | null {
  const variables = getOrCreate(declared, operation, () => variablesOf(schema, operation));
  if (variables === null) return null;
  const coerced: Record<string, unknown> = {};
  for (const { name, coerce, absent } of variables) {
    const value = Object.hasOwn(given, name) ? coerce(given[name]) : absent;
    if (value === invalid) return null;
    if (value !== undefined || Object.hasOwn(given, name)) coerced[name] = value;
  }
  return coerced;
}

/** Null: a variable has no input type or a reserved name. */
function variablesOf(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): readonly DeclaredVariable[] | null {
  const variables: DeclaredVariable[] = [];
  for (const { variable, type: node, defaultValue } of variableDefinitions) {
    const name = variable.name.value;
    const type = typeFromAST(schema, node);
    if (name.startsWith('__') || !isInputType(type)) return null;
    const standard = defaultValue === undefined ? undefined : valueFromAST(defaultValue, type);
    const isRequired = defaultValue === undefined && isNonNullType(type);
    variables.push({ name, coerce: coercerOf(type), absent: isRequired ? invalid : standard });
  }
  return variables;
}

function coercerOf(type: GraphQLInputType): Coerce {
  // Not created in place: an input type can contain itself.
  const known = coercers.get(type);
  if (known !== undefined) return known;
  let compiled: Coerce | null = null;
  const late: Coerce = (value) => (compiled ??= compile(type))(value);
  coercers.set(type, late);
  compiled = compile(type);
  coercers.set(type, compiled);
  return compiled;
}

function compile(type: GraphQLInputType): Coerce {
  if (isNonNullType(type)) {
    const coerce = coercerOf(type.ofType);
    return (value) => (value === null || value === undefined ? invalid : coerce(value));
  }
  if (isListType(type)) return listCoercer(coercerOf(type.ofType));
  if (isInputObjectType(type)) return type.isOneOf ? oneOfCoercer(type) : objectCoercer(type);
  return (value) => {
    if (value === null || value === undefined) return null;
    try {
      const parsed: unknown = type.parseValue(value);
      return parsed === undefined ? invalid : parsed;
    } catch {
      return invalid;
    }
  };
}

function listCoercer(coerce: Coerce): Coerce {
  return (value) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) {
      // graphql-js also takes other iterables, which JSON has not.
      if (typeof value === 'object' && Symbol.iterator in value) return invalid;
      const item = coerce(value);
      return item === invalid ? invalid : [item];
    }
    const items: unknown[] = [];
    for (const item of value) {
      const coerced = coerce(item);
      if (coerced === invalid) return invalid;
      items.push(coerced);
    }
    return items;
  };
}

function objectCoercer(type: GraphQLInputObjectType): Coerce {
  const fields = Object.values(type.getFields()).map(({ name, type: fieldType, defaultValue }) => ({
    name,
    coerce: coercerOf(fieldType),
    absent: defaultValue === undefined && isNonNullType(fieldType) ? invalid : defaultValue,
  }));
  return (value) => {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object') return invalid;
    const given = value as Readonly<Record<string, unknown>>;
    const coerced: Record<string, unknown> = {};
    let found = 0;
    for (const { name, coerce, absent } of fields) {
      const one = given[name];
      if (one !== undefined) found++;
      const result = one === undefined ? absent : coerce(one);
      if (result === invalid) return invalid;
      if (result !== undefined) coerced[name] = result;
    }
    return Object.keys(given).length === found ? coerced : invalid;
  };
}

function oneOfCoercer(type: GraphQLInputObjectType): Coerce {
  const fields = new Map(Object.values(type.getFields()).map((field) => [field.name, coercerOf(field.type)]));
  return (value) => {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object') return invalid;
    const [name, ...others] = Object.keys(value);
    const coerce = name === undefined ? undefined : fields.get(name);
    if (name === undefined || coerce === undefined || others.length > 0) return invalid;
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (member === null || member === undefined) return invalid;
    const coerced = coerce(member);
    return coerced === invalid ? invalid : { [name]: coerced };
  };
}
