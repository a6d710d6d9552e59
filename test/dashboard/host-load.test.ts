import { describe, expect, it } from 'vitest';
import { loadOf, noteHealth } from '../../dashboard/src/data/host-load.ts';

describe('the load of a host', () => {
  it('is that of all of the last readings, so that a moment of it is none', () => {
    const after = (...states: readonly string[]) => {
      noteHealth([]);
      for (const state of states) noteHealth([['a', state]]);
      return loadOf('a');
    };
    expect(after('CRITICAL', 'CRITICAL')).toBeNull();
    expect(after('CRITICAL', 'HEALTHY', 'CRITICAL')).toBeNull();
    expect(after('CRITICAL', 'WARNING', 'CRITICAL')).toBe('WARNING');
    expect(after('HEALTHY', 'CRITICAL', 'CRITICAL', 'CRITICAL')).toBe('CRITICAL');
    expect(loadOf('unknown')).toBeNull();
  });
});
