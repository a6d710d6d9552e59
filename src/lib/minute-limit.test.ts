import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { minuteLimit } from './minute-limit.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('minuteLimit limits entries per key and in total, and reports the number of rejected ones at the end of the minute', () => {
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
