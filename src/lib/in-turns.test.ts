import { expect, test } from 'vitest';
import { inTurns } from './in-turns.ts';

test('returns all items in order, and lets immediates run in between', async () => {
  let turns = 0;
  let running = true;
  const count = (): void => {
    turns++;
    if (running) setImmediate(count);
  };
  setImmediate(count);
  const seen: number[] = [];
  for await (const item of inTurns([1, 2, 3, 4, 5], 2)) seen.push(item);
  running = false;
  expect(seen).toEqual([1, 2, 3, 4, 5]);
  expect(turns).toBeGreaterThanOrEqual(2);
});

test('returns nothing of an empty list', async () => {
  const seen: unknown[] = [];
  for await (const item of inTurns([], 1)) seen.push(item);
  expect(seen).toEqual([]);
});
