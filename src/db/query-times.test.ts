import { expect, test } from 'vitest';
import { QueryTimes } from './query-times.ts';

test('has no mean when no statement ended in the window', () => {
  const times = new QueryTimes();
  expect(times.meanSince(0)).toBeNull();
  times.add(10, 5);
  expect(times.meanSince(11)).toBeNull();
});

test('returns the mean of the statements that ended in the window', () => {
  const times = new QueryTimes();
  times.add(10, 100);
  times.add(20, 4);
  times.add(30, 8);
  expect(times.meanSince(20)).toBe(6);
});

test('remembers a limited number of statements and drops the oldest', () => {
  const times = new QueryTimes();
  for (let at = 0; at < 4_096; at += 1) times.add(at, 1_000);
  for (let at = 0; at < 4_096; at += 1) times.add(5_000 + at, 2);
  expect(times.meanSince(0)).toBe(2);
});
