import pLimit from 'p-limit';
import { Agent, request, type Dispatcher } from 'undici';
import { readBytes, TooManyBytes } from '../../lib/bounded-bytes.ts';
import { round } from '../../lib/round.ts';
import { withTimeLimit } from '../../lib/with-time-limit.ts';
import type { ProviderSettings } from './config.ts';
import type { Attempt } from './events.ts';
import { quotaOf } from './quota.ts';

/** The outcome of a request, successful or not. */
export interface RequestOutcome extends Attempt {
  /** When the request was sent, Unix milliseconds. */
  readonly at: number;
  /** Null unless the request asked for the body and succeeded. */
  readonly body: Body | null;
}

interface Body {
  readonly text: string;
  readonly bytes: number;
  /** Unix milliseconds; null without the header `Last-Modified`. */
  readonly lastModifiedAt: number | null;
}

interface ProviderRequest {
  readonly url: string;
  readonly wantsBody: boolean;
  readonly signal: AbortSignal;
}

const concurrentRequestsMax = 10;
const keepAliveMs = 30_000;
const bodyBytesMax = 8 * 1024 * 1024;
/** Limit up to which an unwanted body is read, so that its connection can be reused. */
const dumpBytesMax = 128 * 1024;
const userAgent = 'opsgraph';

/**
 * Sends requests to providers over HTTP, at most ten at the same time. Redirects are not followed, so a key is sent to
 * the configured URL only.
 */
export class ProviderClient implements AsyncDisposable {
  readonly #dispatcher = new Agent({ keepAliveTimeout: keepAliveMs });
  readonly #limit = pLimit(concurrentRequestsMax);

  /**
   * Sends a GET with the provider's key and timeout. A failure is an outcome, not an error.
   * @returns null if the signal aborted the request or the client was closed.
   */
  get(settings: ProviderSettings, options: ProviderRequest): Promise<RequestOutcome | null> {
    return this.#limit(() => this.#get(settings, options));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dispatcher.destroy();
  }

  async #get(
    settings: ProviderSettings,
    { url, wantsBody, signal: stop }: ProviderRequest,
  ): Promise<RequestOutcome | null> {
    const dispatcher = this.#dispatcher;
    const { timeoutMs } = settings;
    const isStopped = (): boolean => stop.aborted || dispatcher.destroyed;
    if (isStopped()) return null;
    const at = Date.now();
    const startedAt = performance.now();
    let answered: Answered = { responseTimeMs: null, httpStatusCode: null, quota: null };
    try {
      return await withTimeLimit(timeoutMs, stop, async (signal) => {
        const response = await request(url, {
          dispatcher,
          headers: {
            'user-agent': userAgent,
            accept: 'application/json, */*;q=0.5',
            ...keyHeaders(settings),
          },
          signal,
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
        });
        const { statusCode } = response;
        answered = {
          responseTimeMs: round(performance.now() - startedAt, 2),
          httpStatusCode: statusCode,
          quota: quotaOf(response.headers, { status: statusCode, at }),
        };
        const body = wantsBody && isSuccess(statusCode) ? await readBody(response) : null;
        if (body === null) await response.body.dump({ limit: dumpBytesMax, signal });
        return { at, ...answered, ...resultOf(statusCode), body };
      });
    } catch (error) {
      if (isStopped()) return null;
      return { at, ...answered, ...failureOf(error, timeoutMs), body: null };
    }
  }
}

/** `Authorization` requires a scheme before the key; other headers contain the key alone. */
function keyHeaders({ apiKey, apiKeyHeader }: ProviderSettings): Record<string, string> {
  if (apiKey === null) return {};
  return { [apiKeyHeader]: apiKeyHeader.toLowerCase() === 'authorization' ? `Bearer ${apiKey}` : apiKey };
}

async function readBody(response: Dispatcher.ResponseData): Promise<Body> {
  const bytes = await readBytes(response.body, bodyBytesMax);
  const modified = Date.parse(String(response.headers['last-modified'] ?? ''));
  return {
    text: bytes.toString('utf8'),
    bytes: bytes.length,
    lastModifiedAt: Number.isNaN(modified) ? null : modified,
  };
}

type Answered = Pick<Attempt, 'responseTimeMs' | 'httpStatusCode' | 'quota'>;
type Result = Pick<Attempt, 'status' | 'errorType' | 'errorMessage'>;

function resultOf(code: number): Result {
  if (isSuccess(code)) return { status: 'SUCCESS', errorType: null, errorMessage: null };
  const errorMessage = `answered with HTTP ${code}`;
  if (code === 429) return { status: 'RATE_LIMITED', errorType: 'rate_limited', errorMessage };
  return { status: 'FAILED', errorType: `http_${code}`, errorMessage };
}

function isSuccess(code: number): boolean {
  return code >= 200 && code < 300;
}

const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT']);

function failureOf(error: unknown, timeoutMs: number): Result {
  const { name, code = '' } = error as NodeJS.ErrnoException;
  if (name === 'TimeoutError' || timeouts.has(code))
    return { status: 'TIMEOUT', errorType: 'timeout', errorMessage: `no response within ${timeoutMs} ms` };
  const failed = (errorType: string, errorMessage: string): Result => ({
    status: 'FAILED',
    errorType,
    errorMessage,
  });
  if (error instanceof TooManyBytes)
    return failed('invalid_response', `the response body exceeds ${bodyBytesMax} bytes`);
  if (name === 'HTTPParserError' || /^HPE_|^UND_ERR_(RES|HEADERS_OVERFLOW)/.test(code))
    return failed('invalid_response', 'the response is not valid HTTP');
  return failed('connection_error', code === '' ? 'connection failed' : `connection failed (${code})`);
}
