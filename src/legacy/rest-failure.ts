import type { GraphQLError } from 'graphql';

/** Why an endpoint does not give what it was asked for: a status, and the code and words of the body. */
export class RestFailure extends Error {
  override readonly name = 'RestFailure';
  readonly status: number;
  readonly code: string;
  /** Further keys of the body's `error`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

const statuses: Readonly<Record<string, readonly [status: number, code: string]>> = {
  AUTHENTICATION_FAILED: [401, 'AUTHENTICATION_FAILED'],
  BAD_REQUEST: [400, 'INVALID_PARAMETER'],
  BAD_USER_INPUT: [400, 'INVALID_PARAMETER'],
  CURSOR_EXPIRED: [400, 'INVALID_PARAMETER'],
  CURSOR_INVALID: [400, 'INVALID_PARAMETER'],
  DATABASE_UNAVAILABLE: [503, 'DATABASE_UNAVAILABLE'],
  FORBIDDEN: [403, 'FORBIDDEN'],
  NOT_FOUND: [404, 'NOT_FOUND'],
  OVERLOADED: [503, 'OVERLOADED'],
  SHUTTING_DOWN: [503, 'SHUTTING_DOWN'],
  TIMEOUT: [503, 'TIMEOUT'],
};

/** What an error of the graph is over HTTP. What the graph masked stays masked; the log's id goes along. */
export function ofGraph({ message, extensions }: GraphQLError): RestFailure {
  return failure(textOf(extensions['code']), message, extensions);
}

/** @param details of which the client gets to see the feature that is off and the id that the log has too. */
export function failure(
  code: string,
  message: string,
  details: Readonly<Record<string, unknown>>,
): RestFailure {
  if (code === 'FEATURE_DISABLED') return featureDisabled(textOf(details['feature']));
  const known = statuses[code];
  if (known !== undefined) return new RestFailure(known[0], known[1], message);
  const { errorId } = details;
  return new RestFailure(500, 'INTERNAL_ERROR', message, errorId === undefined ? {} : { errorId });
}

export function featureDisabled(feature: string): RestFailure {
  const message = feature.endsWith('_MONITORING') ? 'Monitoring disabled' : `${feature} is off.`;
  return new RestFailure(503, 'FEATURE_DISABLED', message, { feature });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
