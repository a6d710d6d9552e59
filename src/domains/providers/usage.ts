import type { Quota, RateLimitUsage, RateLimitStatus, RateLimitType, Usage } from './events.ts';

/** A limit as it is configured. */
export interface Limit {
  readonly limitType: RateLimitType;
  readonly limitValue: number;
}

export const windowMs: Readonly<Record<RateLimitType, number>> = {
  PER_MINUTE: 60_000,
  PER_HOUR: 3_600_000,
  PER_DAY: 86_400_000,
};

/** A reset that a provider announces later than this is taken to be this far off. */
const resetAheadMsMax = 86_400_000;
/** For a 429 without a reset, the end of the window counts, but at most this far off. */
const unannouncedResetMsMax = 3_600_000;

/** Percentages of usage at which an event is stored. */
const thresholds = [80, 95, 100] as const;
const warningPercent = 80;
export const criticalPercent = 95;
const blockedPercent = 100;

/**
 * The usage at an instant. After a reset our own count starts at zero with the configured limit, in windows that
 * start at full minutes, hours and days (UTC).
 * @returns null where no limit is known.
 */
export function usageAt(usage: Usage | null, limit: Limit | null, at: number): Usage | null {
  const valid = usage !== null && at < usage.resetAt;
  if (valid && usage.basis !== 'OWN') return usage;
  if (limit === null) return null;
  if (valid && usage.limitType === limit.limitType) return { ...usage, limitValue: limit.limitValue };
  const length = windowMs[limit.limitType];
  const resetAt = (Math.floor(at / length) + 1) * length;
  return { ...limit, currentUsage: 0, resetAt, basis: 'OWN' };
}

/** The usage after a request. */
export function afterRequest(
  usage: Usage | null,
  { limit, at, quota }: { limit: Limit | null; at: number; quota: Quota | null },
): Usage | null {
  const before = usageAt(usage, limit, at);
  if (before === null) return null;
  const counted = { ...before, currentUsage: before.currentUsage + 1 };
  if (quota === null) return counted;
  const announced =
    quota.resetAt !== null && quota.resetAt > at ? Math.min(quota.resetAt, at + resetAheadMsMax) : null;
  const limitValue = quota.limitValue ?? before.limitValue;
  if (quota.exhausted) {
    const currentUsage = Math.max(limitValue, counted.currentUsage);
    return {
      ...counted,
      limitValue,
      currentUsage,
      resetAt: announced ?? Math.min(before.resetAt, at + unannouncedResetMsMax),
      basis: 'HEADERS',
    };
  }
  if (quota.remaining === null) return counted;
  return {
    ...counted,
    limitValue,
    currentUsage: Math.max(0, limitValue - quota.remaining),
    resetAt: announced ?? before.resetAt,
    basis: 'HEADERS',
  };
}

export function usageWithStatus(usage: Usage): RateLimitUsage {
  const percentage = percentageOf(usage);
  return { ...usage, percentage, status: statusAt(percentage) };
}

export function isBlocked(usage: Usage | null): boolean {
  return usage !== null && percentageOf(usage) >= blockedPercent;
}

export function isHigh(usage: Usage | null): boolean {
  return usage !== null && percentageOf(usage) >= warningPercent;
}

/** The threshold that was reached by going from one usage to the other, both at the same instant; or null. */
export function thresholdReached(before: Usage | null, after: Usage | null): number | null {
  const reached = highestBelow(after);
  return reached !== null && reached > (highestBelow(before) ?? 0) ? reached : null;
}

/** The highest threshold that the usage has reached: 80, 95 or 100; null below. */
export function highestBelow(usage: Usage | null): number | null {
  if (usage === null) return null;
  const percentage = percentageOf(usage);
  return thresholds.findLast((threshold) => percentage >= threshold) ?? null;
}

function percentageOf({ currentUsage, limitValue }: Usage): number {
  return Math.round((currentUsage / limitValue) * 10_000) / 100;
}

function statusAt(percentage: number): RateLimitStatus {
  if (percentage >= blockedPercent) return 'BLOCKED';
  return percentage >= warningPercent ? 'WARNING' : 'OK';
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Larger numbers are instants, in seconds or in milliseconds; smaller ones are seconds from now. */
const instantSeconds = 1_000_000_000;
const instantMs = 1_000_000_000_000;

/**
 * Reads the rate limit of an answer: `X-RateLimit-Limit`, `-Remaining`, `-Reset`, and `Retry-After` of
 * a 429.
 * @returns null without such headers.
 */
export function quotaOf(headers: Headers, { status, at }: { status: number; at: number }): Quota | null {
  const exhausted = status === 429;
  const limitValue = numberOf(headers, 'x-ratelimit-limit');
  const remaining = numberOf(headers, 'x-ratelimit-remaining');
  if (!exhausted && limitValue === null && remaining === null) return null;
  const retryAt = exhausted ? retryAfter(headers, at) : null;
  return {
    limitValue: limitValue === 0 ? null : limitValue, // a limit of zero is no limit
    remaining,
    resetAt: retryAt ?? instantOf(numberOf(headers, 'x-ratelimit-reset'), at),
    exhausted,
  };
}

function retryAfter(headers: Headers, at: number): number | null {
  const seconds = numberOf(headers, 'retry-after');
  if (seconds !== null) return at + seconds * 1000;
  const date = Date.parse(textOf(headers, 'retry-after'));
  return Number.isNaN(date) ? null : date;
}

function instantOf(value: number | null, at: number): number | null {
  if (value === null) return null;
  if (value >= instantMs) return value;
  return value >= instantSeconds ? value * 1000 : at + value * 1000;
}

/** The whole number that a header begins with, as in `100;w=60`; a date begins with none. */
function numberOf(headers: Headers, name: string): number | null {
  const [, digits] = /^\s*(\d{1,15})(?:\.\d+)?\s*(?:[;,]|$)/.exec(textOf(headers, name)) ?? [];
  return digits === undefined ? null : Number(digits);
}

function textOf(headers: Headers, name: string): string {
  const value = headers[name];
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}
