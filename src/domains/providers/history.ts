import type { Entry } from '../../journal/topic.ts';
import type {
  Attempt,
  CollectionRow,
  ConnectionRow,
  FailureRow,
  Limit,
  ProviderHistory,
  ProviderState,
  Quota,
  UsageReport,
} from './events.ts';
import { afterRequest, isHigh } from './usage.ts';

export const noHistory: ProviderHistory = {
  status: 'UNKNOWN',
  responseTimeMs: null,
  httpStatusCode: null,
  errorMessage: null,
  lastCheckAt: null,
  lastSuccessAt: null,
  lastSuccessMs: null,
  lastRequestAt: null,
  usage: null,
  highAt: null,
};

/** A slower response makes a provider DEGRADED. */
const slowMs = 2_000;

export function stateAfter({
  status,
  responseTimeMs,
}: Pick<Attempt, 'status' | 'responseTimeMs'>): ProviderState {
  if (status === 'RATE_LIMITED') return 'DEGRADED';
  if (status !== 'SUCCESS') return 'OFFLINE';
  return (responseTimeMs ?? 0) < slowMs ? 'ONLINE' : 'DEGRADED';
}

/** The history of a provider after an entry. The table and the registry in memory both use this function. */
export function afterEntry(
  before: ProviderHistory,
  limit: Limit | null,
  { type, occurredAt: at, payload }: Pick<Entry, 'type' | 'occurredAt' | 'payload'>,
): ProviderHistory {
  if (type === 'connectionLogged') {
    const attempt = payload as ConnectionRow;
    const succeeded = attempt.status === 'SUCCESS';
    return {
      ...requested(before, { limit, at, quota: attempt.quota }),
      status: stateAfter(attempt),
      responseTimeMs: attempt.responseTimeMs,
      httpStatusCode: attempt.httpStatusCode,
      errorMessage: attempt.errorMessage,
      lastCheckAt: at,
      lastSuccessAt: succeeded ? at : before.lastSuccessAt,
      lastSuccessMs: succeeded ? attempt.responseTimeMs : before.lastSuccessMs,
    };
  }
  if (
    type === 'collectionLogged' ||
    (type === 'failureLogged' && (payload as FailureRow).of === 'COLLECTION')
  )
    return requested(before, { limit, at, quota: (payload as CollectionRow | FailureRow).quota });
  if (type === 'rateLimitUsageReported') {
    const { provider: _, ...report } = payload as UsageReport;
    const usage = { ...report, basis: 'REPORT' } as const;
    return { ...before, usage, highAt: isHigh(usage) ? at : before.highAt };
  }
  return before;
}

function requested(
  before: ProviderHistory,
  request: { limit: Limit | null; at: number; quota: Quota | null },
): ProviderHistory {
  const usage = afterRequest(before.usage, request);
  return {
    ...before,
    usage,
    highAt: isHigh(usage) ? request.at : before.highAt,
    lastRequestAt: Math.max(request.at, before.lastRequestAt ?? 0),
  };
}
