import { expect, test } from 'vitest';
import { TokenBuckets } from './token-buckets.ts';

test('an owner may spend the burst, then what comes back, and takes nothing from others', () => {
  let now = 0;
  const buckets = new TokenBuckets(100, 10, () => now);
  expect(buckets.spend('a', 60)).toBe(true);
  expect(buckets.spend('a', 60)).toBe(false);
  expect(buckets.spend('b', 100)).toBe(true);
  expect(buckets.spend('a', 40)).toBe(true);
  now = 5_000;
  expect(buckets.spend('a', 51)).toBe(false);
  expect(buckets.spend('a', 50)).toBe(true);
  now = 1_000_000;
  expect(buckets.spend('a', 101)).toBe(false);
  expect(buckets.spend('a', 100)).toBe(true);
});
