import { describe, expect, test } from 'vitest';
import { backupHealth, noBackups, withBackup, type ReportedBackups } from './backups.ts';
import type { BackupPayload } from './events.ts';

function reported(status: BackupPayload['status'], finishedAt: string): ReportedBackups {
  return withBackup(noBackups, { status, finishedAt });
}

test('withBackup ignores a report that is older than the known ones', () => {
  const failed = { status: 'FAILED', finishedAt: '2026-01-02T00:00:00.000Z' } as const;
  const succeeded = { status: 'COMPLETED', finishedAt: '2026-01-01T00:00:00.000Z' } as const;
  const both = { latest: failed, lastSuccess: succeeded };
  expect([failed, succeeded].reduce(withBackup, noBackups)).toEqual(both);
  expect([succeeded, failed].reduce(withBackup, noBackups)).toEqual(both);
});

describe('backupHealth', () => {
  const archive = (archivedAt: number | null, failedAt: number | null) => ({
    on: true,
    archivedAt,
    failedAt,
  });
  const early = '1970-01-01T00:00:01.000Z';
  const late = '1970-01-01T00:00:05.000Z';

  test('is UNKNOWN without an archiver and without a report', () => {
    expect(backupHealth({ on: false, archivedAt: 1000, failedAt: null }, noBackups)).toEqual({
      backupStatus: 'UNKNOWN',
      lastBackupAt: null,
    });
    expect(backupHealth(null, noBackups).backupStatus).toBe('UNKNOWN');
  });

  test('is the status of the archiver without a report', () => {
    expect(backupHealth(archive(null, null), noBackups)).toEqual({
      backupStatus: 'PENDING',
      lastBackupAt: null,
    });
    expect(backupHealth(archive(null, 1), noBackups)).toEqual({ backupStatus: 'FAILED', lastBackupAt: null });
    expect(backupHealth(archive(1000, 2000), noBackups)).toEqual({
      backupStatus: 'FAILED',
      lastBackupAt: early,
    });
    expect(backupHealth(archive(5000, 2000), noBackups)).toEqual({
      backupStatus: 'COMPLETED',
      lastBackupAt: late,
    });
  });

  test('is the reported status if the report is newer', () => {
    expect(backupHealth(archive(1000, null), reported('FAILED', late))).toEqual({
      backupStatus: 'FAILED',
      lastBackupAt: early,
    });
    expect(backupHealth(archive(null, null), reported('COMPLETED', early))).toEqual({
      backupStatus: 'COMPLETED',
      lastBackupAt: early,
    });
  });

  test('contains the last successful backup before a newer failure', () => {
    const failedLater = withBackup(reported('COMPLETED', early), { status: 'FAILED', finishedAt: late });
    expect(backupHealth(null, failedLater)).toEqual({ backupStatus: 'FAILED', lastBackupAt: early });
  });

  test('is the status of the archiver if that is newer, with the last success of both', () => {
    expect(backupHealth(archive(null, 5000), reported('COMPLETED', early))).toEqual({
      backupStatus: 'FAILED',
      lastBackupAt: early,
    });
  });
});
