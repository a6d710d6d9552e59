import { randomUUID } from 'node:crypto';
import { GraphQLError, type ExecutionResult } from 'graphql';
import { asClientError } from '../db/database-fault.ts';
import { AppError } from '../errors.ts';

/** For transports, which do not know the database. */
export { asClientError };

/** Called with every error that is masked, and the id that clients receive instead. */
export type ReportUnknown = (error: unknown, errorId: string) => void;

/** Converts an error for clients. Errors other than AppError are masked and reported. */
export function toGraphQLError(error: unknown, report: ReportUnknown): GraphQLError {
  return error instanceof GraphQLError
    ? masked(error, report)
    : clientErrorAt(new GraphQLError(''), error, report);
}

/** Masks the errors of resolvers. Syntax, validation and coercion errors are not masked. */
export function maskResult(result: ExecutionResult, report: ReportUnknown): ExecutionResult {
  if (result.errors === undefined) return result;
  return { ...result, errors: result.errors.map((error) => masked(error, report)) };
}

/** Returns the error with `code` in its extensions, unless they have a code. */
export function withCode(error: GraphQLError, code: string): GraphQLError {
  return replaced(error, error.message, { code, ...error.extensions });
}

function masked(error: GraphQLError, report: ReportUnknown): GraphQLError {
  const original = rootCause(error);
  return original === undefined ? withCode(error, 'BAD_USER_INPUT') : clientErrorAt(error, original, report);
}

function clientErrorAt(at: GraphQLError, original: unknown, report: ReportUnknown): GraphQLError {
  const error = asClientError(original);
  if (error instanceof AppError) {
    const retryable = error.retryable ? { retryable: true } : {};
    return replaced(at, error.message, { code: error.code, ...retryable, ...error.details });
  }
  const errorId = randomUUID();
  report(error, errorId);
  return replaced(at, 'An unexpected error happened.', { code: 'INTERNAL_ERROR', errorId });
}

/** The error that a resolver threw, which graphql-js has wrapped. Undefined for errors of graphql-js itself. */
function rootCause(error: GraphQLError): unknown {
  let cause: unknown = error.originalError;
  while (cause instanceof GraphQLError) cause = cause.originalError;
  return cause ?? undefined;
}

/** The same error in the same place, with another message and other extensions. */
export function replaced(
  error: GraphQLError,
  message: string,
  extensions: Record<string, unknown>,
): GraphQLError {
  return new GraphQLError(message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
    extensions,
  });
}
