import { every, latest } from '../../journal/topic.ts';

/**
 * A sample of the PostgreSQL database in which this server stores its data; the schema describes its fields. Null: the
 * value cannot be read. Ratios and sizes have at most 4 decimals, milliseconds at most 2. MB are 2^20 bytes, GB are 2^30
 * bytes.
 */
export interface DatabaseSample {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  readonly connection: {
    readonly activeConnectionCount: number | null;
    readonly idleConnectionCount: number | null;
    readonly connectionsMax: number | null;
    readonly poolUsedRatio: number | null;
  };
  readonly performance: {
    readonly activeQueryCount: number | null;
    readonly avgQueryTimeMs: number | null;
    readonly slowQueryCount: number | null;
    readonly slowQueryThresholdMs: number;
    readonly queryCacheHitRatio: number | null;
  };
  readonly storage: {
    readonly databaseSizeBytes: number | null;
    readonly indexesSizeBytes: number | null;
    /** Empty also if the sizes are unknown, and then `indexesSizeBytes` is null. */
    readonly tables: readonly TableSize[];
  };
  readonly health: {
    readonly status: DatabaseStatus;
    readonly responseTimeMs: number | null;
    readonly replicationLagMs: number | null;
    readonly backupStatus: BackupPayload['status'] | 'UNKNOWN';
    /** ISO 8601. */
    readonly lastBackupAt: string | null;
  };
}

export type DatabaseStatus = 'HEALTHY' | 'DEGRADED' | 'UNHEALTHY';

export interface TableSize {
  readonly tableName: string;
  readonly sizeBytes: number | null;
  readonly rowCount: number | null;
  /** ISO 8601. */
  readonly lastVacuumAt: string | null;
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
