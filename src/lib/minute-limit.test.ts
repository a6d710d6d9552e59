import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { minuteLimit } from './minute-limit.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a minute admits some of each key and some in all, and its end says how many it did not', () => {
  const suppressed: number[] = [];
  const admits = minuteLimit({ perKeyMax: 2, max: 5, suppressed: (count) => suppressed.push(count) });
  expect(['a', 'a', 'a', 'b', 'c', 'c', 'd', 'e'].map(admits)).toEqual([
    true,
    true,
    false,
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(suppressed).toEqual([]);
  vi.advanceTimersByTime(60_000);
  expect(suppressed).toEqual([3]);
  expect(['a', 'd'].map(admits)).toEqual([true, true]);
  vi.advanceTimersByTime(60_000);
  expect(suppressed).toEqual([3]);
});
