import { GraphQLError } from 'graphql';
import { RequestError } from '../engine/operation.ts';
import { AppError, isErrorCode, type ErrorCode } from '../errors.ts';
import { featureDisabled } from '../http/send.ts';

/** Codes of the graph that old clients know as `INVALID_PARAMETER`. */
const invalid = new Set(['BAD_REQUEST', 'BAD_USER_INPUT', 'CURSOR_EXPIRED', 'CURSOR_INVALID']);
const commonCodes = new Set<ErrorCode>([
  'AUTHENTICATION_FAILED',
  'DATABASE_UNAVAILABLE',
  'FORBIDDEN',
  'NOT_FOUND',
  'OVERLOADED',
  'SHUTTING_DOWN',
  'TIMEOUT',
]);

/** Codes of errors that the REST endpoints throw themselves. Old clients know these codes. */
const own = new Set<ErrorCode>(['INVALID_BODY', 'INVALID_PARAMETER']);

/** Converts an error of the graph to the codes of old clients. Other errors are returned unchanged. */
export function toClientError(error: unknown): unknown {
  if (error instanceof AppError)
    return own.has(error.code) ? error : ofCode(error.code, error.message, error.details);
  const [first] = error instanceof RequestError ? error.errors : [error];
  if (!(first instanceof GraphQLError)) return error;
  return ofCode(first.extensions['code'], first.message, first.extensions);
}

/** @param details only `errorId` and `feature` are sent. */
function ofCode(code: unknown, message: string, details: Readonly<Record<string, unknown>>): AppError {
  if (code === 'FEATURE_DISABLED') return featureDisabled(String(details['feature']));
  if (invalid.has(String(code))) return new AppError('INVALID_PARAMETER', message);
  if (isErrorCode(code) && commonCodes.has(code)) return new AppError(code, message);
  const { errorId } = details;
  return new AppError('INTERNAL_ERROR', message, errorId === undefined ? {} : { details: { errorId } });
}

export function notFound(message: string): AppError {
  return new AppError('NOT_FOUND', message);
}

export function invalidParameter(param: string, message: string): AppError {
  return new AppError('INVALID_PARAMETER', message, { details: { param } });
}
