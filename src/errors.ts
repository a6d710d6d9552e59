/** Codes that clients match on. They never change meaning; a new failure gets a new code. */
export type ErrorCode =
  | 'AUTHENTICATION_FAILED'
  | 'BAD_USER_INPUT'
  | 'CURSOR_EXPIRED'
  | 'CURSOR_INVALID'
  | 'DATABASE_UNAVAILABLE'
  | 'FEATURE_DISABLED'
  | 'FORBIDDEN'
  | 'INTERNAL_ERROR'
  | 'NOT_FOUND'
  | 'OVERLOADED'
  | 'RESPONSE_TOO_LARGE'
  | 'SHUTTING_DOWN'
  | 'TIMEOUT';

export interface AppErrorOptions {
  /** Whether the same request may succeed later without being changed. */
  readonly retryable?: boolean;
  /** What the client also gets to see: the parameter, the allowed values, a cursor. Never a secret, never SQL. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A failure that a client is meant to see. Everything else that is thrown is masked at the engine. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? {};
  }
}
