import { randomUUID } from 'node:crypto';
import { GraphQLError, type ExecutionResult } from 'graphql';
import { asClientError } from '../db/database-fault.ts';
import { AppError } from '../errors.ts';

/** For transports, which do not know the database. */
export { asClientError };

/** Told of every failure that clients are not shown, with the id that they are shown instead. */
export type ReportUnknown = (error: unknown, errorId: string) => void;

/** How any failure looks to a GraphQL client. What is not meant for clients is masked and reported. */
export function toGraphQLError(error: unknown, report: ReportUnknown): GraphQLError {
  return error instanceof GraphQLError ? masked(error, report) : shown(new GraphQLError(''), error, report);
}

/** Masks what resolvers threw; syntax, validation and coercion errors are the client's own and pass. */
export function maskResult(result: ExecutionResult, report: ReportUnknown): ExecutionResult {
  if (result.errors === undefined) return result;
  return { ...result, errors: result.errors.map((error) => masked(error, report)) };
}

/** The same error in the same place, with a code that clients can match. */
export function withCode(error: GraphQLError, code: string): GraphQLError {
  return replaced(error, error.message, { code, ...error.extensions });
}

function masked(error: GraphQLError, report: ReportUnknown): GraphQLError {
  const original = rootCause(error);
  return original === undefined ? withCode(error, 'BAD_USER_INPUT') : shown(error, original, report);
}

function shown(at: GraphQLError, original: unknown, report: ReportUnknown): GraphQLError {
  const error = asClientError(original);
  if (error instanceof AppError) {
    const retryable = error.retryable ? { retryable: true } : {};
    return replaced(at, error.message, { code: error.code, ...retryable, ...error.details });
  }
  const errorId = randomUUID();
  report(error, errorId);
  return replaced(at, 'An unexpected error happened.', { code: 'INTERNAL_ERROR', errorId });
}

/** What a resolver threw, below whatever graphql-js wrapped it in; undefined for errors of graphql-js itself. */
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
