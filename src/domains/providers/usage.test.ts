import { describe, expect, it } from 'vitest';
import type { Limit, Quota, Usage } from './events.ts';
import { afterRequest, isBlocked, thresholdReached, usageAt, usageWithStatus } from './usage.ts';

const limit: Limit = { limitType: 'PER_MINUTE', limitValue: 10 };
const daily: Limit = { limitType: 'PER_DAY', limitValue: 9 };
const minute = 60_000;
const noon = Date.UTC(2026, 10, 21, 12);

/** The usage after one request at noon whose response had this quota. */
function withQuota(
  quota: Partial<Quota>,
  usage: Usage | null = null,
  of: Limit | null = limit,
): Usage | null {
  const empty = { limitValue: null, remaining: null, resetAt: null, exhausted: false };
  return afterRequest(usage, { limit: of, at: noon, quota: { ...empty, ...quota } });
}

/** The usage after requests whose responses had no quota. */
function used(count: number, at = noon, of: Limit | null = limit): Usage | null {
  let usage: Usage | null = null;
  for (let n = 0; n < count; n++) usage = afterRequest(usage, { limit: of, at, quota: null });
  return usage;
}

describe('the usage of a rate limit', () => {
  it('counts the requests of the current minute, hour or day', () => {
    expect(used(3, noon + 20_000)).toEqual({
      ...limit,
      currentUsage: 3,
      resetAt: noon + minute,
      basis: 'OWN',
    });
    expect(used(1, noon, { limitType: 'PER_HOUR', limitValue: 5 })?.resetAt).toBe(noon + 60 * minute);
    expect(used(1, noon, daily)?.resetAt).toBe(noon + 720 * minute);
  });

  it('starts at zero in the next window, and follows a changed configuration', () => {
    const usage = used(10);
    expect(isBlocked(usageAt(usage, limit, noon + minute - 1))).toBe(true);
    const next = { currentUsage: 0, resetAt: noon + 2 * minute };
    expect(usageAt(usage, limit, noon + minute)).toMatchObject(next);
    const raised = { ...limit, limitValue: 20 };
    expect(usageAt(usage, raised, noon)).toMatchObject({ currentUsage: 10, limitValue: 20 });
    expect(usageAt(usage, daily, noon)).toMatchObject({ currentUsage: 0 });
    expect(usageAt(usage, null, noon)).toBeNull();
  });

  it('is the usage in the response headers plus the requests since', () => {
    const reported = withQuota({ limitValue: 100, remaining: 30, resetAt: noon + 5 * minute }, used(1));
    expect(reported).toEqual({
      limitType: 'PER_MINUTE',
      limitValue: 100,
      currentUsage: 70,
      resetAt: noon + 5 * minute,
      basis: 'HEADERS',
    });
    expect(afterRequest(reported, { limit, at: noon + 3 * minute, quota: null })?.currentUsage).toBe(71);
    expect(usageAt(reported, limit, noon + 5 * minute)).toMatchObject({ currentUsage: 0, limitValue: 10 });
  });

  it('ignores a reset time in the past, and limits a reset time to one day from now', () => {
    const past = withQuota({ remaining: 2, resetAt: noon - 1 });
    expect(past).toMatchObject({ currentUsage: 8, resetAt: noon + minute });
    expect(withQuota({ remaining: 0, resetAt: noon * 2 })?.resetAt).toBe(noon + 1_440 * minute);
  });

  it('is the whole limit after a 429, until the announced reset or the end of the window, at most an hour', () => {
    const announced = withQuota({ exhausted: true, resetAt: noon + 7_000 });
    expect(announced).toMatchObject({ currentUsage: 10, resetAt: noon + 7_000 });
    const unannounced = withQuota({ exhausted: true }, used(2));
    expect(unannounced).toMatchObject({ currentUsage: 10, resetAt: noon + minute });
    expect(withQuota({ exhausted: true }, null, daily)?.resetAt).toBe(noon + 60 * minute);
  });

  it('is null without a configured limit', () => {
    expect(withQuota({ limitValue: 100, remaining: 0, exhausted: true }, null, null)).toBeNull();
    expect(isBlocked(null)).toBe(false);
  });

  it.each([
    [0, 0, 'OK'],
    [7, 70, 'OK'],
    [8, 80, 'WARNING'],
    [9, 90, 'WARNING'],
    [10, 100, 'BLOCKED'],
  ])('of %i of 10 requests is %i percent and has the status %s', (count, percentage, status) => {
    const usage: Usage = { ...limit, currentUsage: count, resetAt: noon + minute, basis: 'OWN' };
    expect(usageWithStatus(usage)).toEqual({ ...usage, percentage, status });
  });

  it.each([
    [7, 8, 80],
    [8, 9, null],
    [7, 9, 80],
    [9, 10, 100],
    [0, 10, 100],
    [10, 8, null],
    [10, 11, null],
  ])('that rises from %i to %i of 10 requests reaches the threshold %s', (before, after, threshold) => {
    expect(thresholdReached(used(before), used(after))).toBe(threshold);
  });
});
