import { Agent, request } from 'undici';
import { round } from '../../lib/round.ts';
import { withTimeLimit } from '../../lib/with-time-limit.ts';
import { AddressNotAllowed, isWebhookUrl, lookupPublic, urlRule } from './address.ts';
import type { CallResult } from './webhook.ts';

/** Limit up to which the body of a response is read, so that its connection can be reused. Its content is not used. */
const responseBytesMax = 16 * 1024;
/** How long a response may take to end after its status has arrived. */
const responseEndMs = 1_000;
const keepAliveMs = 10_000;
/** Connections to one host. */
const connectionsMax = 8;

export interface Call {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends the calls of webhooks. Connects only to addresses that were checked, follows no redirect, and shows nothing of
 * a response but its status.
 */
export class WebhookClient implements AsyncDisposable {
  readonly #dispatcher: Agent;
  readonly #allowPrivate: boolean;
  readonly #timeoutMs: number;

  constructor({ allowPrivate, timeoutMs }: { readonly allowPrivate: boolean; readonly timeoutMs: number }) {
    this.#allowPrivate = allowPrivate;
    this.#timeoutMs = timeoutMs;
    this.#dispatcher = new Agent({
      keepAliveTimeout: keepAliveMs,
      connections: connectionsMax,
      connect: { timeout: timeoutMs, ...(!allowPrivate && { lookup: lookupPublic }) },
    });
  }

  /**
   * Makes one call. A failure is a result, not an error.
   * @returns null if the signal aborted the call.
   */
  async post({ url, headers, body }: Call, stop: AbortSignal): Promise<CallResult | null> {
    const startedAt = performance.now();
    const result = (responseStatus: number | null, error: string | null): CallResult => ({
      responseStatus,
      error,
      durationMs: round(performance.now() - startedAt, 2),
    });
    try {
      // the setting may have changed since the webhook was created
      if (!isWebhookUrl(url, this.#allowPrivate)) throw new AddressNotAllowed(`the URL must be ${urlRule}`);
      const response = await withTimeLimit(this.#timeoutMs, stop, (signal) =>
        request(url, {
          method: 'POST',
          dispatcher: this.#dispatcher,
          headers: { 'user-agent': 'opsgraph', 'content-type': 'application/json', ...headers },
          body,
          signal,
        }),
      );
      // the status decides, also if the response does not end
      await withTimeLimit(responseEndMs, stop, (signal) =>
        response.body.dump({ limit: responseBytesMax, signal }),
      ).catch(() => {});
      if (stop.aborted) return null;
      return result(response.statusCode, statusError(response.statusCode));
    } catch (error) {
      if (stop.aborted) return null;
      return result(null, errorText(error, this.#timeoutMs));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dispatcher.destroy();
  }
}

function statusError(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `The response has status ${status}: redirects are not followed.`;
  return `The response has status ${status}.`;
}

function errorText(error: unknown, timeoutMs: number): string {
  if (error instanceof AddressNotAllowed) return `Address not allowed: ${error.message}.`;
  const { name, code = '' } = error as NodeJS.ErrnoException;
  if (name === 'TimeoutError' || code === 'UND_ERR_CONNECT_TIMEOUT')
    return `No response within ${timeoutMs} ms.`;
  return code === '' ? 'The request failed.' : `The request failed (${code}).`;
}
