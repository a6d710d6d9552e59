import { wait } from './backoff.ts';
import type { Credential } from './credential.ts';
import { codeOf, isRetryable } from './errors.ts';
import { postOperation, requestInit, retryAfterMs, type Fetch } from './http.ts';
import { eventsOf, type ServerSentEvent } from './server-sent-events.ts';
import {
  ConnectionFailed,
  type ClosedReason,
  type GraphqlRequest,
  type GraphqlResult,
  type OperationSink,
  type Transport,
} from './transport.ts';

/** Server-sent events over `fetch`, one request for each operation: for networks that block WebSockets. */

export interface SseOptions {
  readonly url: string;
  readonly fetch: Fetch;
  readonly credential: Pick<Credential, 'get'>;
  readonly credentials: RequestCredentials | undefined;
  /** The first bytes of a response must arrive within this time. A proxy that collects responses delays them. */
  readonly openMsMax: number;
  /** The server sends something at least every 30 s. */
  readonly silentMsMax: number;
  /** Between two requests of an operation that polls. */
  readonly pollEveryMs: number;
}

/** The server waits this long for an event before it responds to a poll. Short, because it occupies a connection. */
const pollWaitS = 1;

/** @throws ConnectionFailed if the server does not respond to HTTP requests, or rejects the credential. */
export async function openSse(options: SseOptions): Promise<Transport> {
  await probe(options);
  return sseTransport(options, streamsMaxOf(options.url));
}

/** @throws ConnectionFailed if the server does not respond to HTTP requests, or rejects the credential. */
export async function probe({ url, fetch, credential, credentials, openMsMax }: SseOptions): Promise<void> {
  const token = await credential.get();
  const response = await postOperation(
    { query: '{ __typename }' },
    { url, fetch, token, credentials, responseMsMax: openMsMax },
  ).catch((error: unknown) => {
    throw new ConnectionFailed({
      code: null,
      message: error instanceof Error ? error.message : String(error),
    });
  });
  const { errors = [] } = response.result;
  const code = errors.length === 0 ? null : codeOf(errors);
  const credentialRejected = code === 'AUTHENTICATION_FAILED';
  const fatalCode = code === 'FORBIDDEN' ? code : undefined; // the origin of the page is not allowed
  // Another error is a response as well, such as that of a server that executes trusted documents only.
  if (!credentialRejected && fatalCode === undefined && !isRetryable(errors)) return;
  const { retryAfterMs } = response;
  throw new ConnectionFailed({
    code: null,
    message: errors[0]?.message ?? '',
    credentialRejected,
    fatalCode,
    retryAfterMs,
  });
}

/**
 * Whether the network passes on the response to a subscription while it is being sent. The server sends the beginning
 * at once.
 */
export async function canStream(
  request: GraphqlRequest,
  { signal, openMsMax, ...options }: SseOptions & { readonly signal: AbortSignal },
): Promise<boolean> {
  const ended = new AbortController();
  const deadline = setTimeout(() => ended.abort(), openMsMax);
  try {
    const token = await options.credential.get();
    const both = AbortSignal.any([signal, ended.signal]);
    const init = requestInit(request, { ...options, token, signal: both }, { accept: 'text/event-stream' });
    const response = await options.fetch(options.url, init);
    if (response.body === null || !isEventStream(response)) return false;
    const { done } = await response.body.getReader().read();
    return !done;
  } catch {
    return false;
  } finally {
    clearTimeout(deadline);
    ended.abort();
  }
}

/** One request after another, for networks that do not pass on a response before it is complete. */
export async function openPolling(options: SseOptions): Promise<Transport> {
  await probe(options);
  return sseTransport(options, 0);
}

/** @param streamsMax further operations poll. 0: all of them. */
function sseTransport(options: SseOptions, streamsMax: number): Transport {
  const ended = new AbortController();
  let streams = 0;
  let close: (reason: ClosedReason) => void = () => {};
  const closed = new Promise<ClosedReason>((resolve) => {
    close = (reason) => {
      resolve(reason);
      ended.abort();
    };
  });
  return {
    kind: streamsMax === 0 ? 'polling' : 'sse',
    closed,
    start(request, sink) {
      const stopped = new AbortController();
      const signal = AbortSignal.any([ended.signal, stopped.signal]);
      const isStream = streams < streamsMax;
      if (isStream) streams++;
      const read = isStream ? readStream : poll;
      void read(request, sink, { ...options, signal }).then((reason) => {
        if (isStream) streams--;
        if (reason !== null && !signal.aborted) close(reason);
      });
      return () => stopped.abort();
    },
    close: (reason = { code: null, message: 'Closed by the client.' }) => close(reason),
  };
}

/** Browsers open six connections to a host over HTTP/1.1, and queries need some of them. */
function streamsMaxOf(url: string): number {
  if (!('document' in globalThis)) return Infinity;
  const entry = performance.getEntriesByName(url).at(-1) as { readonly nextHopProtocol?: string } | undefined;
  return /^h[23]/.test(entry?.nextHopProtocol ?? '') ? Infinity : 3;
}

/** Sends requests until the operation ends, each after the last event of the one before. */
async function poll(
  request: GraphqlRequest,
  sink: OperationSink,
  options: ReadOptions,
): Promise<ClosedReason | null> {
  const { signal, openMsMax, pollEveryMs } = options;
  let position: string | null = null;
  let before = new Set<string>();
  while (!signal.aborted) {
    const received = new Set<string>();
    const reason = await readStream(
      request,
      {
        ...sink,
        next(result, text = '') {
          received.add(text);
          // The current value of a gauge comes with each response.
          if (position !== null || !before.has(text)) sink.next(result);
        },
        moved(cursor) {
          position = cursor;
          sink.moved?.(cursor);
        },
      },
      {
        ...options,
        openMsMax: openMsMax + pollWaitS * 1_000,
        headers: { prefer: `wait=${pollWaitS}`, ...(position !== null && { 'last-event-id': position }) },
      },
    );
    if (reason?.isPollEnd !== true) return reason;
    const isBehind = position !== null && received.size > 0;
    if (received.size > 0) before = received; // a slow server may have had no value yet
    if (!isBehind) await wait(pollEveryMs, signal);
  }
  return null;
}

interface ReadOptions extends SseOptions {
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Reads one response. @returns why it was interrupted; null: the operation has ended. */
export async function readStream(
  request: GraphqlRequest,
  sink: OperationSink,
  options: ReadOptions,
): Promise<ClosedReason | null> {
  const { signal, openMsMax, silentMsMax, headers = {} } = options;
  const silent = new AbortController();
  let isOpened = false;
  const listen = (ms: number): ReturnType<typeof setTimeout> => setTimeout(() => silent.abort(), ms);
  let silence = listen(openMsMax);
  try {
    const both = AbortSignal.any([signal, silent.signal]);
    const token = await options.credential.get();
    const init = requestInit(
      request,
      { ...options, token, signal: both },
      { accept: 'text/event-stream', ...headers },
    );
    const response = await options.fetch(options.url, init);
    if (response.body === null || !isEventStream(response)) return await rejected(response, sink);
    let errors: GraphqlResult['errors'];
    for await (const event of eventsOf(response.body, () => {
      isOpened = true;
      clearTimeout(silence);
      silence = listen(silentMsMax);
    })) {
      if (signal.aborted) return null;
      if (event.type === 'complete') {
        if (errors === undefined) sink.complete();
        else sink.error(errors);
        return null;
      }
      errors = handle(event, sink) ?? errors;
    }
    // A response that the server interrupts is incomplete, which `fetch` throws.
    return { code: null, message: 'The server ended the response.', isPollEnd: true };
  } catch (error) {
    if (silent.signal.aborted) return silenceReason(isOpened, options);
    return { code: null, message: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(silence);
  }
}

function silenceReason(isOpened: boolean, { openMsMax, silentMsMax }: SseOptions): ClosedReason {
  return isOpened
    ? { code: null, message: `The event stream was silent for ${silentMsMax} ms.` }
    : { code: null, message: `The event stream did not start within ${openMsMax} ms.`, isBlocked: true };
}

function isEventStream({ headers }: Response): boolean {
  return headers.get('content-type')?.includes('text/event-stream') === true;
}

/** Passes a result on. @returns the errors of a subscription that the server rejected or ended. */
function handle({ type, data, id }: ServerSentEvent, sink: OperationSink): GraphqlResult['errors'] {
  if (type === 'next') {
    const result = JSON.parse(data) as GraphqlResult;
    if (!('data' in result) && result.errors !== undefined) return result.errors;
    sink.next(result, data);
  }
  if (id !== null) sink.moved?.(id);
  return undefined;
}

/** The response is not an event stream: it has the errors, or a proxy has sent it. */
async function rejected(response: Response, sink: OperationSink): Promise<ClosedReason | null> {
  const text = await response.text();
  const message = `The response has status ${response.status} and is not an event stream.`;
  const reason = { code: null, message, retryAfterMs: retryAfterMs(response) };
  try {
    const { errors } = JSON.parse(text) as GraphqlResult;
    if (errors === undefined) return reason;
    sink.error(errors);
    return null;
  } catch {
    return reason;
  }
}
