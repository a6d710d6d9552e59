import { maskUrl } from '../../lib/mask.ts';
import { largest } from '../../lib/extremes.ts';
import type { Entry } from '../../journal/topic.ts';
import type { Breaker, BreakerState as LibraryState } from '../../lib/breaker.ts';
import { round } from '../../lib/round.ts';
import {
  providerEvents,
  providerLog,
  type BreakerState,
  type ProviderEventPayload,
  type ProviderStatistics,
  type ProviderLogPayload,
  type ProviderStatus,
  type SystemHealth,
  type ProviderHistory,
} from './events.ts';
import { hasNeededKey, maskedKey, type ProviderSettings } from './settings.ts';
import { afterEntry, noHistory } from './state.ts';
import { usageWithStatus, isBlocked, usageAt } from './usage.ts';

/** A configured provider, its row in the store, and what the log says of it. */
export interface KnownProvider {
  readonly id: number;
  readonly settings: ProviderSettings;
  history: ProviderHistory;
  /** Time of the last event that its limit is nearly used up; Unix milliseconds. */
  warnedAt: number | null;
  /** Of its data collection: while it is open, nothing is collected. */
  readonly breaker: Breaker;
}

export interface ProviderRegistry {
  readonly providers: readonly KnownProvider[];
  /** Applies an appended entry. @returns null when it concerns no provider that is configured here. */
  apply(entry: Entry): Applied | null;
  status(provider: KnownProvider, at: number): ProviderStatus;
}

export interface Applied {
  readonly provider: KnownProvider;
  readonly before: ProviderHistory;
}

/** What this instance knows of its providers: the tables at the start, and the log since then. */
export function createProviderRegistry(providers: readonly KnownProvider[]): ProviderRegistry {
  const byName = new Map(providers.map((provider) => [provider.settings.name, provider]));
  return {
    providers,
    apply(entry) {
      if (entry.topic !== providerLog.name && entry.topic !== providerEvents.name) return null;
      const provider = byName.get(entry.key);
      if (provider === undefined) return null;
      const before = provider.history;
      provider.history = afterEntry(
        before,
        provider.settings.rateLimit,
        entry as Entry<ProviderLogPayload | ProviderEventPayload>,
      );
      if (entry.type === 'rateLimitCrossed') provider.warnedAt = entry.occurredAt;
      return { provider, before };
    },
    status: statusOf,
  };
}

export function knownProvider(
  settings: ProviderSettings,
  row: { readonly id: number; readonly history: ProviderHistory | null },
  breaker: Breaker,
): KnownProvider {
  return { id: row.id, settings, history: row.history ?? noHistory, warnedAt: null, breaker };
}

const breakerStates: Readonly<Record<LibraryState, BreakerState>> = {
  closed: 'CLOSED',
  open: 'OPEN',
  'half-open': 'HALF_OPEN',
};

/** Whether a request may be sent: the provider has its key, and its limit is not used up. */
export function canRequest({ settings, history }: KnownProvider, at: number): boolean {
  return hasNeededKey(settings) && !isBlocked(usageAt(history.usage, settings.rateLimit, at));
}

function statusOf({ id, settings, history, breaker }: KnownProvider, at: number): ProviderStatus {
  const { usage: lastUsage, lastSuccessMs: _, ...state } = history;
  const usage = usageAt(lastUsage, settings.rateLimit, at);
  return {
    ...state,
    id,
    name: settings.name,
    category: settings.category,
    endpointUrl: maskUrl(settings.endpointUrl),
    requiresKey: settings.requiresKey,
    hasKey: settings.apiKey !== null,
    apiKeyMasked: maskedKey(settings.apiKey),
    timeoutMs: settings.timeoutMs,
    priorityTier: settings.priorityTier,
    collects: settings.collect,
    status: hasNeededKey(settings) ? state.status : 'UNKNOWN',
    rateLimit: usage === null ? null : usageWithStatus(usage),
    breaker: breakerStates[breaker.state],
  };
}

/** What was counted in the log for the last 60 minutes. */
export interface HourCounts {
  readonly requests: number;
  readonly failures: number;
}

export function summaryOf(
  registry: ProviderRegistry,
  hour: HourCounts,
): ProviderStatistics & { lastUpdateAt: number | null } {
  const states = registry.providers.map((provider) => statusOf(provider, 0).status);
  const count = (wanted: string): number => states.filter((state) => state === wanted).length;
  const times = registry.providers.flatMap(({ history }) => history.lastSuccessMs ?? []);
  const checks = registry.providers.flatMap(({ history }) => history.lastCheckAt ?? []);
  const onlineCount = count('ONLINE');
  return {
    totalProviders: states.length,
    onlineCount,
    degradedCount: count('DEGRADED'),
    offlineCount: count('OFFLINE'),
    avgResponseTimeMs:
      times.length === 0 ? null : round(times.reduce((sum, time) => sum + time, 0) / times.length, 2),
    totalRequestsHour: hour.requests,
    totalFailuresHour: hour.failures,
    systemHealth: healthOf(onlineCount, states.length - count('UNKNOWN')),
    lastUpdateAt: largest(checks),
  };
}

const healthyShare = 0.9;
const degradedShare = 0.7;

/** @param probed how many have been probed at all. */
export function healthOf(online: number, probed: number): SystemHealth {
  if (probed === 0) return 'UNKNOWN';
  const share = online / probed;
  if (share >= healthyShare) return 'HEALTHY';
  return share >= degradedShare ? 'DEGRADED' : 'UNHEALTHY';
}
