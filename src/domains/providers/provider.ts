import type { Breaker } from '../../lib/breaker.ts';
import { maskUrl } from '../../lib/mask.ts';
import type { ProviderSettings } from './config.ts';
import {
  providerLog,
  type ProviderDraft,
  type ProviderHistory,
  type ProviderLogRows,
  type ProviderLogType,
  type ProviderStatus,
} from './events.ts';
import { isBlocked, usageAt, usageWithStatus } from './usage.ts';

/** A configured provider with its state in this process. */
export interface Provider {
  /** Of its row in the table `providers`. */
  readonly id: number;
  readonly settings: ProviderSettings;
  history: ProviderHistory;
  /** When the last event about a nearly used up limit was stored, Unix milliseconds. */
  warnedAt: number | null;
  /** Of the data collection: while it is open, nothing is collected. */
  readonly breaker: Breaker;
}

/** Whether a request may be sent: the provider has the key that it requires, and its rate limit is not used up. */
export function canRequest({ settings, history }: Provider, at: number): boolean {
  return hasRequiredKey(settings) && !isBlocked(usageAt(history.usage, settings.rateLimit, at));
}

/** The public view of a provider at an instant. It contains no secret. */
export function statusOf({ id, settings, history, breaker }: Provider, at: number): ProviderStatus {
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
    status: hasRequiredKey(settings) ? state.status : 'UNKNOWN',
    rateLimit: usage === null ? null : usageWithStatus(usage),
    breaker: ({ closed: 'CLOSED', open: 'OPEN', 'half-open': 'HALF_OPEN' } as const)[breaker.state],
  };
}

/** A row of a provider's log. @param at Unix milliseconds. */
export function logRow<Type extends ProviderLogType>(
  { id, settings }: Provider,
  type: Type,
  at: number,
  row: ProviderLogRows[Type],
): ProviderDraft {
  const payload = { provider: settings.name, providerId: id, ...row };
  return { topic: providerLog, key: settings.name, type, occurredAt: at, payload };
}

function hasRequiredKey({ requiresKey, apiKey }: ProviderSettings): boolean {
  return !requiresKey || apiKey !== null;
}

const maskedCharsMin = 12;

/** The part of a key that clients may see. */
export function maskedKey(key: string | null): string | null {
  if (key === null) return null;
  return key.length < maskedCharsMin ? '***' : `${key.slice(0, 4)}...${key.slice(-4)}`;
}

/** A URL without its query, which may contain a key, and without its fragment. */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}
