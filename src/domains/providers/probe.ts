import { setTimeout as delay } from 'node:timers/promises';
import type { ProviderClient, RequestOutcome } from './client.ts';
import { withDerivedEvents } from './derived-events.ts';
import type { FailureRow, ProviderDraft } from './events.ts';
import { canRequest, logRow, withoutQuery, type Provider } from './provider.ts';
import { afterRequest, isBlocked } from './usage.ts';

/**
 * Probes a provider with a GET of its health check URL, and with a second one if the first failed, unless the response
 * was 429.
 * @param options.retryMs the time after which a failed request is repeated.
 * @returns a log row per request, one for a failure, and the events that follow; nothing if no request may be sent.
 */
export async function probe(
  provider: Provider,
  { client, retryMs, signal }: { client: ProviderClient; retryMs: number; signal: AbortSignal },
): Promise<readonly ProviderDraft[]> {
  const { settings, history } = provider;
  if (!canRequest(provider, Date.now())) return [];
  const url = settings.healthCheckUrl;
  const first = await client.get(settings, { url, wantsBody: false, signal });
  if (first === null) return [];
  let second: RequestOutcome | null = null;
  if (first.status === 'FAILED' || first.status === 'TIMEOUT') {
    const waited = await delay(retryMs, true, { signal }).catch(() => false);
    const { at, quota } = first;
    const usage = afterRequest(history.usage, { limit: settings.rateLimit, at, quota });
    if (waited && !isBlocked(usage)) second = await client.get(settings, { url, wantsBody: false, signal });
  }
  const rows = (second === null ? [first] : [first, second]).map((outcome) => {
    const { at, body: _body, ...attempt } = outcome;
    return logRow(provider, 'connectionLogged', at, { endpoint: withoutQuery(url), ...attempt });
  });
  if (first.status !== 'SUCCESS')
    rows.push(
      logRow(provider, 'failureLogged', (second ?? first).at, {
        ...failureOf('PROBE', url, first),
        retryAttempted: second !== null,
        retryResult: second === null ? null : second.status === 'SUCCESS' ? 'SUCCESS' : 'FAILED',
        quota: null,
      }),
    );
  return withDerivedEvents(provider, rows);
}

/** The row of a failed request that is not repeated. */
export function failureOf(of: FailureRow['of'], url: string, failed: RequestOutcome): FailureRow {
  return {
    of,
    endpoint: withoutQuery(url),
    errorType: failed.errorType ?? 'invalid_response',
    errorMessage: failed.errorMessage ?? '',
    httpStatus: failed.httpStatusCode,
    retryAttempted: false,
    retryResult: null,
    quota: failed.quota,
  };
}
