import { describe, expect, it } from 'vitest';
import type { AttemptStatus } from './events.ts';
import { stateAfter } from './history.ts';
import { maskedKey, withoutQuery } from './provider.ts';
import { healthOf } from './summary.ts';

describe('a provider', () => {
  it.each<[AttemptStatus, number | null, string]>([
    ['SUCCESS', 1_999, 'ONLINE'],
    ['SUCCESS', 2_000, 'DEGRADED'],
    ['RATE_LIMITED', 5, 'DEGRADED'],
    ['FAILED', 5, 'OFFLINE'],
    ['FAILED', null, 'OFFLINE'],
    ['TIMEOUT', null, 'OFFLINE'],
  ])('with the probe outcome %s after %s ms has the status %s', (status, responseTimeMs, state) => {
    expect(stateAfter({ status, responseTimeMs })).toBe(state);
  });

  it('shows only the first and last characters of its key, and URLs without their query', () => {
    expect(maskedKey('abcd-1234-wxyz')).toBe('abcd...wxyz');
    expect(maskedKey('abcd-1234-w')).toBe('***');
    expect(maskedKey(null)).toBeNull();
    expect(withoutQuery('https://a.example/b?key=c#d')).toBe('https://a.example/b');
  });

  it.each([
    [0, 0, 'UNKNOWN'],
    [9, 10, 'HEALTHY'],
    [89, 100, 'DEGRADED'],
    [7, 10, 'DEGRADED'],
    [69, 100, 'UNHEALTHY'],
    [0, 1, 'UNHEALTHY'],
  ])('counts in the system health: %i online of %i with a known status are %s', (online, known, health) => {
    expect(healthOf(online, known)).toBe(health);
  });
});
