import { setTimeout as delay } from 'node:timers/promises';
import { canRequest, type KnownProvider } from './registry.ts';
import type { Asked, Outcome, ProviderClient } from './client.ts';
import { withDerivedEvents } from './derived-events.ts';
import { logged, type ProviderDraft } from './events.ts';
import { keyHeaders, withoutQuery } from './settings.ts';
import { afterRequest, isBlocked } from './usage.ts';

export interface ProbeOptions {
  readonly client: ProviderClient;
  /** A failed probe is repeated once after this time. */
  readonly retryMs: number;
  readonly signal: AbortSignal;
}

/**
 * Probes a provider: a GET of its health check address, and one more when that failed, unless the answer was 429.
 * @returns a row for each attempt, one for a failure, and the events that follow; nothing when no request may be sent.
 */
export async function probe(
  provider: KnownProvider,
  { client, retryMs, signal }: ProbeOptions,
): Promise<readonly ProviderDraft[]> {
  const { settings, history } = provider;
  if (!canRequest(provider, Date.now())) return [];
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
  return withDerivedEvents(provider, rows);
}

function connectionOf({ id, settings }: KnownProvider, attempt: Outcome): ProviderDraft {
  const { at, body: _body, ...outcome } = attempt;
  const endpoint = withoutQuery(settings.healthCheckUrl);
  return logged('connectionLogged', at, { provider: settings.name, providerId: id, endpoint, ...outcome });
}

/** One row for both attempts: how the first one failed, and the result of the second. */
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
