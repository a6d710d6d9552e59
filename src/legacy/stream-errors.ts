import { GraphQLError } from 'graphql';
import { AppError } from '../errors.ts';
import { RequestError } from '../engine/operation.ts';

/** Whether the same subscription may succeed later. */
export function isRetryable(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'DATABASE_UNAVAILABLE' || code === 'OVERLOADED' || code === 'TIMEOUT';
}

/** Whether the client lacks or has lost the right to subscribe. */
export function isAccessError(error: unknown): error is Error {
  const code = codeOf(error);
  return code === 'FORBIDDEN' || code === 'AUTHENTICATION_FAILED';
}

/** The code that clients match; undefined when there is none. */
export function codeOf(error: unknown): unknown {
  if (error instanceof AppError) return error.code;
  if (error instanceof RequestError) return error.errors[0]?.extensions['code'];
  return error instanceof GraphQLError ? error.extensions['code'] : undefined;
}
