import pLimit from 'p-limit';
import { Agent, request, type Dispatcher } from 'undici';
import type { Attempt } from './events.ts';
import { quotaOf } from './usage.ts';

/** The outcome of a request. Failures are outcomes too; nothing is thrown. */
export interface Outcome extends Attempt {
  /** When it was sent, Unix milliseconds. */
  readonly at: number;
  /** Null unless it was requested and the request succeeded. */
  readonly body: Body | null;
}

export interface Body {
  readonly text: string;
  readonly bytes: number;
  /** Unix milliseconds; null without that header. */
  readonly lastModifiedAt: number | null;
}

export interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly wantsBody: boolean;
}

export interface ProviderClient extends AsyncDisposable {
  /** Sends a GET. @returns null when the signal aborted it or the client was closed. */
  get(asked: Asked, signal: AbortSignal): Promise<Outcome | null>;
}

const concurrentRequestsMax = 10;
const keepAliveMs = 30_000;
const bodyBytesMax = 8 * 1024 * 1024;
/** An unwanted body is read up to here, so that its connection can be reused. */
const dumpBytesMax = 128 * 1024;
const userAgent = 'opsgraph';

/**
 * Sends requests to providers over HTTP: at most ten at the same time, each with its own timeout. Redirects are not
 * followed, so that a key is sent to the configured address only.
 */
export function createProviderClient(): ProviderClient {
  const dispatcher = new Agent({ keepAliveTimeout: keepAliveMs });
  const turn = pLimit(concurrentRequestsMax);
  return {
    get: (asked, signal) => turn(() => get(asked, signal)),
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  };

  async function get(asked: Asked, stop: AbortSignal): Promise<Outcome | null> {
    const isStopped = (): boolean => stop.aborted || dispatcher.destroyed;
    if (isStopped()) return null;
    const at = Date.now();
    const startedAt = performance.now();
    const signal = AbortSignal.any([stop, AbortSignal.timeout(asked.timeoutMs)]);
    let answered: Pick<Outcome, 'responseTimeMs' | 'httpStatusCode' | 'quota'> | null = null;
    try {
      const answer = await request(asked.url, {
        dispatcher,
        headers: { 'user-agent': userAgent, accept: 'application/json, */*;q=0.5', ...asked.headers },
        signal,
        headersTimeout: asked.timeoutMs,
        bodyTimeout: asked.timeoutMs,
      });
      answered = {
        responseTimeMs: Math.round((performance.now() - startedAt) * 100) / 100,
        httpStatusCode: answer.statusCode,
        quota: quotaOf(answer.headers, { status: answer.statusCode, at }),
      };
      const ok = answer.statusCode >= 200 && answer.statusCode < 300;
      const body = ok && asked.wantsBody ? await readBody(answer) : null;
      if (body === null) await answer.body.dump({ limit: dumpBytesMax, signal });
      return { at, ...answered, ...resultOf(answer.statusCode), body };
    } catch (error) {
      if (isStopped()) return null;
      return {
        at,
        responseTimeMs: null,
        httpStatusCode: null,
        quota: null,
        ...answered,
        ...failure(error, asked.timeoutMs),
        body: null,
      };
    }
  }
}

class TooLarge extends Error {}

async function readBody(answer: Dispatcher.ResponseData): Promise<Body> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) throw new TooLarge();
    chunks.push(chunk);
  }
  const modified = Date.parse(String(answer.headers['last-modified'] ?? ''));
  return {
    text: Buffer.concat(chunks).toString('utf8'),
    bytes,
    lastModifiedAt: Number.isNaN(modified) ? null : modified,
  };
}

type Result = Pick<Outcome, 'status' | 'errorType' | 'errorMessage'>;

function resultOf(code: number): Result {
  if (code >= 200 && code < 300) return { status: 'SUCCESS', errorType: null, errorMessage: null };
  const errorMessage = `answered with HTTP ${code}`;
  if (code === 429) return { status: 'RATE_LIMITED', errorType: 'rate_limited', errorMessage };
  return { status: 'FAILED', errorType: `http_${code}`, errorMessage };
}

const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT']);

function failure(error: unknown, timeoutMs: number): Result {
  const { name, code = '' } = error as NodeJS.ErrnoException;
  if (name === 'TimeoutError' || timeouts.has(code))
    return { status: 'TIMEOUT', errorType: 'timeout', errorMessage: `no answer within ${timeoutMs} ms` };
  if (error instanceof TooLarge)
    return {
      status: 'FAILED',
      errorType: 'invalid_response',
      errorMessage: `the answer is larger than ${bodyBytesMax} bytes`,
    };
  if (name === 'HTTPParserError' || /^HPE_|^UND_ERR_(RES|HEADERS_OVERFLOW)/.test(code))
    return { status: 'FAILED', errorType: 'invalid_response', errorMessage: 'the answer is no valid HTTP' };
  return {
    status: 'FAILED',
    errorType: 'connection_error',
    errorMessage: code === '' ? 'no connection' : `no connection (${code})`,
  };
}
