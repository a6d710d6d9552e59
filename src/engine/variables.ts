import {
  getVariableValues,
  GraphQLError,
  isInputType,
  typeFromAST,
  valueFromASTUntyped,
  type GraphQLSchema,
} from 'graphql';
import { findCoercionError } from '../graph/coercion.ts';
import { withCode } from '../graph/errors.ts';
import { limits } from '../graph/limits.ts';
import { isDeeperThan } from '../lib/depth.ts';
import { RequestError, type Operation } from './operation.ts';
import { coerceValid } from './variable-coercion.ts';

export interface Variables {
  /** Coerced variables, without those of the cursor. */
  readonly coerced: Record<string, unknown>;
  /** The same variables as the client sent them. */
  readonly raw: Record<string, unknown>;
  /** The value of the argument `after`. */
  readonly after: string | null;
}

/** Coerces the variables of a request. @throws RequestError that names the invalid variables. */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: Operation,
  given: Readonly<Record<string, unknown>> | null | undefined,
): Variables {
  const raw = given ?? {};
  if (isDeeperThan(raw, limits.valueDepthMax)) throw new RequestError([tooDeep()]);
  const values = coerceValid(schema, operation.declared, raw) ?? coerceOrReject(schema, operation, raw);
  const after = operation.after === null ? null : valueFromASTUntyped(operation.after, values);
  const names = (operation.node.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  return {
    coerced: pick(values, names),
    raw: pick(raw, names),
    after: typeof after === 'string' ? after : null,
  };
}

/** @throws RequestError */
function coerceOrReject(
  schema: GraphQLSchema,
  operation: Operation,
  raw: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const definitions = operation.declared.variableDefinitions ?? [];
  const values = getVariableValues(schema, definitions, raw, { maxErrors: 20 });
  if (values.errors === undefined) return values.coerced;
  throw new RequestError(values.errors.map((error) => detailedError(schema, operation, raw, error)));
}

/** The error of a variable, with the invalid field and the allowed values in its extensions. */
function detailedError(
  schema: GraphQLSchema,
  { declared }: Operation,
  raw: Readonly<Record<string, unknown>>,
  error: GraphQLError,
): GraphQLError {
  const node = declared.variableDefinitions?.find((definition) => error.nodes?.includes(definition) ?? false);
  const type = node && typeFromAST(schema, node.type);
  if (!isInputType(type)) return withCode(error, 'BAD_USER_INPUT');
  const name = node?.variable.name.value ?? '';
  const invalid = findCoercionError(name, type, raw[name]);
  if (invalid === null) return withCode(error, 'BAD_USER_INPUT');
  const extensions = { code: 'BAD_USER_INPUT', variable: name, ...invalid.details };
  return new GraphQLError(invalid.message, { nodes: error.nodes ?? null, extensions });
}

function pick(values: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(values, name)).map((name) => [name, values[name]]),
  );
}

function tooDeep(): GraphQLError {
  const { valueDepthMax } = limits;
  const message = `Lists and objects in variables must not be nested more than ${valueDepthMax} deep.`;
  return new GraphQLError(message, {
    extensions: { code: 'BAD_USER_INPUT', allowed: `${valueDepthMax} deep` },
  });
}
