import { describe, expect, it } from 'vitest';
import { type JobOutcome, isNotable } from './events.ts';

function byTheClock(outcome: JobOutcome, before: JobOutcome | null): boolean {
  return isNotable({ always: false, triggeredBy: null, outcome, before });
}

describe('a run of a job', () => {
  it('is an activity when somebody asked for it, or its job says so', () => {
    const run = { always: false, triggeredBy: null, outcome: 'SUCCESS', before: 'SUCCESS' } as const;
    expect(isNotable({ ...run, triggeredBy: 'ann' })).toBe(true);
    expect(isNotable({ ...run, always: true })).toBe(true);
    expect(isNotable(run)).toBe(false);
  });

  it('is one when it is the first of several that fail, and when it ends their row', () => {
    expect(byTheClock('FAILED', 'SUCCESS')).toBe(true);
    expect(byTheClock('FAILED', null)).toBe(true);
    expect(byTheClock('FAILED', 'FAILED')).toBe(false);
    expect(byTheClock('SUCCESS', 'FAILED')).toBe(true);
  });

  it('is none when it succeeds for the first time, or when a server that stops aborts it', () => {
    expect(byTheClock('SUCCESS', null)).toBe(false);
    expect(byTheClock('SUCCESS', 'ABORTED')).toBe(false);
    expect(byTheClock('ABORTED', 'SUCCESS')).toBe(false);
    expect(byTheClock('ABORTED', 'FAILED')).toBe(false);
  });
});
