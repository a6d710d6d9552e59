import type { Limit } from './usage.ts';

/** A provider as it is configured. */
export interface ProviderSettings {
  readonly name: string;
  readonly category: string;
  readonly endpointUrl: string;
  readonly healthCheckUrl: string;
  readonly requiresKey: boolean;
  /** Never shown and never stored. */
  readonly apiKey: string | null;
  readonly apiKeyHeader: string;
  readonly rateLimit: Limit | null;
  readonly timeoutMs: number;
  readonly priorityTier: number;
  readonly collect: boolean;
}

const maskedFully = '***';
const charsShown = 4;
const charsMin = 12;

/** As much of a key as may be shown. */
export function maskedKey(key: string | null): string | null {
  if (key === null) return null;
  return key.length < charsMin ? maskedFully : `${key.slice(0, charsShown)}...${key.slice(-charsShown)}`;
}

/** Whether it has a key, or needs none. */
export function hasNeededKey({ requiresKey, apiKey }: ProviderSettings): boolean {
  return !requiresKey || apiKey !== null;
}

/** An address without its query, where a key could stand, and without a fragment. */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

/** `Authorization` takes a scheme before the key; every other header takes the key alone. */
export function keyHeaders({ apiKey, apiKeyHeader }: ProviderSettings): Record<string, string> {
  if (apiKey === null) return {};
  return { [apiKeyHeader]: apiKeyHeader.toLowerCase() === 'authorization' ? `Bearer ${apiKey}` : apiKey };
}
