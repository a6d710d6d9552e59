import { describe, expect, test } from 'vitest';
import { saysMoreThanName } from './description-rule.ts';

describe('saysMoreThanName', () => {
  test.each([
    ['Job.name', 'The name.'],
    ['Job.name', 'The name of the job.'],
    ['Job.lastRuns', 'Its last run.'],
    ['Query.jobs(first)', 'The first of the jobs.'],
    ['TokenKind.SESSION', 'A session.'],
    ['Subscription.jobEvents', 'EVERY. Job events. Needs `read`.'],
    ['Job.name', ''],
  ])('rejects a description that repeats the name: %s: %s', (path, description) => {
    expect(saysMoreThanName(path, description)).toBe(false);
  });

  test.each([
    ['Job.name', 'Shown to people.'],
    ['Job.finishedAt', 'When the last run ended; null before the first one.'],
    ['DiskUsage.usedGib', 'Disk space used, in GiB.'],
    ['Subscription.jobEvents', 'EVERY. Runs that started or ended. Needs `read`.'],
  ])('accepts a description that adds to the name: %s: %s', (path, description) => {
    expect(saysMoreThanName(path, description)).toBe(true);
  });
});
