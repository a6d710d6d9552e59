import { describe, expect, it } from 'vitest';
import { quotaOf } from './quota.ts';

const at = Date.UTC(2026, 10, 21, 12);
const nothing = { limitValue: null, remaining: null, resetAt: null, exhausted: false };

describe('an answer', () => {
  it('says nothing of limits without the headers', () => {
    expect(quotaOf({}, { status: 200, at })).toBeNull();
    expect(quotaOf({ 'x-ratelimit-limit': 'many', 'retry-after': '5' }, { status: 503, at })).toBeNull();
  });

  it.each([
    ['60', at + 60_000],
    [String(at / 1000 + 30), at + 30_000],
    [String(at + 5_000), at + 5_000],
    ['soon', null],
  ])('says what is left, and with a reset of %s when it begins anew', (reset, resetAt) => {
    const headers = {
      'x-ratelimit-limit': '100, 100;w=60',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': reset,
    };
    expect(quotaOf(headers, { status: 200, at })).toEqual({
      limitValue: 100,
      remaining: 0,
      resetAt,
      exhausted: false,
    });
  });

  it.each([
    ['120', at + 120_000],
    [new Date(at + 90_000).toUTCString(), at + 90_000],
    [undefined, null],
  ])('of 429 says that nothing is left, with Retry-After %s until then', (retryAfter, resetAt) => {
    const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
    expect(quotaOf(headers, { status: 429, at })).toEqual({ ...nothing, resetAt, exhausted: true });
  });

  it('with a limit of nothing says no limit', () => {
    expect(quotaOf({ 'x-ratelimit-limit': '0' }, { status: 200, at })).toEqual(nothing);
  });
});
