import { describe, expect, it } from 'vitest';
import { quotaOf } from './quota.ts';

const noon = Date.UTC(2026, 10, 21, 12);
const empty = { limitValue: null, remaining: null, resetAt: null, exhausted: false };

describe('the quota of a response', () => {
  it.each([
    ['without rate limit headers', 200, {}],
    [
      'with a header that is not a number, and Retry-After of a 503',
      503,
      { 'x-ratelimit-limit': 'many', 'retry-after': '5' },
    ],
  ])('is null %s', (_what, status, headers) => {
    expect(quotaOf(headers, { status, at: noon })).toBeNull();
  });

  it.each([
    ['60', noon + 60_000],
    [String(noon / 1000 + 30), noon + 30_000],
    [String(noon + 5_000), noon + 5_000],
    ['soon', null],
  ])(
    'contains the limit, the remaining requests, and the reset time of X-RateLimit-Reset %s',
    (reset, resetAt) => {
      const headers = {
        'x-ratelimit-limit': '100, 100;w=60',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': reset,
      };
      const expected = { limitValue: 100, remaining: 0, resetAt, exhausted: false };
      expect(quotaOf(headers, { status: 200, at: noon })).toEqual(expected);
    },
  );

  it.each([
    ['120', noon + 120_000],
    [new Date(noon + 90_000).toUTCString(), noon + 90_000],
    [undefined, null],
  ])('is exhausted after a 429, until the time of Retry-After %s', (retryAfter, resetAt) => {
    const headers = { 'retry-after': retryAfter };
    expect(quotaOf(headers, { status: 429, at: noon })).toEqual({ ...empty, resetAt, exhausted: true });
  });

  it('has no limit when X-RateLimit-Limit is zero', () => {
    expect(quotaOf({ 'x-ratelimit-limit': '0' }, { status: 200, at: noon })).toEqual(empty);
  });
});
