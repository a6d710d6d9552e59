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
  /** Of an HTTP response, and of a rejected WebSocket handshake. */
  readonly status: number;
  /** Of a graphql-ws connection that ends with the error. Most errors end one operation only. */
  readonly closeCode: number;
}

const request = (status: number): Meaning => ({ status, closeCode: closeCodes.badRequest });
const later = (status: number): Meaning => ({ status, closeCode: closeCodes.tryAgainLater });

/** Clients match on these codes. A code never changes its meaning; a new failure gets a new code. */
const meanings = {
  AUTHENTICATION_FAILED: { status: 401, closeCode: closeCodes.forbidden },
  BAD_REQUEST: request(400),
  BAD_USER_INPUT: request(400),
  CURSOR_EXPIRED: request(400),
  CURSOR_INVALID: request(400),
  DATABASE_UNAVAILABLE: later(503),
  FEATURE_DISABLED: later(503),
  FORBIDDEN: { status: 403, closeCode: closeCodes.forbidden },
  INTERNAL_ERROR: { status: 500, closeCode: closeCodes.internalServerError },
  INVALID_BODY: request(400),
  INVALID_PARAMETER: request(400),
  METHOD_NOT_ALLOWED: request(405),
  NOT_FOUND: request(404),
  OVERLOADED: later(503),
  PAYLOAD_TOO_LARGE: { status: 413, closeCode: closeCodes.messageTooBig },
  RATE_LIMITED: later(429),
  RESPONSE_TOO_LARGE: request(400),
  SHUTTING_DOWN: { status: 503, closeCode: closeCodes.serviceRestart },
  TIMEOUT: later(503),
  UNSUPPORTED_MEDIA_TYPE: request(415),
  UPGRADE_REQUIRED: request(426),
} as const satisfies Readonly<Record<string, Meaning>>;

export type ErrorCode = keyof typeof meanings;

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
