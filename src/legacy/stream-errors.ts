import { GraphQLError } from 'graphql';
import { AppError } from '../errors.ts';
import { Refused } from '../engine/documents.ts';

/** Whether a stream that ended so may be asked for again. */
export function isRetryable(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'DATABASE_UNAVAILABLE' || code === 'OVERLOADED' || code === 'TIMEOUT';
}

/** The code that clients match; undefined when there is none. */
export function codeOf(error: unknown): unknown {
  if (error instanceof AppError) return error.code;
  if (error instanceof Refused) return error.errors[0]?.extensions['code'];
  return error instanceof GraphQLError ? error.extensions['code'] : undefined;
}
