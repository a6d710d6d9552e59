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
  /** The complete response must arrive within this time. */
  readonly responseMsMax: number;
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
  const { response, text } = await fetched(request, options);
  const result = parsed(text);
  if (result === null)
    throw new OpsgraphError([], {
      message: `The response with status ${response.status} is not a GraphQL response.`,
      code: networkError,
      retryAfterMs: retryAfterMs(response),
    });
  return { result, retryAfterMs: retryAfterMs(response) };
}

/**
 * The timer also keeps a program running: when a connection is reset, `fetch` of Node 20 may leave its promise pending
 * with nothing that Node waits for, and the program would end. `AbortSignal.timeout` does not keep it running.
 */
async function fetched(
  request: GraphqlRequest,
  options: HttpOptions,
): Promise<{ readonly response: Response; readonly text: string }> {
  const { url, fetch, signal, responseMsMax } = options;
  const late = new AbortController();
  const both = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
  const accept = 'application/graphql-response+json, application/json;q=0.9';
  const receive = async () => {
    const response = await fetch(url, requestInit(request, { ...options, signal: both }, { accept }));
    return { response, text: await response.text() };
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`The server did not respond within ${responseMsMax} ms.`));
      late.abort();
    }, responseMsMax);
  });
  try {
    return await Promise.race([receive(), timeout]);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    const message = 'The server cannot be reached.';
    throw new OpsgraphError([], { message, code: networkError, cause: error });
  } finally {
    clearTimeout(timer);
  }
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
