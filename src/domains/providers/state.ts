import type { Entry } from '../../journal/topic.ts';
import type {
  AttemptStatus,
  CollectionRow,
  ConnectionRow,
  FailureRow,
  ProviderEventPayload,
  ProviderHistory,
  ProviderLogPayload,
  ProviderState,
  Quota,
  Usage,
  UsageReport,
} from './events.ts';
import { afterRequest, isHigh, type Limit } from './usage.ts';

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

/** A slower answer makes a provider DEGRADED. */
export const slowMs = 2_000;

export function stateAfter(attempt: {
  readonly status: AttemptStatus;
  readonly responseTimeMs: number | null;
}): ProviderState {
  if (attempt.status === 'RATE_LIMITED') return 'DEGRADED';
  if (attempt.status !== 'SUCCESS') return 'OFFLINE';
  return (attempt.responseTimeMs ?? 0) < slowMs ? 'ONLINE' : 'DEGRADED';
}

export type ProviderEntry = Pick<
  Entry<ProviderLogPayload | ProviderEventPayload>,
  'type' | 'occurredAt' | 'payload'
>;

/** The history of a provider after an entry. The store and the registry in memory use the same function. */
export function afterEntry(
  before: ProviderHistory,
  limit: Limit | null,
  { type, occurredAt: at, payload }: ProviderEntry,
): ProviderHistory {
  if (type === 'connectionLogged') {
    const attempt = payload as ConnectionRow;
    const ok = attempt.status === 'SUCCESS';
    return {
      ...requested(before, { limit, at, quota: attempt.quota }),
      status: stateAfter(attempt),
      responseTimeMs: attempt.responseTimeMs,
      httpStatusCode: attempt.httpStatusCode,
      errorMessage: attempt.errorMessage,
      lastCheckAt: at,
      lastSuccessAt: ok ? at : before.lastSuccessAt,
      lastSuccessMs: ok ? attempt.responseTimeMs : before.lastSuccessMs,
    };
  }
  if (type === 'collectionLogged')
    return requested(before, { limit, at, quota: (payload as CollectionRow).quota });
  if (type === 'failureLogged') {
    const { of, quota } = payload as FailureRow;
    return of === 'COLLECTION' ? requested(before, { limit, at, quota }) : before;
  }
  if (type === 'rateLimitUsageReported') {
    const { limitType, limitValue, currentUsage, resetAt } = payload as UsageReport;
    const usage: Usage = { limitType, limitValue, currentUsage, resetAt, basis: 'REPORT' };
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
