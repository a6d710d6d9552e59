import { every, latest } from '../../journal/topic.ts';

/**
 * A sample of the PostgreSQL database in which this server stores its data. Null: the value cannot be read. Ratios are 0
 * to 1 with at most 4 decimals; milliseconds have at most 2 decimals, sizes at most 4. MB are 2^20 bytes, GB are 2^30
 * bytes.
 */
export interface DatabaseSample {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** Client connections of the whole PostgreSQL server. Counts are null if our account cannot see all sessions. */
  readonly connection: {
    /** Not idle. The session that takes the sample counts as idle. */
    readonly activeConnections: number | null;
    readonly idleConnections: number | null;
    readonly maxConnections: number | null;
    readonly poolUtilization: number | null;
  };
  readonly performance: {
    /** Running statements, without those that take the sample. */
    readonly activeQueries: number | null;
    /** Mean since the previous sample; in the first sample since the start of the statistics. */
    readonly avgQueryTimeMs: number | null;
    /** Running statements that exceed the threshold. */
    readonly slowQueriesCount: number | null;
    readonly slowQueryThresholdMs: number;
    /** Share of the read blocks that were found in PostgreSQL's buffer cache. */
    readonly queryCacheHitRate: number | null;
  };
  readonly storage: {
    readonly databaseSizeGb: number | null;
    readonly indexesSizeGb: number | null;
    /** The largest tables in descending order; empty if the sizes are unknown, and then `indexesSizeGb` is null. */
    readonly tables: readonly TableSize[];
  };
  readonly health: {
    /** UNHEALTHY: the database does not respond. */
    readonly status: DatabaseStatus;
    /** Including the wait for a free connection. */
    readonly responseTimeMs: number | null;
    /** Null without standbys, and while there is nothing to replicate. */
    readonly replicationLagMs: number | null;
    readonly backupStatus: BackupPayload['status'] | 'UNKNOWN';
    /** The last successful backup, ISO 8601. */
    readonly lastBackup: string | null;
  };
}

export type DatabaseStatus = 'HEALTHY' | 'DEGRADED' | 'UNHEALTHY';

export interface TableSize {
  /** With the schema, unless that is `public`. */
  readonly tableName: string;
  /** With indexes and out-of-line values (TOAST). */
  readonly sizeMb: number | null;
  /** PostgreSQL's estimate. */
  readonly rowCount: number | null;
  /** The last manual or automatic vacuum, ISO 8601. */
  readonly lastVacuum: string | null;
}

/** A backup of the database as a producer reported it. */
export interface BackupPayload {
  readonly status: 'COMPLETED' | 'FAILED' | 'PENDING';
  /** ISO 8601. */
  readonly finishedAt: string;
}

export const databaseSampled = latest<DatabaseSample>('database.sampled');
export const backupReported = every<BackupPayload>('database.backup');

/** The key of both topics: there is one database. */
export const databaseKey = 'primary';
