import { expect, test } from 'vitest';
import { timeOrderedId } from './time-ordered-id.ts';

test('timeOrderedId returns a UUID version 7 that sorts by time', () => {
  const ids = [1_700_000_000_000, 1_700_000_000_001, 1_800_000_000_000].map((at) => timeOrderedId(at));
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids.toSorted()).toEqual(ids);
  expect(Number.parseInt(ids[0]?.replace(/-/g, '').slice(0, 12) ?? '', 16)).toBe(1_700_000_000_000);
});

test('timeOrderedId returns distinct ids within one millisecond', () => {
  const ids = Array.from({ length: 10_000 }, () => timeOrderedId(1_700_000_000_000));
  expect(new Set(ids).size).toBe(ids.length);
});
