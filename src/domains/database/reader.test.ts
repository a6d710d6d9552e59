import { describe, expect, test } from 'vitest';
import { meanSince } from './reader.ts';

describe('meanSince', () => {
  test('is the mean of the statements since the previous sample', () => {
    expect(meanSince({ calls: 10, totalMs: 100 }, { calls: 14, totalMs: 102 })).toBe(0.5);
  });

  test('is the mean of all statements in the first sample, and after the statistics were reset', () => {
    expect(meanSince(null, { calls: 4, totalMs: 100 })).toBe(25);
    expect(meanSince({ calls: 10, totalMs: 100 }, { calls: 4, totalMs: 8 })).toBe(2);
  });

  test('is null without statements', () => {
    expect(meanSince({ calls: 4, totalMs: 8 }, { calls: 4, totalMs: 8 })).toBeNull();
  });
});
