import { GraphQLError } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import { limits } from '../graph/limits.ts';
import { documentIdOf } from './document-id.ts';

/** Operations of a batch. */
export const batchMax = 10;

/** A list of operations in one body. */
export interface Batch {
  /** Cost of the operations that have started. */
  cost: number;
}

/** The parameters of a GET. @throws GraphQLError */
export function paramsOfUrl({ searchParams }: URL): GraphQLParams {
  return paramsOf(Object.fromEntries(searchParams), true);
}

/** The parameters of a POST, or those of each operation of a batch. @throws GraphQLError */
export function paramsOfBody(text: string): GraphQLParams | GraphQLParams[] {
  const body = json(text, 'body');
  if (!Array.isArray(body)) return paramsOf(body, false);
  if (body.length < 1 || body.length > batchMax)
    throw rejection(`A batch must have 1 to ${batchMax} operations.`, 400);
  return body.map((item) => paramsOf(item, false));
}

/** The operations of a batch may cost together what a single one may. @throws GraphQLError */
export function admit(batch: Batch, { cost }: { readonly cost: number }): void {
  if (batch.cost + cost > limits.costMax)
    throw rejection(
      `The operations of a batch may cost ${limits.costMax} values together; this one would make it ${batch.cost + cost}.`,
      400,
    );
  batch.cost += cost;
}

/**
 * Checks the types of the parameters that Yoga does not check.
 * @param encoded whether JSON is encoded in strings, as in a URL.
 */
function paramsOf(given: unknown, encoded: boolean): GraphQLParams {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw rejection('An operation must be a JSON object.', 400);
  const params = { ...given } as Record<string, unknown>;
  for (const name of ['variables', 'extensions']) {
    const text = params[name];
    if (encoded && typeof text === 'string') params[name] = text === '' ? null : json(text, name);
  }
  const { operationName } = params;
  if (encoded && operationName === '') delete params['operationName'];
  else if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw rejection('operationName must be a string.', 400);
  if (documentIdOf(params) !== null) params['query'] ??= '';
  return params as GraphQLParams;
}

function json(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw rejection(`The ${name} is not JSON.`, 400);
  }
}

export function rejection(
  message: string,
  status: number,
  code = 'BAD_REQUEST',
  headers: Readonly<Record<string, string>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status, headers } } });
}
