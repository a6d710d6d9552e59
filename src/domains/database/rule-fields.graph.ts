import { onlyItem, ruleFields } from '../../graph/rule-fields.ts';
import { databaseSampled } from './events.ts';

ruleFields('database', {
  topic: databaseSampled,
  everyMs: 15_000,
  items: onlyItem,
  fields: {
    'connection.activeConnectionCount': [null, 'Connections of the database that execute a statement.'],
    'connection.idleConnectionCount': [null, 'Connections of the database that wait for a statement.'],
    'connection.poolUsedRatio': ['ratio', 'Share of the connections of the database that are taken, 0 to 1.'],
    'performance.activeQueryCount': [null, 'Statements that the database executes.'],
    'performance.avgQueryTimeMs': ['ms', 'Mean time of a statement.'],
    'performance.slowQueryCount': [null, 'Statements that run for longer than SLOW_QUERY_THRESHOLD_MS.'],
    'performance.queryCacheHitRatio': ['ratio', 'Share of the blocks that were read from memory, 0 to 1.'],
    'storage.databaseSizeBytes': ['bytes', 'Size of the database.'],
    'storage.indexesSizeBytes': ['bytes', 'Size of the indexes.'],
    'health.responseTimeMs': ['ms', 'Time in which the database answered the last probe.'],
    'health.replicationLagMs': ['ms', 'How far the slowest replica is behind.'],
  },
});
