import { expect, test } from 'vitest';
import { datedId } from './dated-id.ts';

test('a dated id contains the UTC day and at least three digits', () => {
  expect(datedId('act', Date.UTC(2026, 0, 2, 23, 59, 59, 999), 7)).toBe('act_20260102_007');
  expect(datedId('alert', Date.UTC(2026, 0, 3), 12_345)).toBe('alert_20260103_12345');
});
