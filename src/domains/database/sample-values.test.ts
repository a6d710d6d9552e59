import { describe, expect, test } from 'vitest';
import { noBackups } from './backups.ts';
import type { DatabaseReading } from './reader.ts';
import { toSample } from './sample-values.ts';

const reading: DatabaseReading = {
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

function sampleOf(changes: Partial<DatabaseReading>) {
  return toSample(
    { ...reading, ...changes },
    { sampledAt: 7, slowQueryThresholdMs: 1000, reported: noBackups, ownMeanQueryTimeMs: 9.999 },
  );
}

describe('toSample', () => {
  test('rounds ratios to 4 decimals and milliseconds to 2, and has sizes in bytes', () => {
    expect(sampleOf({})).toEqual({
      sampledAt: 7,
      connection: {
        activeConnectionCount: 3,
        idleConnectionCount: 4,
        connectionsMax: 30,
        poolUsedRatio: 0.2333,
      },
      performance: {
        activeQueryCount: 2,
        avgQueryTimeMs: 1.23,
        slowQueryCount: 1,
        slowQueryThresholdMs: 1000,
        queryCacheHitRatio: 0.6667,
      },
      storage: { databaseSizeBytes: 8_000_000, indexesSizeBytes: 2 ** 29, tables: [] },
      health: {
        status: 'HEALTHY',
        responseTimeMs: 2.35,
        replicationLagMs: null,
        backupStatus: 'UNKNOWN',
        lastBackupAt: null,
      },
    });
  });

  test('returns null for counts of sessions if some are hidden, but the utilization', () => {
    const { connection, performance } = sampleOf({
      activity: { active: 1, idle: 1, hidden: 13, queries: 1, max: 30 },
      slow: { count: 0, hidden: 13 },
    });
    expect(connection).toEqual({
      activeConnectionCount: null,
      idleConnectionCount: null,
      connectionsMax: 30,
      poolUsedRatio: 0.5,
    });
    expect(performance).toMatchObject({ activeQueryCount: null, slowQueryCount: null });
  });

  test.each<[string, Partial<DatabaseReading>]>([
    ['responds after more than a second', { responseTimeMs: 1000.5 }],
    [
      'uses more than 95 % of its connections',
      { activity: { active: 20, idle: 9, hidden: 0, queries: 2, max: 30 } },
    ],
    [
      'has a standby that lags by more than 10 s',
      { replication: { replayAgeMs: null, replayLagMs: 10_001 } },
    ],
    ['is a standby that lags by more than 10 s', { replication: { replayAgeMs: 10_001, replayLagMs: null } }],
  ])('is DEGRADED for a database that %s', (_name, changes) => {
    expect(sampleOf(changes).health.status).toBe('DEGRADED');
  });

  test('uses the mean of the statements of this server only without pg_stat_statements', () => {
    expect(sampleOf({ meanQueryTimeMs: undefined }).performance.avgQueryTimeMs).toBe(10);
    expect(sampleOf({ meanQueryTimeMs: null }).performance.avgQueryTimeMs).toBeNull();
  });

  test('prefixes tables with their schema, unless that is public', () => {
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
      { tableName: 'a', sizeBytes: 2 ** 21, rowCount: 5, lastVacuumAt: '1970-01-01T00:00:00.000Z' },
      { tableName: 's.b', sizeBytes: null, rowCount: 0, lastVacuumAt: null },
    ]);
  });
});
