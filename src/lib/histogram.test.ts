import { expect, test } from 'vitest';
import { Histogram } from './histogram.ts';

test('a histogram counts each duration in every bucket whose bound is not below it', () => {
  const histogram = new Histogram();
  histogram.add(1);
  histogram.add(30, 2);
  histogram.add(60_000);
  histogram.add(-5);
  const { buckets, count, sumS } = histogram.snapshot();
  const countOf = new Map(buckets);
  expect([0.0005, 0.001, 0.025, 0.05, 10].map((bound) => countOf.get(bound))).toEqual([1, 2, 2, 4, 4]);
  expect(count).toBe(5);
  expect(sumS).toBeCloseTo(60.061);
});
