import {
  providerEvent,
  type ProviderDraft,
  type RateLimitRow,
  type Usage,
  type ProviderHistory,
} from './events.ts';
import type { KnownProvider } from './registry.ts';
import { afterEntry, type ProviderEntry } from './state.ts';
import { criticalPercent, usageWithStatus, highestBelow, thresholdReached, usageAt } from './usage.ts';

/** Log rows with the events that follow from them: a changed status, a threshold of the limit that was reached. */
export function withDerivedEvents(
  provider: KnownProvider,
  rows: readonly ProviderDraft[],
): readonly ProviderDraft[] {
  const limit = provider.settings.rateLimit;
  const before = provider.history;
  let after: ProviderHistory = before;
  let crossing: ProviderDraft | null = null;
  for (const row of rows) {
    const at = row.occurredAt ?? 0;
    const usage = usageAt(after.usage, limit, at);
    after = afterEntry(after, limit, row as ProviderEntry);
    if (thresholdReached(usage, after.usage) !== null)
      crossing = crossingOf(provider, after.usage, { at, repeated: false });
  }
  const changed = statusChange(provider, after);
  return [...rows, ...(changed === null ? [] : [changed]), ...(crossing === null ? [] : [crossing])];
}

/** The first probe of a provider is no change. */
function statusChange(
  { id, settings, history: before }: KnownProvider,
  after: ProviderHistory,
): ProviderDraft | null {
  if (after.status === before.status || before.status === 'UNKNOWN') return null;
  return providerEvent('providerStatusChanged', {
    at: after.lastCheckAt ?? 0,
    payload: {
      provider: settings.name,
      providerId: id,
      oldStatus: before.status,
      newStatus: after.status,
      responseTimeMs: after.responseTimeMs,
      httpStatusCode: after.httpStatusCode,
      errorMessage: after.errorMessage,
    },
  });
}

/** @param about.id where several instances store the same event. @returns null below 80 %. */
export function crossingOf(
  provider: KnownProvider,
  usage: Usage | null,
  about: { readonly at: number; readonly repeated: boolean; readonly id?: string },
): ProviderDraft | null {
  const threshold = highestBelow(usage);
  if (usage === null || threshold === null) return null;
  const row = limitRow(provider, usage);
  const { repeated, ...place } = about;
  const severity = row.percentage >= criticalPercent ? 'CRITICAL' : 'WARNING';
  return providerEvent('rateLimitCrossed', { ...place, payload: { ...row, severity, threshold, repeated } });
}

export function limitRow({ id, settings }: KnownProvider, usage: Usage): RateLimitRow {
  const { limitType, limitValue, currentUsage, percentage, resetAt } = usageWithStatus(usage);
  const about = { provider: settings.name, providerId: id };
  return { ...about, limitType, limitValue, currentUsage, percentage, resetAt };
}
