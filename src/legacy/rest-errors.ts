import { GraphQLError } from 'graphql';
import { RequestError } from '../engine/operation.ts';
import { AppError } from '../errors.ts';
import { HttpError } from '../http/http-error.ts';
import { statusOf } from '../http/request.ts';

/** What old clients know errors of the graph by, where it is another code. */
const codes: Readonly<Record<string, string>> = {
  BAD_REQUEST: 'INVALID_PARAMETER',
  BAD_USER_INPUT: 'INVALID_PARAMETER',
  CURSOR_EXPIRED: 'INVALID_PARAMETER',
  CURSOR_INVALID: 'INVALID_PARAMETER',
};
const passed = new Set([
  'AUTHENTICATION_FAILED',
  'DATABASE_UNAVAILABLE',
  'FORBIDDEN',
  'NOT_FOUND',
  'OVERLOADED',
  'SHUTTING_DOWN',
  'TIMEOUT',
]);

/** An error that old clients may see, in their codes; anything else is returned as it is. */
export function toHttpError(error: unknown): unknown {
  if (error instanceof AppError) return ofCode(error.code, error.message, error.details);
  const [first] = error instanceof RequestError ? error.errors : [error];
  if (!(first instanceof GraphQLError)) return error;
  return ofCode(String(first.extensions['code']), first.message, first.extensions);
}

/** @param details only the id in the log and the disabled feature are sent. */
function ofCode(code: string, message: string, details: Readonly<Record<string, unknown>>): HttpError {
  if (code === 'FEATURE_DISABLED') return featureDisabled(String(details['feature']));
  const known = codes[code];
  if (known !== undefined) return new HttpError(400, known, message);
  if (passed.has(code)) return new HttpError(code === 'NOT_FOUND' ? 404 : statusOf(code), code, message);
  const { errorId } = details;
  return new HttpError(500, 'INTERNAL_ERROR', message, errorId === undefined ? {} : { details: { errorId } });
}

export function notFound(message: string): HttpError {
  return new HttpError(404, 'NOT_FOUND', message);
}

export function invalidParameter(param: string, message: string): HttpError {
  return new HttpError(400, 'INVALID_PARAMETER', message, { details: { param } });
}

export function featureDisabled(feature: string): HttpError {
  const message = feature.endsWith('_MONITORING') ? 'Monitoring disabled' : `${feature} is off.`;
  return new HttpError(503, 'FEATURE_DISABLED', message, { details: { feature } });
}
