import {
  providerEvents,
  type ProviderDraft,
  type ProviderHistory,
  type RateLimitRow,
  type Usage,
} from './events.ts';
import { afterEntry } from './history.ts';
import type { Provider } from './provider.ts';
import { thresholdOf, thresholdReached, usageAt, usageWithStatus } from './usage.ts';

/**
 * Adds the events that follow from new log rows of a provider: a changed status, and a threshold that the usage of its
 * rate limit reached.
 */
export function withDerivedEvents(
  provider: Provider,
  rows: readonly ProviderDraft[],
): readonly ProviderDraft[] {
  const limit = provider.settings.rateLimit;
  let after = provider.history;
  let crossing: readonly ProviderDraft[] = [];
  for (const { type, payload, occurredAt: at = 0 } of rows) {
    const usage = usageAt(after.usage, limit, at);
    after = afterEntry(after, limit, { type, payload, occurredAt: at });
    if (thresholdReached(usage, after.usage) !== null)
      crossing = crossingOf(provider, after.usage, { at, repeated: false });
  }
  return [...rows, ...statusChange(provider, after), ...crossing];
}

/** The first probe of a provider is not a change. */
function statusChange(
  { id, settings, history: before }: Provider,
  after: ProviderHistory,
): readonly ProviderDraft[] {
  if (after.status === before.status || before.status === 'UNKNOWN') return [];
  const payload = {
    provider: settings.name,
    providerId: id,
    oldStatus: before.status,
    newStatus: after.status,
    responseTimeMs: after.responseTimeMs,
    httpStatusCode: after.httpStatusCode,
    errorMessage: after.errorMessage,
  };
  const occurredAt = after.lastCheckAt ?? 0;
  return [{ topic: providerEvents, key: settings.name, type: 'providerStatusChanged', occurredAt, payload }];
}

/** @param about.id when several instances store the same event. @returns no event below 80 %. */
export function crossingOf(
  { id: providerId, settings }: Provider,
  usage: Usage | null,
  { at, repeated, ...id }: { readonly at: number; readonly repeated: boolean; readonly id?: string },
): readonly ProviderDraft[] {
  const threshold = thresholdOf(usage);
  if (usage === null || threshold === null) return [];
  const payload = {
    provider: settings.name,
    providerId,
    ...rateLimitRow(usage),
    severity: threshold >= 95 ? ('CRITICAL' as const) : ('WARNING' as const),
    threshold,
    repeated,
  };
  return [
    { topic: providerEvents, key: settings.name, type: 'rateLimitCrossed', occurredAt: at, payload, ...id },
  ];
}

export function rateLimitRow(usage: Usage): RateLimitRow {
  const { basis: _basis, status: _status, ...row } = usageWithStatus(usage);
  return row;
}
