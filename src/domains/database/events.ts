import { every, latest } from '../../journal/topic.ts';

/**
 * One look at the PostgreSQL that this server stores in. Null is what could not be known; ratios are 0 to 1 with at
 * most 4 decimals, milliseconds have at most 2, sizes at most 4; MB = 2^20 and GB = 2^30 bytes.
 */
export interface DatabaseSample {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** Client backends of the whole server. Null where other accounts' sessions are hidden from ours. */
  readonly connection: {
    /** Not idle. The sampler's own counts as idle. */
    readonly activeConnections: number | null;
    readonly idleConnections: number | null;
    readonly maxConnections: number | null;
    readonly poolUtilization: number | null;
  };
  readonly performance: {
    /** Statements running, the sampler's own left out. */
    readonly activeQueries: number | null;
    /** Since the sample before; in the first sample since the statistics began. */
    readonly avgQueryTimeMs: number | null;
    /** Statements that have been running for longer than the threshold. */
    readonly slowQueriesCount: number | null;
    readonly slowQueryThresholdMs: number;
    /** Blocks found in PostgreSQL's own cache, as a share of all that were read. */
    readonly queryCacheHitRate: number | null;
  };
  readonly storage: {
    readonly databaseSizeGb: number | null;
    readonly indexesSizeGb: number | null;
    /** The largest, largest first; empty too when they cannot be known: then `indexesSizeGb` is null. */
    readonly tables: readonly TableSize[];
  };
  readonly health: {
    /** UNHEALTHY: it does not answer. */
    readonly status: DatabaseStatus;
    /** How long it took to answer, a wait for a free connection included. */
    readonly responseTimeMs: number | null;
    /** Null without standbys, and while there is nothing to replicate. */
    readonly replicationLagMs: number | null;
    readonly backupStatus: BackupPayload['status'] | 'UNKNOWN';
    /** ISO 8601: the last success. */
    readonly lastBackup: string | null;
  };
}

export type DatabaseStatus = 'HEALTHY' | 'DEGRADED' | 'UNHEALTHY';

export interface TableSize {
  /** With its schema unless that is `public`. */
  readonly tableName: string;
  /** With indexes and out-of-line values. */
  readonly sizeMb: number | null;
  /** As PostgreSQL estimates it. */
  readonly rowCount: number | null;
  /** ISO 8601: the last vacuum, by hand or automatic. */
  readonly lastVacuum: string | null;
}

/** A backup of the database that somebody reported. */
export interface BackupPayload {
  readonly status: 'COMPLETED' | 'FAILED' | 'PENDING';
  /** ISO 8601. */
  readonly finishedAt: string;
}

export const databaseSampled = latest<DatabaseSample>('database.sampled');
export const backupReported = every<BackupPayload>('database.backup');

/** The key of both: there is one database. */
export const databaseKey = 'primary';
