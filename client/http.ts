import { networkError, OpsgraphError } from './errors.ts';
import type { GraphqlRequest, GraphqlResult } from './transport.ts';

export type Fetch = typeof globalThis.fetch;

export interface HttpOptions {
  readonly url: string;
  readonly fetch: Fetch;
  readonly token: string | undefined;
  /** Default: `same-origin`. */
  readonly credentials?: RequestCredentials | undefined;
  readonly signal?: AbortSignal | undefined;
}

export function requestInit(
  request: GraphqlRequest,
  { token, signal, credentials = 'same-origin' }: Pick<HttpOptions, 'token' | 'signal' | 'credentials'>,
  headers: Readonly<Record<string, string>>,
): RequestInit {
  return {
    method: 'POST',
    credentials,
    headers: {
      'content-type': 'application/json',
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(request),
    ...(signal !== undefined && { signal }),
  };
}

/**
 * Executes a query or a mutation over HTTP.
 *
 * @throws OpsgraphError NETWORK_ERROR if there is no GraphQL response.
 */
export async function postOperation(
  request: GraphqlRequest,
  options: HttpOptions,
): Promise<{ readonly result: GraphqlResult; readonly retryAfterMs: number | undefined }> {
  let response: Response;
  let text: string;
  try {
    const accept = 'application/graphql-response+json, application/json;q=0.9';
    response = await options.fetch(options.url, requestInit(request, options, { accept }));
    text = await response.text();
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    throw new OpsgraphError([], {
      message: 'The server cannot be reached.',
      code: networkError,
      cause: error,
    });
  }
  const result = parsed(text);
  if (result === null)
    throw new OpsgraphError([], {
      message: `The response with status ${response.status} is not a GraphQL response.`,
      code: networkError,
      retryAfterMs: retryAfterMs(response),
    });
  return { result, retryAfterMs: retryAfterMs(response) };
}

function parsed(text: string): GraphqlResult | null {
  try {
    const result = JSON.parse(text) as GraphqlResult | null;
    return typeof result === 'object' && result !== null && ('data' in result || 'errors' in result)
      ? result
      : null;
  } catch {
    return null;
  }
}

/** The time in the header `Retry-After`, which is a number of seconds or a date. */
export function retryAfterMs({ headers }: Response): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1_000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
