import { describe, expect, it } from 'vitest';
import { firstDue, nextDue, triggerText } from './schedule.ts';

const nightly = { cron: '0 3 * * *' };

function local(text: string): number {
  return new Date(text).getTime(); // without a zone: local time
}

describe('the due time of a job', () => {
  it('is the next time of its crontab, in local time', () => {
    expect(firstDue(nightly, local('2026-11-21T02:59:59.300'))).toBe(local('2026-11-21T03:00:00'));
    expect(firstDue(nightly, local('2026-11-21T03:00:00.000'))).toBe(local('2026-11-22T03:00:00'));
  });

  it('is once for all missed times of a crontab', () => {
    const due = local('2026-11-21T03:00:00');
    expect(nextDue(nightly, due, due)).toBe(local('2026-11-22T03:00:00'));
    expect(nextDue(nightly, due, due - 20)).toBe(local('2026-11-22T03:00:00'));
    expect(nextDue(nightly, due, local('2026-11-24T12:00:00'))).toBe(local('2026-11-25T03:00:00'));
  });

  it('is after the initial delay of an interval, by default one interval', () => {
    expect(firstDue({ everyMs: 60_000 }, 1_000)).toBe(61_000);
    expect(firstDue({ everyMs: 60_000, firstAfterMs: 0 }, 1_000)).toBe(1_000);
  });

  it('stays aligned to the interval, however late a run starts', () => {
    const trigger = { everyMs: 100 };
    expect(nextDue(trigger, 1_000, 1_003)).toBe(1_100);
    expect(nextDue(trigger, 1_000, 1_100)).toBe(1_200);
    expect(nextDue(trigger, 1_000, 1_250)).toBe(1_300);
  });

  it('has a description', () => {
    expect(triggerText(nightly)).toBe('cron 0 3 * * *');
    expect(triggerText({ everyMs: 300_000 })).toBe('every 5 min');
    expect(triggerText({ everyMs: 90_000 })).toBe('every 90 s');
    expect(triggerText({ everyMs: 250 })).toBe('every 250 ms');
  });

  it('is rejected for an invalid pattern', () => {
    expect(() => firstDue({ cron: 'at night' }, 0)).toThrow('at night');
  });
});
