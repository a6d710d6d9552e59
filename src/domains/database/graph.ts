import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventType } from '../../graph/event.ts';
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
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { rejectField, requirePast } from '../../graph/reported-values.ts';
import {
  backupReported,
  databaseKey,
  databaseSampled,
  type DatabaseSample,
  type TableSize as TableSizeRecord,
} from './events.ts';

const DatabaseStatus = describedEnum(
  'DatabaseStatus',
  'Health of the database by its response and its load.',
  {
    HEALTHY: 'The database responds, and no limit of DEGRADED is exceeded.',
    DEGRADED:
      'Response time above 1 second, more than 95 % of the connections used, or replication lag above 10 s.',
    UNHEALTHY: 'The database does not respond.',
  },
);

const BackupStatus = describedEnum('BackupStatus', 'Status of the last backup.', {
  COMPLETED: 'The last backup succeeded.',
  FAILED: 'The last backup failed.',
  PENDING: 'There is no backup yet.',
  UNKNOWN: 'Archiving is off, and no producer has reported a backup.',
});

const DatabaseConnections = builder.objectRef<DatabaseSample['connection']>('DatabaseConnections').implement({
  description:
    'Client connections of the PostgreSQL server. Source: pg_stat_activity. Counts are null if the account of this ' +
    'server cannot see the sessions of other accounts.',
  fields: (t) =>
    exposedFields(t, {
      activeConnectionCount: nullable.int(
        'Number of connections in use. The connection of the sample counts as idle.',
      ),
      idleConnectionCount: nullable.int('Number of connections that wait for a statement.'),
      connectionsMax: nullable.int('Maximum number of connections: the setting `max_connections`.'),
      poolUsedRatio: nullable.float('Ratio of used connections to the maximum, 0 to 1.'),
    }),
});

const DatabasePerformance = builder
  .objectRef<DatabaseSample['performance']>('DatabasePerformance')
  .implement({
    description:
      'Statements and cache usage of the PostgreSQL server. Source: pg_stat_activity, pg_stat_database. Counts are null ' +
      'if the account of this server cannot see the sessions of other accounts.',
    fields: (t) =>
      exposedFields(t, {
        activeQueryCount: nullable.int('Number of running statements, without those that take the sample.'),
        avgQueryTimeMs: nullable.float(
          'Mean duration of the statements since the previous sample, in milliseconds. Source: pg_stat_statements, or ' +
            'without that extension the statements of this server in the last 60 seconds. Null without statements.',
        ),
        slowQueryCount: nullable.int('Number of running statements that exceed the threshold.'),
        slowQueryThresholdMs: int('Duration of a slow statement, in milliseconds (SLOW_QUERY_THRESHOLD_MS).'),
        queryCacheHitRatio: nullable.float(
          'Ratio of read blocks that were found in the buffer cache, 0 to 1.',
        ),
      }),
  });

const TableSize = builder.objectRef<TableSizeRecord>('TableSize').implement({
  description: 'Size of a table. Source: pg_stat_user_tables.',
  fields: (t) =>
    exposedFields(t, {
      tableName: string('Name of the table, with its schema unless that is `public`.'),
      sizeBytes: nullable.safeInt('Size with indexes and TOAST, in bytes. Null while the table is locked.'),
      rowCount: nullable.safeInt('Estimated number of live rows.'),
      lastVacuumAt: nullable.dateTime('Time of the last manual or automatic vacuum. Null before the first.'),
    }),
});

const DatabaseStorage = builder.objectRef<DatabaseSample['storage']>('DatabaseStorage').implement({
  description: 'Sizes in the database. Read every 60 seconds. Null values cannot be read.',
  fields: (t) =>
    exposedFields(t, {
      databaseSizeBytes: nullable.safeInt('Size of the database, in bytes. Source: pg_database_size.'),
      indexesSizeBytes: nullable.safeInt(
        'Size of all indexes of user tables, in bytes. In a database with more than 1,000 tables, the size ' +
          'at the last vacuum or analyze.',
      ),
      tables: listOf(
        TableSize,
        'The 20 largest tables in descending order. In a database with more than 1,000 tables, the largest at the last ' +
          'vacuum or analyze.',
      ),
    }),
});

const DatabaseHealth = builder.objectRef<DatabaseSample['health']>('DatabaseHealth').implement({
  description: 'Health of the database and its backups.',
  fields: (t) =>
    exposedFields(t, {
      status: of(DatabaseStatus, 'Status by response time, connections and replication lag.'),
      responseTimeMs: nullable.float('Response time in milliseconds. Null without a response.'),
      replicationLagMs: nullable.float(
        'Largest replication lag of a standby, in milliseconds; on a standby its own. Null without replication.',
      ),
      backupStatus: of(
        BackupStatus,
        'Status of the last backup, from pg_stat_archiver or the newest report.',
      ),
      lastBackupAt: nullable.dateTime('Time of the last successful backup. Null if none is known.'),
    }),
});

const DatabaseMetrics = builder.objectRef<DatabaseSample>('DatabaseMetrics').implement({
  description: 'A sample of the PostgreSQL database in which this server stores its data.',
  fields: (t) =>
    exposedFields(t, {
      sampledAt: dateTime('Time of the sample.'),
      connection: of(DatabaseConnections, 'Client connections of the PostgreSQL server.'),
      performance: of(DatabasePerformance, 'Statements and cache usage.'),
      storage: of(DatabaseStorage, 'Sizes of the database, its indexes and its largest tables.'),
      health: of(DatabaseHealth, 'Status, response time and backups.'),
    }),
});

gaugeSubscription('databaseMetrics', {
  type: DatabaseMetrics,
  topic: databaseSampled,
  description: 'Samples of the database.',
  keys: () => [databaseKey],
  everyMs: { defaultMs: 5_000, configured: 'databaseMetricsMs' },
  feature: 'FEATURE_DATABASE_MONITORING',
  query: {
    description:
      'Returns the newest sample, at most 2 seconds old. Null while FEATURE_DATABASE_MONITORING is off.',
    maxAgeMs: 2_000,
    waitMs: 6_000,
  },
});

eventType('BackupEvent', backupReported, {
  kind: 'BACKUP',
  description: 'A backup of the database. Source: the producer event `backup`.',
  fields: (t) => ({
    backupStatus: t.field({
      type: BackupStatus,
      description: 'Result of the backup.',
      resolve: ({ payload }) => payload.status,
    }),
    ...payloadFields(t, { finishedAt: dateTime('Time when the backup ended.') }),
  }),
});

producerEvent('backup', {
  description: 'A backup of the database.',
  instant: { description: 'Time of the report.' },
  topic: backupReported,
  type: 'backupReported',
  fields: (t) => ({
    backupStatus: t.field({
      type: BackupStatus,
      required: true,
      description: 'COMPLETED, FAILED or PENDING.',
    }),
    finishedAt: t.field({ type: 'DateTime', required: true, description: 'Time when the backup ended.' }),
  }),
  draft({ backupStatus: status, finishedAt }) {
    requirePast('finishedAt', finishedAt);
    return {
      key: databaseKey,
      payload: {
        status: status === 'UNKNOWN' ? rejectField('backupStatus', 'COMPLETED, FAILED or PENDING') : status,
        finishedAt: finishedAt.toISOString(),
      },
    };
  },
});
