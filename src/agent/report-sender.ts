import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { raceAbort } from '../lib/race-abort.ts';
import { signatureOf } from '../auth/signing.ts';
import { readBytes } from '../lib/bounded-bytes.ts';
import type { Log } from '../log/log.ts';
import type { ReportBuffer } from './report-buffer.ts';
import { withTimeLimit } from '../lib/with-time-limit.ts';

export interface SenderOptions {
  /** Address of the server, without a path or with that of a proxy, which does not end with a slash. */
  readonly url: URL;
  /** Called for each request, so that a renewed credential is used. Null: none. */
  readonly token: () => Promise<string | null>;
  /** PEM text of the authorities of the server. Null: those that Node.js knows. */
  readonly ca: string | null;
  /** The secret with which the server requires requests to be signed. Default: none is signed. */
  readonly signingSecret?: string | null;
  readonly buffer: ReportBuffer;
  readonly log: Log;
  /** The first pause after a failure; it doubles with each further one. Default: 1 s. */
  readonly retryMinMs?: number;
}

const timeoutMs = 10_000;
const retryMaxMs = 30_000;
const responseBytesMax = 1024 * 1024;
/** Different reasons that are logged until the server takes samples again. */
const reasonsMax = 10;
/** Less than the server takes. */
const batchBounds = { bytesMax: 512 * 1024, reportsMax: 500 } as const;

/** Why a batch was not stored. */
class SendFailure extends Error {
  override readonly name = 'SendFailure';
  /** Whether the reports themselves are invalid, and which one. */
  readonly rejected: { readonly index: number | null } | null;
  readonly retryAfterMs: number;

  constructor(message: string, { rejected = null, retryAfterMs = 0, cause }: Partial<SendFailure> = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.rejected = rejected;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Sends the reports of a buffer to the server, oldest first. While the server cannot be reached or does not take reports,
 * they stay in the buffer, and the log has one line for each reason. A report that the server rejects as invalid is
 * dropped, so that it does not hold up the others. A report may be sent twice, and is stored once.
 */
export class ReportSender implements AsyncDisposable {
  readonly #options: SenderOptions;
  readonly #dispatcher: Agent;
  #wake = (): void => {};
  #failures = 0;
  /** Whether the server has taken a sample. */
  #sent = false;
  /** Why the server took no samples since it last took some. */
  readonly #reasons = new Set<string>();
  #reportsMax: number = batchBounds.reportsMax;

  constructor(options: SenderOptions) {
    this.#options = options;
    const { ca } = options;
    this.#dispatcher = new Agent({ connections: 1, ...(ca === null ? {} : { connect: { ca } }) });
  }

  /** Tells the sender that the buffer has a report. */
  wake(): void {
    this.#wake();
  }

  /** Sends until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.#options.buffer.length === 0) await this.#woken(signal);
      else await this.#pause(await this.#sendBatch(signal), signal);
    }
  }

  /** Sends what the buffer has, until the signal aborts or the server does not take a batch. */
  async flush(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.#options.buffer.length > 0)
      if ((await this.#sendBatch(signal)) > 0) return;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dispatcher.destroy();
  }

  #woken(signal: AbortSignal): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    return raceAbort(woken, signal).catch(() => {});
  }

  /** @returns how long to wait before the next batch, milliseconds. */
  async #sendBatch(signal: AbortSignal): Promise<number> {
    const { buffer, log, retryMinMs = 1_000 } = this.#options;
    const batch = buffer.batch({ ...batchBounds, reportsMax: this.#reportsMax });
    try {
      await this.#post(batch.reports, signal);
      batch.sent();
      this.#reportsMax = Math.min(batchBounds.reportsMax, 2 * this.#reportsMax);
      this.#succeeded();
      return 0;
    } catch (error) {
      if (signal.aborted) return 0;
      const failure = error instanceof SendFailure ? error : new SendFailure((error as Error).message);
      if (failure.rejected !== null) {
        const index = failure.rejected.index ?? Math.floor(batch.reports.length / 2);
        if (index > 0) this.#reportsMax = index; // those before it
        else {
          buffer.batch({ ...batchBounds, reportsMax: 1 }).drop();
          log.warn(
            { reason: failure.message, dropped: buffer.dropped },
            'the server rejects a sample; it is dropped',
          );
          this.#reportsMax = batchBounds.reportsMax;
        }
        return 0;
      }
      this.#failed(failure.message);
      const backoffMs = Math.min(retryMaxMs, retryMinMs * 2 ** this.#failures++);
      return Math.max(failure.retryAfterMs, backoffMs * (0.5 + Math.random() / 2));
    }
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => {});
  }

  #failed(reason: string): void {
    const { buffer, log, url } = this.#options;
    if (this.#reasons.has(reason) || this.#reasons.size >= reasonsMax) return;
    this.#reasons.add(reason);
    log.warn(
      { server: url.origin, reason, waiting: buffer.length, dropped: buffer.dropped },
      'the server takes no samples; they are kept and sent later',
    );
  }

  #succeeded(): void {
    const { buffer, log, url } = this.#options;
    const state = { server: url.origin, waiting: buffer.length, dropped: buffer.dropped };
    if (this.#reasons.size > 0) log.info(state, 'the server takes samples again');
    else if (!this.#sent) log.info(state, 'the server takes the samples');
    this.#sent = true;
    this.#reasons.clear();
    this.#failures = 0;
  }

  async #post(reports: readonly string[], stop: AbortSignal): Promise<void> {
    const { url, token, signingSecret = null } = this.#options;
    const credential = await token();
    const path = `${url.pathname === '/' ? '' : url.pathname}/publish`;
    const body = `{"events":[${reports.map((report) => `{"host":${report}}`).join(',')}]}`;
    try {
      await withTimeLimit(timeoutMs, stop, async (signal) => {
        const response = await request(`${url.origin}${path}`, {
          dispatcher: this.#dispatcher,
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'user-agent': 'opsgraph-agent',
            ...(credential === null ? {} : { authorization: `Bearer ${credential}` }),
            ...(signingSecret === null ? {} : signed({ method: 'POST', path, body }, signingSecret)),
          },
          body,
          signal,
        });
        const text = (await readBytes(response.body, responseBytesMax)).toString('utf8');
        if (response.statusCode !== 200)
          throw rejectionOf(response.statusCode, text, response.headers['retry-after']);
      });
    } catch (error) {
      if (error instanceof SendFailure) throw error;
      const { name, code = '' } = error as NodeJS.ErrnoException;
      if (name === 'TimeoutError')
        throw new SendFailure(`no response within ${timeoutMs} ms`, { cause: error });
      throw new SendFailure(`the request failed${code === '' ? '' : ` (${code})`}`, { cause: error });
    }
  }
}

/** A signature is accepted once, so the time has milliseconds. */
function signed(request: Parameters<typeof signatureOf>[0], secret: string): Record<string, string> {
  const timestampS = Date.now() / 1_000;
  return { 'x-timestamp': String(timestampS), 'x-signature': signatureOf(request, timestampS, secret) };
}

function rejectionOf(status: number, text: string, retryAfter: string | string[] | undefined): SendFailure {
  const { message, index } = errorIn(text);
  const seconds = Number(retryAfter);
  return new SendFailure(message ?? `the server answered with status ${status}`, {
    rejected: status === 400 || status === 413 ? { index } : null,
    retryAfterMs: Number.isFinite(seconds) ? Math.min(seconds * 1_000, retryMaxMs) : 0,
  });
}

/** The error in a response of `/publish`; a proxy answers with something else. */
function errorIn(text: string): { readonly message: string | null; readonly index: number | null } {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown; index?: unknown } };
    const { message, index } = error ?? {};
    return {
      message: typeof message === 'string' ? message : null,
      index: typeof index === 'number' ? index : null,
    };
  } catch {
    return { message: null, index: null };
  }
}
