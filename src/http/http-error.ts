import { AppError } from '../errors.ts';
import { statusOf } from './request.ts';

/** Why a request is rejected: the status of the response, and what its body says. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  /** For programs; it never changes its meaning. */
  readonly code: string;
  /** Further keys of the body's `error`. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      readonly details?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = more.details ?? {};
    this.headers = { ...headersOf(status, code), ...more.headers };
  }
}

/** Seconds after which a client may try again what is not possible now. */
const retryAfterS = 2;

function headersOf(status: number, code: string): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Bearer' };
  if (status === 413) return { connection: 'close' };
  return status === 503 && code !== 'FEATURE_DISABLED' ? { 'retry-after': String(retryAfterS) } : {};
}

/** The same error as an `HttpError`; null when clients must not see it. */
export function asHttpError(error: unknown): HttpError | null {
  if (error instanceof HttpError) return error;
  if (!(error instanceof AppError)) return null;
  return new HttpError(statusOf(error.code), error.code, error.message, { details: error.details ?? {} });
}
