import {
  getVariableValues,
  GraphQLError,
  isInputType,
  typeFromAST,
  valueFromASTUntyped,
  type GraphQLSchema,
} from 'graphql';
import { misfitOf } from '../graph/coercion.ts';
import { withCode } from '../graph/errors.ts';
import { limits } from '../graph/limits.ts';
import { isDeeperThan } from '../lib/depth.ts';
import { RequestError, type Operation } from './operation.ts';

export interface Variables {
  /** Coerced, without the cursor's. */
  readonly all: Record<string, unknown>;
  /** The same as the client sent them. */
  readonly raw: Record<string, unknown>;
  /** The cursor in the argument `after`. */
  readonly after: string | null;
}

/** Variables as the operation declares them. @throws RequestError when one does not fit its type. */
export function variablesOf(
  schema: GraphQLSchema,
  operation: Operation,
  given: Readonly<Record<string, unknown>> | null | undefined,
): Variables {
  const raw = given ?? {};
  if (isDeeperThan(raw, limits.valueDepthMax)) throw new RequestError([tooDeep()]);
  const values = getVariableValues(schema, operation.declared.variableDefinitions ?? [], raw, {
    maxErrors: 20,
  });
  if (values.errors !== undefined)
    throw new RequestError(values.errors.map((error) => described(schema, operation, raw, error)));
  const after = operation.after === null ? null : valueFromASTUntyped(operation.after, values.coerced);
  const names = (operation.node.variableDefinitions ?? []).map((one) => one.variable.name.value);
  return {
    all: pick(values.coerced, names),
    raw: pick(raw, names),
    after: typeof after === 'string' ? after : null,
  };
}

/** What is wrong with a variable, where in it, and what is allowed. */
function described(
  schema: GraphQLSchema,
  { declared }: Operation,
  raw: Readonly<Record<string, unknown>>,
  error: GraphQLError,
): GraphQLError {
  const node = declared.variableDefinitions?.find((one) => error.nodes?.includes(one) ?? false);
  const type = node && typeFromAST(schema, node.type);
  if (!isInputType(type)) return withCode(error, 'BAD_USER_INPUT');
  const name = node?.variable.name.value ?? '';
  const found = misfitOf(name, type, raw[name]);
  if (found === null) return withCode(error, 'BAD_USER_INPUT');
  const extensions = { code: 'BAD_USER_INPUT', variable: name, ...found.details };
  return new GraphQLError(found.message, { nodes: error.nodes ?? null, extensions });
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
