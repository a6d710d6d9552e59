/**
 * Every error that a client sees, and what it means to each transport: one class, one table of codes, one list of close
 * codes. HTTP, WebSocket and the old systems take their statuses and close codes from here.
 */

/** Close codes of WebSockets. `docs/clients.md` lists when each is sent, and after which a client should reconnect. */
export const closeCodes = {
  normal: 1000,
  /** The server stops, or the page that opened the socket was left. */
  goingAway: 1001,
  policyViolation: 1008,
  messageTooBig: 1009,
  internalError: 1011,
  /** The server stops or restarts. Clients reconnect, each after a random delay. */
  serviceRestart: 1012,
  /** The client is too slow, or the server overloaded. */
  tryAgainLater: 1013,
  notFound: 4004,
  // 4400 to 4500 are codes of the protocol graphql-transport-ws. Clients of old systems know some of them as well.
  badRequest: 4400,
  unauthorized: 4401,
  forbidden: 4403,
  /** The client did not send a message that the protocol requires in time. */
  timeout: 4408,
  internalServerError: 4500,
} as const;

interface Meaning {
  /** For clients: when the error occurs, and what can be done about it. */
  readonly description: string;
  /** Of an HTTP response, and of a rejected WebSocket handshake. */
  readonly status: number;
  /** Of a graphql-ws connection that ends with the error. Most errors end one operation only. */
  readonly closeCode: number;
}

const request = (status: number, description: string): Meaning => ({
  description,
  status,
  closeCode: closeCodes.badRequest,
});
const later = (status: number, description: string): Meaning => ({
  description,
  status,
  closeCode: closeCodes.tryAgainLater,
});

/** Clients match on these codes. A code never changes its meaning; a new failure gets a new code. */
const meanings = {
  AUTHENTICATION_FAILED: {
    description: 'The credential is missing, invalid, expired or revoked.',
    status: 401,
    closeCode: closeCodes.forbidden,
  },
  BAD_REQUEST: request(
    400,
    'The document or the request is rejected: syntax, validation, limits, or a document that is not trusted.',
  ),
  BAD_USER_INPUT: request(400, 'An argument, a variable or an input field has an invalid value.'),
  CURSOR_EXPIRED: request(400, 'Events after the cursor are no longer retained.'),
  CURSOR_INVALID: request(400, 'The cursor does not belong to the event log of this server.'),
  DATABASE_UNAVAILABLE: later(503, 'The database does not respond. Retry later.'),
  FEATURE_DISABLED: later(503, 'The feature is off in the configuration of the server.'),
  FORBIDDEN: {
    description: 'The credential lacks a capability, or the origin of the page is not allowed.',
    status: 403,
    closeCode: closeCodes.forbidden,
  },
  INTERNAL_ERROR: {
    description: 'An unexpected error. The log of the server contains it.',
    status: 500,
    closeCode: closeCodes.internalServerError,
  },
  INVALID_BODY: request(400, 'The body of a request to an endpoint other than `/graphql` is invalid.'),
  INVALID_PARAMETER: request(
    400,
    'A parameter of a request to an endpoint other than `/graphql` is invalid.',
  ),
  METHOD_NOT_ALLOWED: request(405, 'The endpoint does not support the HTTP method.'),
  NOT_FOUND: request(404, 'An object that the request names does not exist.'),
  OVERLOADED: later(503, 'The server has too much work or too little memory. Retry later.'),
  PAYLOAD_TOO_LARGE: {
    description: 'The body of the request is too large.',
    status: 413,
    closeCode: closeCodes.messageTooBig,
  },
  PERSISTED_QUERY_NOT_FOUND: request(
    400,
    'There is no trusted document with this id, or no stored document with this hash. Send the text.',
  ),
  PERSISTED_QUERY_NOT_SUPPORTED: request(
    400,
    'The server has no list of trusted documents, or it executes only these and stores no others. Send the text.',
  ),
  RATE_LIMITED: later(429, 'The client has too many connections, event streams, operations or new sessions.'),
  RESPONSE_TOO_LARGE: request(400, 'The response, or the data that is read for it, exceeds a limit.'),
  SHUTTING_DOWN: {
    description: 'The server is stopping. Retry later.',
    status: 503,
    closeCode: closeCodes.serviceRestart,
  },
  TIMEOUT: later(503, 'The operation took too long. Retry later.'),
  UNSUPPORTED_MEDIA_TYPE: request(415, 'The body of the request has an unsupported media type.'),
  UPGRADE_REQUIRED: request(426, 'The endpoint accepts WebSocket connections only.'),
} as const satisfies Readonly<Record<string, Meaning>>;

export type ErrorCode = keyof typeof meanings;

/** All codes, each with its description for clients. */
export const errorCodes = Object.fromEntries(
  Object.entries(meanings).map(([code, { description }]) => [code, description]),
) as Readonly<Record<ErrorCode, string>>;

/** @param code of a GraphQL error's extensions. A code that is not in the table is an error of the request. */
export function statusOf(code: unknown): number {
  return isErrorCode(code) ? meanings[code].status : 400;
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(meanings, code);
}

export interface AppErrorOptions {
  /** Whether the same request may succeed later without being changed. */
  readonly retryable?: boolean;
  /** What the client also gets to see: the parameter, the allowed values, a cursor. Never a secret, never SQL. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Headers of an HTTP response, besides those that every response with this status has. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A failure that a client is meant to see. Everything else that is thrown is masked at the engine. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? {};
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return meanings[this.code].status;
  }

  get closeCode(): number {
    return meanings[this.code].closeCode;
  }
}
