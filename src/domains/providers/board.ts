import { largest } from '../../lib/extremes.ts';
import type { Entry } from '../../journal/topic.ts';
import type { Breaker, BreakerState as StateInWords } from '../../lib/breaker.ts';
import { round } from '../../lib/round.ts';
import {
  providerEvents,
  providerLog,
  type BreakerState,
  type ProviderEventPayload,
  type ProviderFigures,
  type ProviderLogPayload,
  type ProviderStatus,
  type SystemHealth,
} from './events.ts';
import { isAskable, maskedKey, shownUrl, type ProviderSettings } from './settings.ts';
import { afterEntry, noHistory, type ProviderHistory } from './state.ts';
import { figuresOf, isBlocked, usageAt } from './usage.ts';

/** A configured provider, its row in the store, and what the log says of it. */
export interface KnownProvider {
  readonly id: number;
  readonly settings: ProviderSettings;
  history: ProviderHistory;
  /** When it was told last that its limit is nearly used up; Unix milliseconds. */
  toldAt: number | null;
  /** Of its data collection: while it is open, nothing is collected. */
  readonly breaker: Breaker;
}

export interface Board {
  readonly providers: readonly KnownProvider[];
  /** Takes in what was appended. @returns null when it concerns no provider that is configured here. */
  take(entry: Entry): Taken | null;
  status(provider: KnownProvider, at: number): ProviderStatus;
}

export interface Taken {
  readonly provider: KnownProvider;
  readonly before: ProviderHistory;
}

/** What this instance knows of its providers: the tables as they were at the start, and the log since then. */
export function createBoard(providers: readonly KnownProvider[]): Board {
  const byName = new Map(providers.map((provider) => [provider.settings.name, provider]));
  return {
    providers,
    take(entry) {
      if (entry.topic !== providerLog.name && entry.topic !== providerEvents.name) return null;
      const provider = byName.get(entry.key);
      if (provider === undefined) return null;
      const before = provider.history;
      provider.history = afterEntry(
        before,
        provider.settings.rateLimit,
        entry as Entry<ProviderLogPayload | ProviderEventPayload>,
      );
      if (entry.type === 'rateLimitCrossed') provider.toldAt = entry.occurredAt;
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
  return { id: row.id, settings, history: row.history ?? noHistory, toldAt: null, breaker };
}

const breakerStates: Readonly<Record<StateInWords, BreakerState>> = {
  closed: 'CLOSED',
  open: 'OPEN',
  'half-open': 'HALF_OPEN',
};

/** Whether a request may be sent: it can be asked, and its limit is not used up. */
export function mayAsk({ settings, history }: KnownProvider, at: number): boolean {
  return isAskable(settings) && !isBlocked(usageAt(history.usage, settings.rateLimit, at));
}

function statusOf({ id, settings, history, breaker }: KnownProvider, at: number): ProviderStatus {
  const usage = usageAt(history.usage, settings.rateLimit, at);
  return {
    id,
    name: settings.name,
    category: settings.category,
    endpointUrl: shownUrl(settings.endpointUrl),
    requiresKey: settings.requiresKey,
    hasKey: settings.apiKey !== null,
    apiKeyMasked: maskedKey(settings.apiKey),
    timeoutMs: settings.timeoutMs,
    priorityTier: settings.priorityTier,
    collects: settings.collect,
    status: isAskable(settings) ? history.status : 'UNKNOWN',
    responseTimeMs: history.responseTimeMs,
    httpStatusCode: history.httpStatusCode,
    errorMessage: history.errorMessage,
    lastCheckAt: history.lastCheckAt,
    lastSuccessAt: history.lastSuccessAt,
    lastRequestAt: history.lastRequestAt,
    rateLimit: usage === null ? null : figuresOf(usage),
    highAt: history.highAt,
    breaker: breakerStates[breaker.state],
  };
}

/** What was counted in the log for the last 60 minutes. */
export interface HourCounts {
  readonly requests: number;
  readonly failures: number;
}

export function summaryOf(board: Board, hour: HourCounts): ProviderFigures & { lastUpdateAt: number | null } {
  const states = board.providers.map((provider) => statusOf(provider, 0).status);
  const count = (wanted: string): number => states.filter((state) => state === wanted).length;
  const times = board.providers.flatMap(({ history }) => history.lastSuccessMs ?? []);
  const checks = board.providers.flatMap(({ history }) => history.lastCheckAt ?? []);
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
