import type { Limit, Quota, RateLimitStatus, RateLimitType, RateLimitUsage, Usage } from './events.ts';

export const windowMs: Readonly<Record<RateLimitType, number>> = {
  PER_MINUTE: 60_000,
  PER_HOUR: 3_600_000,
  PER_DAY: 86_400_000,
};

/** A reset that a provider announces for later is moved to this time from now. */
const resetAheadMsMax = 86_400_000;
/** A 429 without a reset time blocks until the end of the window, but no longer than this. */
const unannouncedResetMsMax = 3_600_000;

/** Percentages of usage at which an event is stored. */
const thresholds = [80, 95, 100] as const;
type Threshold = (typeof thresholds)[number];

/**
 * The usage at a time. After a reset the server's own count starts at zero with the configured limit, in windows that
 * start at full minutes, hours and days (UTC).
 * @returns null without a known limit.
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

/** The usage after a request. @param request.quota from the headers of its response. */
export function afterRequest(
  usage: Usage | null,
  { limit, at, quota }: { limit: Limit | null; at: number; quota: Quota | null },
): Usage | null {
  const before = usageAt(usage, limit, at);
  if (before === null) return null;
  const currentUsage = before.currentUsage + 1;
  if (quota === null || (quota.remaining === null && !quota.exhausted)) return { ...before, currentUsage };
  const announced =
    quota.resetAt !== null && quota.resetAt > at ? Math.min(quota.resetAt, at + resetAheadMsMax) : null;
  const limitValue = quota.limitValue ?? before.limitValue;
  const reported = quota.exhausted
    ? {
        currentUsage: Math.max(limitValue, currentUsage),
        resetAt: Math.min(before.resetAt, at + unannouncedResetMsMax),
      }
    : { currentUsage: Math.max(0, limitValue - (quota.remaining ?? 0)), resetAt: before.resetAt };
  return { ...before, ...reported, limitValue, resetAt: announced ?? reported.resetAt, basis: 'HEADERS' };
}

export function usageWithStatus(usage: Usage): RateLimitUsage {
  const percentage = percentageOf(usage);
  const threshold = thresholdOf(usage);
  const status: RateLimitStatus = threshold === null ? 'OK' : threshold === 100 ? 'BLOCKED' : 'WARNING';
  return { ...usage, percentage, status };
}

export function isBlocked(usage: Usage | null): boolean {
  return thresholdOf(usage) === 100;
}

export function isHigh(usage: Usage | null): boolean {
  return thresholdOf(usage) !== null;
}

/** The highest threshold that the usage has reached; null below 80 %. */
export function thresholdOf(usage: Usage | null): Threshold | null {
  if (usage === null) return null;
  const percentage = percentageOf(usage);
  return thresholds.findLast((threshold) => percentage >= threshold) ?? null;
}

/** The threshold that one usage has reached and the other has not, both at the same time; null without one. */
export function thresholdReached(before: Usage | null, after: Usage | null): Threshold | null {
  const reached = thresholdOf(after);
  return reached !== null && reached > (thresholdOf(before) ?? 0) ? reached : null;
}

function percentageOf({ currentUsage, limitValue }: Usage): number {
  return Math.round((currentUsage / limitValue) * 10_000) / 100;
}
