import { round } from '../../lib/round.ts';
import { backupHealth, type ReportedBackups } from './backups.ts';
import type { DatabaseSample, DatabaseStatus, TableSize } from './events.ts';
import type { DatabaseReading } from './reader.ts';
import type { StatementResults } from './statements.ts';

/** A database is degraded beyond these. */
const responseTimeMaxMs = 1_000;
const utilizationMax = 0.95;
const replicationLagMaxMs = 10_000;

export interface SampleContext {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  readonly slowQueryThresholdMs: number;
  readonly reported: ReportedBackups;
  /** The mean duration of this server's own statements; null without statements. */
  readonly ownMeanQueryTimeMs: number | null;
}

/** @param reading null: the database did not respond. */
export function toSample(reading: DatabaseReading | null, context: SampleContext): DatabaseSample {
  const activity = reading?.activity ?? null;
  const utilization =
    activity === null ? null : ratio(activity.active + activity.idle + activity.hidden, activity.max);
  const visible = activity?.hidden === 0 ? activity : null;
  const lagMs = reading?.replication?.replayAgeMs ?? reading?.replication?.replayLagMs ?? null;
  const cache = reading?.cache ?? null;
  const meanMs =
    reading?.meanQueryTimeMs === undefined ? context.ownMeanQueryTimeMs : reading.meanQueryTimeMs;
  return {
    sampledAt: context.sampledAt,
    connection: {
      activeConnectionCount: visible?.active ?? null,
      idleConnectionCount: visible?.idle ?? null,
      connectionsMax: activity?.max ?? null,
      poolUsedRatio: rounded(utilization, 4),
    },
    performance: {
      activeQueryCount: visible?.queries ?? null,
      avgQueryTimeMs: reading === null ? null : rounded(meanMs, 2),
      slowQueryCount: reading?.slow?.hidden === 0 ? reading.slow.count : null,
      slowQueryThresholdMs: context.slowQueryThresholdMs,
      queryCacheHitRatio: rounded(cache && ratio(cache.hit, cache.hit + cache.read), 4),
    },
    storage: {
      databaseSizeBytes: reading?.size?.databaseBytes ?? null,
      indexesSizeBytes: reading?.tables?.indexBytes ?? null,
      tables: (reading?.tables?.largest ?? []).map(toTable),
    },
    health: {
      status: statusOf(reading, utilization, lagMs),
      responseTimeMs: rounded(reading?.responseTimeMs ?? null, 2),
      replicationLagMs: rounded(lagMs, 2),
      ...backupHealth(reading?.archiver ?? null, context.reported),
    },
  };
}

function statusOf(
  reading: DatabaseReading | null,
  utilization: number | null,
  lagMs: number | null,
): DatabaseStatus {
  if (reading === null) return 'UNHEALTHY';
  const isDegraded =
    reading.responseTimeMs > responseTimeMaxMs ||
    (utilization ?? 0) > utilizationMax ||
    (lagMs ?? 0) > replicationLagMaxMs;
  return isDegraded ? 'DEGRADED' : 'HEALTHY';
}

function toTable(table: StatementResults['tables']['largest'][number]): TableSize {
  return {
    tableName: table.schema === 'public' ? table.name : `${table.schema}.${table.name}`,
    sizeBytes: table.bytes,
    rowCount: table.rows,
    lastVacuumAt: table.vacuumedAt === null ? null : new Date(table.vacuumedAt).toISOString(),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function rounded(value: number | null, decimals: number): number | null {
  return value === null ? null : round(value, decimals);
}
