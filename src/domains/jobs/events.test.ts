import { describe, expect, it } from 'vitest';
import { type JobOutcome, isNotable } from './events.ts';

function scheduled(outcome: JobOutcome, before: JobOutcome | null): boolean {
  return isNotable({ always: false, triggeredBy: null, cancelledBy: null, outcome, before });
}

describe('isNotable', () => {
  it('is true for a run that a user triggered or cancelled, and for each run of a job that declares it', () => {
    const run = {
      always: false,
      triggeredBy: null,
      cancelledBy: null,
      outcome: 'SUCCESS',
      before: 'SUCCESS',
    } as const;
    expect(isNotable({ ...run, triggeredBy: 'ann' })).toBe(true);
    expect(isNotable({ ...run, cancelledBy: 'ann', outcome: 'ABORTED' })).toBe(true);
    expect(isNotable({ ...run, always: true })).toBe(true);
    expect(isNotable(run)).toBe(false);
  });

  it('is true for the first of several failures, and for the success after them', () => {
    expect(scheduled('FAILED', 'SUCCESS')).toBe(true);
    expect(scheduled('FAILED', null)).toBe(true);
    expect(scheduled('FAILED', 'FAILED')).toBe(false);
    expect(scheduled('SUCCESS', 'FAILED')).toBe(true);
  });

  it('is false for the first success, and for a run that was aborted', () => {
    expect(scheduled('SUCCESS', null)).toBe(false);
    expect(scheduled('SUCCESS', 'ABORTED')).toBe(false);
    expect(scheduled('ABORTED', 'SUCCESS')).toBe(false);
    expect(scheduled('ABORTED', 'FAILED')).toBe(false);
  });
});
