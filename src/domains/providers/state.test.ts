import { describe, expect, it } from 'vitest';
import { healthOf } from './registry.ts';
import type { AttemptStatus } from './events.ts';
import { maskedKey, withoutQuery } from './settings.ts';
import { stateAfter } from './state.ts';

describe('a provider', () => {
  it.each<[AttemptStatus, number | null, string]>([
    ['SUCCESS', 1_999, 'ONLINE'],
    ['SUCCESS', 2_000, 'DEGRADED'],
    ['RATE_LIMITED', 5, 'DEGRADED'],
    ['FAILED', 5, 'OFFLINE'],
    ['FAILED', null, 'OFFLINE'],
    ['TIMEOUT', null, 'OFFLINE'],
  ])('after %s within %s ms is %s', (status, responseTimeMs, state) => {
    expect(stateAfter({ status, responseTimeMs })).toBe(state);
  });

  it('shows only both ends of its key', () => {
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
  ])('of %i online and %i probed ones makes the system %s', (online, probed, health) => {
    expect(healthOf(online, probed)).toBe(health);
  });
});
