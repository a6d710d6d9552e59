import { largest } from '../../lib/extremes.ts';
import { round } from '../../lib/round.ts';
import type { BackupPayload, DatabaseSample, DatabaseStatus, TableSize } from './events.ts';
import type { Reading } from './reader.ts';
import type { Answers } from './statements.ts';

/** What pg_stat_statements has counted. */
export interface Totals {
  readonly calls: number;
  readonly totalMs: number;
}

const MB = 2 ** 20;
const GB = 2 ** 30;
const SLOW_ANSWER_MS = 1_000;
const FULL_UTILIZATION = 0.95;
const LONG_LAG_MS = 10_000;

/** The sample that a reading makes; `reading` null: the database did not answer. */
export function toSample(
  reading: Reading | null,
  known: {
    readonly sampledAt: number;
    readonly slowQueryThresholdMs: number;
    readonly reported: ReportedBackups;
    /** The mean duration of this server's own statements. */
    readonly ownMeanQueryTimeMs: number | null;
  },
): DatabaseSample {
  const activity = reading?.activity ?? null;
  const utilization =
    activity === null ? null : ratio(activity.active + activity.idle + activity.hidden, activity.max);
  const visible = activity?.hidden === 0 ? activity : null;
  const slow = reading?.slow?.hidden === 0 ? reading.slow : null;
  const databaseBytes = reading?.size?.databaseBytes ?? null;
  const indexBytes = reading?.tables?.indexBytes ?? null;
  const lagMs = reading?.replication?.replayAgeMs ?? reading?.replication?.replayLagMs ?? null;
  const meanMs = reading?.meanQueryTimeMs === undefined ? known.ownMeanQueryTimeMs : reading.meanQueryTimeMs;
  return {
    sampledAt: known.sampledAt,
    connection: {
      activeConnections: visible?.active ?? null,
      idleConnections: visible?.idle ?? null,
      maxConnections: activity?.max ?? null,
      poolUtilization: rounded(utilization, 4),
    },
    performance: {
      activeQueries: visible?.queries ?? null,
      avgQueryTimeMs: reading === null ? null : rounded(meanMs, 2),
      slowQueriesCount: slow?.count ?? null,
      slowQueryThresholdMs: known.slowQueryThresholdMs,
      queryCacheHitRate: rounded(hitRate(reading?.cache ?? null), 4),
    },
    storage: {
      databaseSizeGb: databaseBytes === null ? null : round(databaseBytes / GB, 4),
      indexesSizeGb: indexBytes === null ? null : round(indexBytes / GB, 4),
      tables: (reading?.tables?.largest ?? []).map(toTable),
    },
    health: {
      status: statusOf(reading, utilization, lagMs),
      responseTimeMs: rounded(reading?.responseTimeMs ?? null, 2),
      replicationLagMs: rounded(lagMs, 2),
      ...backup(reading?.archiver ?? null, known.reported),
    },
  };
}

/** Of the statements since `before`; of all when nothing was counted before or counting began anew. Null: of none. */
export function meanSince(before: Totals | null, now: Totals): number | null {
  const base =
    before !== null && before.calls <= now.calls && before.totalMs <= now.totalMs
      ? before
      : { calls: 0, totalMs: 0 };
  return ratio(now.totalMs - base.totalMs, now.calls - base.calls);
}

/** What producers reported; each is null when there is none. */
export interface ReportedBackups {
  readonly latest: BackupPayload | null;
  readonly lastSuccess: BackupPayload | null;
}

/** What the archiver says or what was reported, whichever is newer; the last success is the newer one of both. */
export function backup(
  archiver: Answers['archiver'] | null,
  { latest: reported, lastSuccess }: ReportedBackups,
): Pick<DatabaseSample['health'], 'backupStatus' | 'lastBackup'> {
  const archive = archiver?.on === true ? archiver : null;
  const archivedAt = archive?.archivedAt ?? null;
  const failedAt = archive?.failedAt ?? null;
  const archiveAt = Math.max(archivedAt ?? Number.NEGATIVE_INFINITY, failedAt ?? Number.NEGATIVE_INFINITY);
  const reportedAt = reported === null ? null : Date.parse(reported.finishedAt);
  const successes = [archivedAt, lastSuccess === null ? null : Date.parse(lastSuccess.finishedAt)].filter(
    (at) => at !== null,
  );
  let backupStatus: DatabaseSample['health']['backupStatus'] = 'UNKNOWN';
  if (reported !== null && reportedAt !== null && reportedAt >= archiveAt) backupStatus = reported.status;
  else if (archive !== null) backupStatus = archiveStatus(archivedAt, failedAt);
  const last = largest(successes);
  return { backupStatus, lastBackup: last === null ? null : iso(last) };
}

function archiveStatus(archivedAt: number | null, failedAt: number | null): BackupPayload['status'] {
  if (failedAt !== null && (archivedAt === null || failedAt > archivedAt)) return 'FAILED';
  return archivedAt === null ? 'PENDING' : 'COMPLETED';
}

function statusOf(reading: Reading | null, utilization: number | null, lagMs: number | null): DatabaseStatus {
  if (reading === null) return 'UNHEALTHY';
  const degraded =
    reading.responseTimeMs > SLOW_ANSWER_MS ||
    (utilization ?? 0) > FULL_UTILIZATION ||
    (lagMs ?? 0) > LONG_LAG_MS;
  return degraded ? 'DEGRADED' : 'HEALTHY';
}

function toTable(table: Answers['tables']['largest'][number]): TableSize {
  return {
    tableName: table.schema === 'public' ? table.name : `${table.schema}.${table.name}`,
    sizeMb: table.bytes === null ? null : round(table.bytes / MB, 4),
    rowCount: table.rows,
    lastVacuum: table.vacuumedAt === null ? null : iso(table.vacuumedAt),
  };
}

function hitRate(cache: Answers['cache'] | null): number | null {
  return cache === null ? null : ratio(cache.hit, cache.hit + cache.read);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function rounded(value: number | null, decimals: number): number | null {
  return value === null ? null : round(value, decimals);
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
