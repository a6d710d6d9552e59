import { describe, expect, it } from 'vitest';
import type { Quota, Usage } from './events.ts';
import {
  afterRequest,
  usageWithStatus,
  isBlocked,
  quotaOf,
  thresholdReached,
  usageAt,
  type Limit,
} from './usage.ts';

const limit: Limit = { limitType: 'PER_MINUTE', limitValue: 10 };
const minute = 60_000;
const noon = Date.UTC(2026, 10, 21, 12);

function quotaWith(more: Partial<Quota>): Quota {
  return { limitValue: null, remaining: null, resetAt: null, exhausted: false, ...more };
}

/** Usage after this many requests that were answered without headers about limits. */
function used(count: number, at = noon, of: Limit | null = limit): Usage | null {
  let usage: Usage | null = null;
  for (let n = 0; n < count; n++) usage = afterRequest(usage, { limit: of, at, quota: null });
  return usage;
}

describe('the usage of a rate limit', () => {
  it('is our own count of the requests in this minute, hour or day', () => {
    expect(used(3, noon + 20_000)).toEqual({
      ...limit,
      currentUsage: 3,
      resetAt: noon + minute,
      basis: 'OWN',
    });
    expect(used(1, noon, { limitType: 'PER_HOUR', limitValue: 5 })?.resetAt).toBe(noon + 60 * minute);
    expect(used(1, noon, { limitType: 'PER_DAY', limitValue: 5 })?.resetAt).toBe(noon + 720 * minute);
  });

  it('starts from zero in the next window, and uses another limit when that is configured', () => {
    const usage = used(10);
    expect(isBlocked(usageAt(usage, limit, noon + minute - 1))).toBe(true);
    expect(usageAt(usage, limit, noon + minute)).toMatchObject({
      currentUsage: 0,
      resetAt: noon + 2 * minute,
    });
    expect(usageAt(usage, { ...limit, limitValue: 20 }, noon)).toMatchObject({
      currentUsage: 10,
      limitValue: 20,
    });
    expect(usageAt(usage, { limitType: 'PER_DAY', limitValue: 20 }, noon)).toMatchObject({ currentUsage: 0 });
    expect(usageAt(usage, null, noon)).toBeNull();
  });

  it('is that of the provider’s headers, plus our requests since', () => {
    const quota = quotaWith({ limitValue: 100, remaining: 30, resetAt: noon + 5 * minute });
    const heard = afterRequest(used(1), { limit, at: noon, quota });
    expect(heard).toEqual({
      limitType: 'PER_MINUTE',
      limitValue: 100,
      currentUsage: 70,
      resetAt: noon + 5 * minute,
      basis: 'HEADERS',
    });
    expect(afterRequest(heard, { limit, at: noon + 3 * minute, quota: null })?.currentUsage).toBe(71);
    expect(usageAt(heard, limit, noon + 5 * minute)).toMatchObject({ currentUsage: 0, limitValue: 10 });
  });

  it('ignores a reset in the past, and limits one to a day from now', () => {
    const past = afterRequest(null, {
      limit,
      at: noon,
      quota: quotaWith({ remaining: 2, resetAt: noon - 1 }),
    });
    expect(past).toMatchObject({ currentUsage: 8, resetAt: noon + minute });
    const far = afterRequest(null, {
      limit,
      at: noon,
      quota: quotaWith({ remaining: 0, resetAt: noon * 2 }),
    });
    expect(far?.resetAt).toBe(noon + 1_440 * minute);
  });

  it('is the whole limit after a 429, until the announced reset or the end of the window, within an hour', () => {
    const announced = quotaWith({ exhausted: true, resetAt: noon + 7_000 });
    expect(afterRequest(null, { limit, at: noon, quota: announced })).toMatchObject({
      currentUsage: 10,
      resetAt: noon + 7_000,
    });
    const bare = quotaWith({ exhausted: true });
    expect(afterRequest(used(2), { limit, at: noon, quota: bare })).toMatchObject({
      currentUsage: 10,
      resetAt: noon + minute,
    });
    const daily: Limit = { limitType: 'PER_DAY', limitValue: 9 };
    expect(afterRequest(null, { limit: daily, at: noon, quota: bare })?.resetAt).toBe(noon + 60 * minute);
  });

  it('is null without a limit', () => {
    const quota = quotaWith({ limitValue: 100, remaining: 0, exhausted: true });
    expect(afterRequest(null, { limit: null, at: noon, quota })).toBeNull();
    expect(isBlocked(null)).toBe(false);
  });

  it('has a percentage and a status', () => {
    const usages = [0, 7, 8, 9, 10].map((count) => {
      const usage = used(count) ?? usageAt(null, limit, noon);
      return usage === null ? null : usageWithStatus(usage);
    });
    expect(usages.map((one) => [one?.percentage, one?.status])).toEqual([
      [0, 'OK'],
      [70, 'OK'],
      [80, 'WARNING'],
      [90, 'WARNING'],
      [100, 'BLOCKED'],
    ]);
  });

  it.each([
    [7, 8, 80],
    [8, 9, null],
    [7, 9, 80],
    [9, 10, 100],
    [0, 10, 100],
    [10, 8, null],
    [10, 11, null],
  ])('that goes from %i to %i of 10 reaches the threshold %s', (before, after, threshold) => {
    expect(thresholdReached(used(before), used(after))).toBe(threshold);
  });
});

const nothing = { limitValue: null, remaining: null, resetAt: null, exhausted: false };

describe('an answer of a provider', () => {
  it('has no quota without the headers', () => {
    expect(quotaOf({}, { status: 200, at: noon })).toBeNull();
    expect(
      quotaOf({ 'x-ratelimit-limit': 'many', 'retry-after': '5' }, { status: 503, at: noon }),
    ).toBeNull();
  });

  it.each([
    ['60', noon + 60_000],
    [String(noon / 1000 + 30), noon + 30_000],
    [String(noon + 5_000), noon + 5_000],
    ['soon', null],
  ])('has a quota, with a reset of %s', (reset, resetAt) => {
    const headers = {
      'x-ratelimit-limit': '100, 100;w=60',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': reset,
    };
    expect(quotaOf(headers, { status: 200, at: noon })).toEqual({
      limitValue: 100,
      remaining: 0,
      resetAt,
      exhausted: false,
    });
  });

  it.each([
    ['120', noon + 120_000],
    [new Date(noon + 90_000).toUTCString(), noon + 90_000],
    [undefined, null],
  ])('of 429 has an exhausted quota, with Retry-After %s', (retryAfter, resetAt) => {
    const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
    expect(quotaOf(headers, { status: 429, at: noon })).toEqual({ ...nothing, resetAt, exhausted: true });
  });

  it('has no limit in its quota when the header says zero', () => {
    expect(quotaOf({ 'x-ratelimit-limit': '0' }, { status: 200, at: noon })).toEqual(nothing);
  });
});
