import { describe, expect, test } from 'vitest';
import { backup, meanSince, toSample, type ReportedBackups } from './figures.ts';
import type { Reading } from './reader.ts';

const none: ReportedBackups = { latest: null, lastSuccess: null };

function reported(status: 'COMPLETED' | 'FAILED' | 'PENDING', finishedAt: string): ReportedBackups {
  const latest = { status, finishedAt };
  return { latest, lastSuccess: status === 'COMPLETED' ? latest : null };
}

const reading: Reading = {
  responseTimeMs: 2.3456,
  activity: { active: 3, idle: 4, hidden: 0, queries: 2, max: 30 },
  slow: { count: 1, hidden: 0 },
  cache: { hit: 2, read: 1 },
  replication: { replayAgeMs: null, replayLagMs: null },
  archiver: { on: false, archivedAt: null, failedAt: null },
  size: { databaseBytes: 8_000_000 },
  tables: { indexBytes: 2 ** 29, largest: [] },
  meanQueryTimeMs: 1.23456,
};

function sampleOf(changes: Partial<Reading>) {
  return toSample(
    { ...reading, ...changes },
    {
      sampledAt: 7,
      slowQueryThresholdMs: 1000,
      reported: { latest: null, lastSuccess: null },
      ownMeanQueryTimeMs: 9.999,
    },
  );
}

describe('a sample', () => {
  test('has ratios and sizes with 4 decimals, and milliseconds with 2', () => {
    expect(sampleOf({})).toEqual({
      sampledAt: 7,
      connection: { activeConnections: 3, idleConnections: 4, maxConnections: 30, poolUtilization: 0.2333 },
      performance: {
        activeQueries: 2,
        avgQueryTimeMs: 1.23,
        slowQueriesCount: 1,
        slowQueryThresholdMs: 1000,
        queryCacheHitRate: 0.6667,
      },
      storage: { databaseSizeGb: 0.0075, indexesSizeGb: 0.5, tables: [] },
      health: {
        status: 'HEALTHY',
        responseTimeMs: 2.35,
        replicationLagMs: null,
        backupStatus: 'UNKNOWN',
        lastBackup: null,
      },
    });
  });

  test('counts no sessions where some are hidden, but knows how full the server is', () => {
    const { connection, performance } = sampleOf({
      activity: { active: 1, idle: 1, hidden: 13, queries: 1, max: 30 },
      slow: { count: 0, hidden: 13 },
    });
    expect(connection).toEqual({
      activeConnections: null,
      idleConnections: null,
      maxConnections: 30,
      poolUtilization: 0.5,
    });
    expect(performance).toMatchObject({ activeQueries: null, slowQueriesCount: null });
  });

  test.each<[string, Partial<Reading>]>([
    ['takes more than a second to answer', { responseTimeMs: 1000.5 }],
    ['has hardly a connection left', { activity: { active: 20, idle: 9, hidden: 0, queries: 2, max: 30 } }],
    ['has a standby far behind', { replication: { replayAgeMs: null, replayLagMs: 10_001 } }],
    ['is a standby far behind', { replication: { replayAgeMs: 10_001, replayLagMs: null } }],
  ])('of a database that %s is degraded', (_name, changes) => {
    expect(sampleOf(changes).health.status).toBe('DEGRADED');
  });

  test('takes the mean of our own statements only where PostgreSQL keeps none', () => {
    expect(sampleOf({ meanQueryTimeMs: undefined }).performance.avgQueryTimeMs).toBe(10);
    expect(sampleOf({ meanQueryTimeMs: null }).performance.avgQueryTimeMs).toBeNull();
  });

  test('names tables with their schema unless that is public', () => {
    const { tables } = sampleOf({
      tables: {
        indexBytes: 0,
        largest: [
          { schema: 'public', name: 'a', bytes: 2 ** 21, rows: 5, vacuumedAt: 0 },
          { schema: 's', name: 'b', bytes: null, rows: 0, vacuumedAt: null },
        ],
      },
    }).storage;
    expect(tables).toEqual([
      { tableName: 'a', sizeMb: 2, rowCount: 5, lastVacuum: '1970-01-01T00:00:00.000Z' },
      { tableName: 's.b', sizeMb: null, rowCount: 0, lastVacuum: null },
    ]);
  });
});

describe('the mean time of a query', () => {
  test('is that of the statements since the sample before', () => {
    expect(meanSince({ calls: 10, totalMs: 100 }, { calls: 14, totalMs: 102 })).toBe(0.5);
  });

  test('is that of all statements at first, and after the statistics were reset', () => {
    expect(meanSince(null, { calls: 4, totalMs: 100 })).toBe(25);
    expect(meanSince({ calls: 10, totalMs: 100 }, { calls: 4, totalMs: 8 })).toBe(2);
  });

  test('is unknown when nothing ran', () => {
    expect(meanSince({ calls: 4, totalMs: 8 }, { calls: 4, totalMs: 8 })).toBeNull();
  });
});

describe('the backup', () => {
  const archive = (archivedAt: number | null, failedAt: number | null) => ({
    on: true,
    archivedAt,
    failedAt,
  });
  const early = '1970-01-01T00:00:01.000Z';
  const late = '1970-01-01T00:00:05.000Z';

  test('is unknown without an archiver and without a report', () => {
    expect(backup({ on: false, archivedAt: 1000, failedAt: null }, none)).toEqual({
      backupStatus: 'UNKNOWN',
      lastBackup: null,
    });
    expect(backup(null, none).backupStatus).toBe('UNKNOWN');
  });

  test('is as the archiver says', () => {
    expect(backup(archive(null, null), none)).toEqual({ backupStatus: 'PENDING', lastBackup: null });
    expect(backup(archive(null, 1), none)).toEqual({ backupStatus: 'FAILED', lastBackup: null });
    expect(backup(archive(1000, 2000), none)).toEqual({ backupStatus: 'FAILED', lastBackup: early });
    expect(backup(archive(5000, 2000), none)).toEqual({ backupStatus: 'COMPLETED', lastBackup: late });
  });

  test('is as reported when the report is newer', () => {
    expect(backup(archive(1000, null), reported('FAILED', late))).toEqual({
      backupStatus: 'FAILED',
      lastBackup: early,
    });
    expect(backup(archive(null, null), reported('COMPLETED', early))).toEqual({
      backupStatus: 'COMPLETED',
      lastBackup: early,
    });
  });

  test('remembers the last success behind a newer failure', () => {
    const failedLater: ReportedBackups = {
      latest: { status: 'FAILED', finishedAt: late },
      lastSuccess: { status: 'COMPLETED', finishedAt: early },
    };
    expect(backup(null, failedLater)).toEqual({ backupStatus: 'FAILED', lastBackup: early });
  });

  test('is as the archiver says when that is newer, with the last success of both', () => {
    expect(backup(archive(null, 5000), reported('COMPLETED', early))).toEqual({
      backupStatus: 'FAILED',
      lastBackup: early,
    });
  });
});
