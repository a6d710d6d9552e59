import { setTimeout as delay } from 'node:timers/promises';
import { mayAsk, type KnownProvider } from './board.ts';
import type { Asked, Outcome, ProviderClient } from './client.ts';
import { withConsequences } from './consequences.ts';
import { logged, type ConnectionRow, type ProviderDraft } from './events.ts';
import { keyHeaders, withoutQuery } from './settings.ts';
import { afterRequest, isBlocked } from './usage.ts';

export interface CheckOptions {
  readonly client: ProviderClient;
  /** A probe that failed is tried once again after so long. */
  readonly retryMs: number;
  readonly signal: AbortSignal;
}

/**
 * Probes a provider: a GET of its health check address, and one more when that failed, unless the answer was 429.
 * @returns every attempt as a row, a failure as one, and what follows; nothing when it may not be asked now.
 */
export async function check(
  provider: KnownProvider,
  { client, retryMs, signal }: CheckOptions,
): Promise<readonly ProviderDraft[]> {
  const { settings, history } = provider;
  if (!mayAsk(provider, Date.now())) return [];
  const asked: Asked = {
    url: settings.healthCheckUrl,
    headers: keyHeaders(settings),
    timeoutMs: settings.timeoutMs,
    wantsBody: false,
  };
  const first = await client.get(asked, signal);
  if (first === null) return [];
  let second: Outcome | null = null;
  if (first.status === 'FAILED' || first.status === 'TIMEOUT') {
    const waited = await delay(retryMs, true, { signal }).catch(() => false);
    const usage = afterRequest(history.usage, {
      limit: settings.rateLimit,
      at: first.at,
      quota: first.quota,
    });
    if (waited && !isBlocked(usage)) second = await client.get(asked, signal);
  }
  const attempts = second === null ? [first] : [first, second];
  const rows: ProviderDraft[] = attempts.map((attempt) => connectionOf(provider, attempt));
  if (first.status !== 'SUCCESS') rows.push(failureOf(provider, first, second));
  return withConsequences(provider, rows);
}

function connectionOf({ id, settings }: KnownProvider, attempt: Outcome): ProviderDraft {
  const { at, status, responseTimeMs, httpStatusCode, errorType, errorMessage, quota } = attempt;
  const row: ConnectionRow = {
    provider: settings.name,
    providerId: id,
    endpoint: withoutQuery(settings.healthCheckUrl),
    status,
    responseTimeMs,
    httpStatusCode,
    errorType,
    errorMessage,
    quota,
  };
  return logged('connectionLogged', at, row);
}

/** One row, however often it was tried: how the first attempt failed, and what came of the second. */
function failureOf({ id, settings }: KnownProvider, first: Outcome, second: Outcome | null): ProviderDraft {
  return logged('failureLogged', (second ?? first).at, {
    of: 'PROBE',
    provider: settings.name,
    providerId: id,
    endpoint: withoutQuery(settings.healthCheckUrl),
    errorType: first.errorType ?? 'connection_error',
    errorMessage: first.errorMessage ?? '',
    httpStatus: first.httpStatusCode,
    retryAttempted: second !== null,
    retryResult: second === null ? null : second.status === 'SUCCESS' ? 'SUCCESS' : 'FAILED',
    quota: null,
  });
}
