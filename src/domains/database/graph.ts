import { builder } from '../../graph/builder.ts';
import {
  dateTime,
  exposedFields,
  int,
  listOf,
  nullable,
  of,
  payloadFields,
  string,
} from '../../graph/exposed-fields.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventType } from '../../graph/event.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { refuse, requirePast } from '../../graph/reported-values.ts';
import { backupReported, databaseKey, databaseSampled, type DatabaseSample } from './events.ts';

const DatabaseStatus = describedEnum('DatabaseStatus', 'How the database is.', {
  HEALTHY: 'It answers as it should.',
  DEGRADED: 'It answers in more than a second, is used above 95 %, or a replica lags above 10 seconds.',
  UNHEALTHY: 'It does not answer.',
});

const BackupStatus = describedEnum('BackupStatus', 'How the last backup went.', {
  COMPLETED: 'It is there.',
  FAILED: 'It went wrong, after the last one that did not.',
  PENDING: 'None is there yet.',
  UNKNOWN: 'Nothing is archived and nobody has reported one.',
});

const DatabaseConnections = builder.objectRef<DatabaseSample['connection']>('DatabaseConnections').implement({
  description: 'Client connections. Source: pg_stat_activity.',
  fields: (t) =>
    exposedFields(t, {
      activeConnections: nullable.int('Not idle; the sampler’s own counts as idle.'),
      idleConnections: nullable.int('Idle.'),
      maxConnections: nullable.int('max_connections.'),
      poolUtilization: nullable.float('(active + idle) / max, 0 to 1.'),
    }),
});

const DatabasePerformance = builder
  .objectRef<DatabaseSample['performance']>('DatabasePerformance')
  .implement({
    description: 'How fast it works.',
    fields: (t) =>
      exposedFields(t, {
        activeQueries: nullable.int('Statements running, the sampler’s own left out.'),
        avgQueryTimeMs: nullable.float(
          'Milliseconds. Source: pg_stat_statements since the sample before; without it this server’s own statements of the last 60 s.',
        ),
        slowQueriesCount: nullable.int('Statements running longer than the threshold.'),
        slowQueryThresholdMs: int('SLOW_QUERY_THRESHOLD_MS.'),
        queryCacheHitRate: nullable.float(
          'Blocks found in the buffer cache, 0 to 1. Source: pg_stat_database.',
        ),
      }),
  });

const TableSize = builder.objectRef<DatabaseSample['storage']['tables'][number]>('TableSize').implement({
  description: 'A table. Source: pg_stat_user_tables.',
  fields: (t) =>
    exposedFields(t, {
      tableName: string('With its schema unless that is public.'),
      sizeMb: nullable.float('With indexes and out-of-line values, MB of 2^20 bytes.'),
      rowCount: nullable.float('Live rows as PostgreSQL estimates them.'),
      lastVacuum: nullable.dateTime('The last vacuum, by hand or automatic.'),
    }),
});

const DatabaseStorage = builder.objectRef<DatabaseSample['storage']>('DatabaseStorage').implement({
  description: 'How much it holds. GB are 2^30 bytes. Read every 60 seconds.',
  fields: (t) =>
    exposedFields(t, {
      databaseSizeGb: nullable.float('pg_database_size.'),
      indexesSizeGb: nullable.float(
        'Indexes of user tables. In a database of more than 1,000 tables: as of their last vacuum or analyze.',
      ),
      tables: listOf(
        TableSize,
        'The 20 largest. In a database of more than 1,000 tables: by the statistics of the last vacuum or analyze.',
      ),
    }),
});

const DatabaseHealthType = builder.objectRef<DatabaseSample['health']>('DatabaseHealth').implement({
  description: 'How it is.',
  fields: (t) =>
    exposedFields(t, {
      status: of(DatabaseStatus, 'In one word.'),
      responseTimeMs: nullable.float('Milliseconds the sample took.'),
      replicationLagMs: nullable.float('The largest lag of a standby; null without one.'),
      backupStatus: of(BackupStatus, 'Source: pg_stat_archiver or a report, whichever is newer.'),
      lastBackup: nullable.dateTime('The last success.'),
    }),
});

const DatabaseMetrics = builder.objectRef<DatabaseSample>('DatabaseMetrics').implement({
  description: 'One sample of the PostgreSQL this server stores in.',
  fields: (t) =>
    exposedFields(t, {
      sampledAt: dateTime('When.'),
      connection: of(DatabaseConnections, 'Connections.'),
      performance: of(DatabasePerformance, 'Performance.'),
      storage: of(DatabaseStorage, 'Storage.'),
      health: of(DatabaseHealthType, 'Health.'),
    }),
});

gaugeSubscription('databaseMetrics', {
  type: DatabaseMetrics,
  topic: databaseSampled,
  description: 'Samples of the database, the newest at once.',
  keys: () => [databaseKey],
  everyMs: { defaultMs: 5_000, configured: 'databaseMetricsMs' },
  feature: 'FEATURE_DATABASE_MONITORING',
  query: {
    description: 'The newest sample, at most 2 seconds old; null while FEATURE_DATABASE_MONITORING is off.',
    maxAgeMs: 2_000,
    waitMs: 6_000,
  },
});

eventType('BackupEvent', backupReported, {
  kind: 'BACKUP',
  description: 'A backup of the database that somebody reported.',
  fields: (t) =>
    payloadFields(t, {
      status: of(BackupStatus, 'How it went.'),
      finishedAt: dateTime('When it ended.'),
    }),
});

producerEvent('backup', {
  description: 'A backup of the database.',
  at: 'When it is reported.',
  topic: backupReported,
  type: 'backupReported',
  fields: (t) => ({
    status: t.field({ type: BackupStatus, required: true, description: 'COMPLETED, FAILED or PENDING.' }),
    finishedAt: t.field({ type: 'DateTime', required: true, description: 'When it ended.' }),
  }),
  draft({ status, finishedAt }) {
    requirePast('finishedAt', finishedAt);
    return {
      key: databaseKey,
      payload: {
        status: status === 'UNKNOWN' ? refuse('status', 'COMPLETED, FAILED or PENDING') : status,
        finishedAt: finishedAt.toISOString(),
      },
    };
  },
});
