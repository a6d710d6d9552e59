import { Agent, request } from 'undici';
import { readBytes, TooManyBytes } from '../../lib/bounded-bytes.ts';
import { inTurns } from '../../lib/in-turns.ts';
import { prometheusSamples, type PrometheusSample } from '../../lib/prometheus.ts';
import type { ScrapeTarget } from './scrape-config.ts';
import { withTimeLimit } from '../../lib/with-time-limit.ts';

const bodyBytesMax = 8 * 1024 * 1024;
const keepAliveMs = 120_000;
/** Samples that are parsed before other work runs: a few milliseconds. */
const turnMax = 500;

/** Why a target could not be scraped. The message has no secret in it. */
export class ScrapeError extends Error {
  override readonly name = 'ScrapeError';
}

/** Fetches the metrics of one target. Redirects are not followed, so its headers are sent to its URL only. */
export class ScrapeClient implements AsyncDisposable {
  readonly #target: ScrapeTarget;
  readonly #dispatcher: Agent;

  constructor(target: ScrapeTarget) {
    this.#target = target;
    this.#dispatcher = new Agent({
      keepAliveTimeout: keepAliveMs,
      connections: 1,
      ...(target.tls === null ? {} : { connect: target.tls }),
    });
  }

  /** @throws ScrapeError; the reason of the signal. */
  async get(stop: AbortSignal): Promise<readonly PrometheusSample[]> {
    const { url, headers, timeoutMs, sampleLimit } = this.#target;
    try {
      const text = await withTimeLimit(timeoutMs, stop, async (signal) => {
        const response = await request(url, {
          dispatcher: this.#dispatcher,
          headers: {
            'user-agent': 'opsgraph',
            accept: 'text/plain;version=0.0.4;q=1, */*;q=0.1',
            'x-prometheus-scrape-timeout-seconds': String(timeoutMs / 1_000),
            ...headers,
          },
          signal,
        });
        if (response.statusCode !== 200) {
          await response.body.dump({ limit: 64 * 1024, signal });
          throw new ScrapeError(`the target answered with status ${response.statusCode}`);
        }
        return (await readBytes(response.body, bodyBytesMax)).toString('utf8');
      });
      return await samplesOf(text, sampleLimit);
    } catch (error) {
      stop.throwIfAborted();
      throw failureOf(error, timeoutMs);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dispatcher.destroy();
  }
}

async function samplesOf(text: string, sampleLimit: number): Promise<readonly PrometheusSample[]> {
  const samples: PrometheusSample[] = [];
  for await (const sample of inTurns(
    prometheusSamples(text, () => true),
    turnMax,
  )) {
    if (sample === null) continue;
    if (samples.length === sampleLimit)
      throw new ScrapeError(`the target has more than ${sampleLimit} samples`);
    samples.push(sample);
  }
  if (samples.length === 0 && text.trim() !== '')
    throw new ScrapeError('the response has no sample in the text format of Prometheus');
  return samples;
}

function failureOf(error: unknown, timeoutMs: number): ScrapeError {
  if (error instanceof ScrapeError) return error;
  if (error instanceof TooManyBytes) return new ScrapeError(`the response has ${error.message}`);
  const { name, code = '' } = error as NodeJS.ErrnoException;
  if (name === 'TimeoutError') return new ScrapeError(`no response within ${timeoutMs} ms`);
  return new ScrapeError(code === '' ? 'the request failed' : `the request failed (${code})`, {
    cause: error,
  });
}
