import { GraphQLError } from 'graphql';
import { RequestError } from '../engine/operation.ts';
import { AppError, isErrorCode, type ErrorCode } from '../errors.ts';
import { featureDisabled } from '../http/send.ts';

/** Codes of the graph that old clients know as `INVALID_PARAMETER`. */
const invalid = new Set(['BAD_REQUEST', 'BAD_USER_INPUT', 'CURSOR_EXPIRED', 'CURSOR_INVALID']);
const passed = new Set<ErrorCode>([
  'AUTHENTICATION_FAILED',
  'DATABASE_UNAVAILABLE',
  'FORBIDDEN',
  'NOT_FOUND',
  'OVERLOADED',
  'SHUTTING_DOWN',
  'TIMEOUT',
]);

/** Errors of this room, which are in the codes of old clients already. */
const own = new Set<ErrorCode>(['INVALID_BODY', 'INVALID_PARAMETER']);

/** An error that old clients may see, in their codes; any other error is returned unchanged. */
export function toClientError(error: unknown): unknown {
  if (error instanceof AppError)
    return own.has(error.code) ? error : ofCode(error.code, error.message, error.details);
  const [first] = error instanceof RequestError ? error.errors : [error];
  if (!(first instanceof GraphQLError)) return error;
  return ofCode(first.extensions['code'], first.message, first.extensions);
}

/** @param details only the id in the log and the disabled feature are sent. */
function ofCode(code: unknown, message: string, details: Readonly<Record<string, unknown>>): AppError {
  if (code === 'FEATURE_DISABLED') return featureDisabled(String(details['feature']));
  if (invalid.has(String(code))) return new AppError('INVALID_PARAMETER', message);
  if (isErrorCode(code) && passed.has(code)) return new AppError(code, message);
  const { errorId } = details;
  return new AppError('INTERNAL_ERROR', message, errorId === undefined ? {} : { details: { errorId } });
}

export function notFound(message: string): AppError {
  return new AppError('NOT_FOUND', message);
}

export function invalidParameter(param: string, message: string): AppError {
  return new AppError('INVALID_PARAMETER', message, { details: { param } });
}
