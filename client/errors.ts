import type { GraphQLFormattedError } from 'graphql';

/** A failed query or subscription. */
export class OpsgraphError extends Error {
  override readonly name = 'OpsgraphError';
  /** The `code` of the first error: a value of the enum `ErrorCode` of the schema, or `NETWORK_ERROR`. */
  readonly code: string;
  /** Every error that the server sent. Empty if the server could not be reached. */
  readonly errors: readonly GraphQLFormattedError[];
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** How long to wait before a retry, if the server has named a time. */
  readonly retryAfterMs: number | undefined;
  /** The other results of a request of which one field failed. */
  readonly data: unknown;

  constructor(
    errors: readonly GraphQLFormattedError[],
    options: {
      readonly message?: string;
      readonly code?: string;
      readonly data?: unknown;
      readonly retryAfterMs?: number | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(
      options.message ?? (errors.map(({ message }) => message).join('\n') || 'The request failed.'),
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.errors = errors;
    this.code = options.code ?? codeOf(errors);
    this.retryable = this.code === networkError || isRetryable(errors);
    this.retryAfterMs = options.retryAfterMs ?? retryAfterMsOf(errors);
    this.data = options.data;
  }
}

export const networkError = 'NETWORK_ERROR';

export function codeOf(errors: readonly GraphQLFormattedError[]): string {
  const code = errors[0]?.extensions?.['code'];
  return typeof code === 'string' ? code : 'INTERNAL_ERROR';
}

export function hasCode(errors: readonly GraphQLFormattedError[], code: string): boolean {
  return errors.some(({ extensions }) => extensions?.['code'] === code);
}

export function isRetryable(errors: readonly GraphQLFormattedError[]): boolean {
  return errors.length > 0 && errors.every(({ extensions }) => extensions?.['retryable'] === true);
}

export function retryAfterMsOf(errors: readonly GraphQLFormattedError[]): number | undefined {
  const times = errors
    .map(({ extensions }) => extensions?.['retryAfterMs'])
    .filter((time) => typeof time === 'number');
  return times.length === 0 ? undefined : Math.max(...times);
}
