import { expect, test } from 'vitest';
import { isDeeperThan } from './depth.ts';

test.each([
  [null, 0, false],
  ['text', 0, false],
  [[], 0, true],
  [[], 1, false],
  [{ a: 1, b: { c: 1 } }, 2, false],
  [{ a: 1, b: { c: [] } }, 2, true],
  [[1, [2, [3]]], 3, false],
])('%j is deeper than %i: %s', (value, depthMax, expected) => {
  expect(isDeeperThan(value, depthMax)).toBe(expected);
});

test('isDeeper handles values that are too deep for recursion', () => {
  const deep: unknown = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000));
  expect(isDeeperThan(deep, 199_999)).toBe(true);
  expect(isDeeperThan(deep, 200_000)).toBe(false);
});
