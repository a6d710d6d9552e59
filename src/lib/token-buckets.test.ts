import { expect, test } from 'vitest';
import { TokenBuckets } from './token-buckets.ts';

test('an owner can consume the burst, then the refilled tokens, independently of other owners', () => {
  let now = 0;
  const buckets = new TokenBuckets(100, 10, () => now);
  expect(buckets.consume('a', 60)).toBe(true);
  expect(buckets.consume('a', 60)).toBe(false);
  expect(buckets.consume('b', 100)).toBe(true);
  expect(buckets.consume('a', 40)).toBe(true);
  now = 5_000;
  expect(buckets.consume('a', 51)).toBe(false);
  expect(buckets.consume('a', 50)).toBe(true);
  now = 1_000_000;
  expect(buckets.consume('a', 101)).toBe(false);
  expect(buckets.consume('a', 100)).toBe(true);
});
