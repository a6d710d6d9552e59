import type { Instance, NewsCarrier } from './server-stats.ts';
import type { Kysely } from 'kysely';
import type { ConfiguredAccess } from '../auth/configured-access.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { FaultReason } from '../db/database-fault.ts';
import type { Database } from '../db/database.ts';
import type { GaugeRecorder } from '../journal/gauge-recorder.ts';
import type { DurableLog, Journal } from '../journal/journal.ts';

/**
 * The context of resolvers. A query or mutation has one context. A subscription has a new context per entry, so that
 * values that a loader has read are not reused for later entries.
 */
export interface GraphContext {
  readonly viewer: Viewer;
  readonly journal: Journal & { readonly log: DurableLog; readonly recorder: GaugeRecorder };
  readonly db: Kysely<Database>;
  readonly serverInfo: ServerInfo;
}

export interface RequestContextOptions extends Pick<GraphContext, 'viewer' | 'journal' | 'serverInfo'> {
  /** Opens the database for this request, with the limits of a request. */
  readonly openDb: () => Kysely<Database>;
}

/** The context of one request or entry. The database is opened when a resolver first reads `db`. */
export class RequestContext implements GraphContext {
  readonly viewer: Viewer;
  readonly journal: GraphContext['journal'];
  readonly serverInfo: ServerInfo;
  readonly #openDb: () => Kysely<Database>;
  #db: Kysely<Database> | null = null;

  constructor({ viewer, journal, serverInfo, openDb }: RequestContextOptions) {
    this.viewer = viewer;
    this.journal = journal;
    this.serverInfo = serverInfo;
    this.#openDb = openDb;
  }

  get db(): Kysely<Database> {
    return (this.#db ??= this.#openDb());
  }
}

/** Configuration and state of this process, for the fields `config`, `health`, `sources` and others. */
export interface ServerInfo {
  readonly name: string;
  readonly version: string;
  readonly environment: string;
  readonly hostId: string;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly features: Readonly<Record<string, boolean>>;
  readonly advertised: { readonly host: string; readonly port: number; readonly protocol: string };
  readonly listeners: () => readonly Listener[];
  readonly realtime: Realtime;
  readonly intervals: Readonly<Record<IntervalName, number>>;
  readonly health: () => Promise<Health>;
  /** All processes on this database, this one first. */
  readonly instances: () => readonly Instance[];
  readonly sources: () => readonly SourceStats[];
  readonly jobs: Jobs;
  readonly access: ConfiguredAccess;
  readonly hosts: {
    /** How long a reported host may at least be silent. */
    readonly offlineAfterMs: number;
  };
  /** Which agents may report. */
  readonly agents: {
    /** The configured agents, in the order of the field `agents`. Null: any agent. */
    readonly ids: readonly string[] | null;
    /** An agent whose last report is older than this is offline. */
    readonly staleAfterMs: number;
  };
}

/** The jobs of this process. */
export interface Jobs {
  readonly known: readonly { readonly id: string; readonly name: string; readonly trigger: string }[];
  /**
   * Starts a run and does not wait for its end.
   * @returns null if there is no such job.
   * @throws AppError SHUTTING_DOWN while the scheduler is not running.
   */
  readonly trigger: (id: string, by: string) => Promise<'TRIGGERED' | 'ALREADY_RUNNING' | null>;
  /**
   * Enables or disables the schedule of a job on all instances.
   * @returns whether that changed anything; null if there is no such job.
   */
  readonly setEnabled: (id: string, enabled: boolean, by: string) => Promise<boolean | null>;
  /**
   * Aborts a run on whichever instance it is in progress, and does not wait for its end.
   * @returns the job of the run, and whether this call was the first; null if no such run is in progress.
   */
  readonly cancel: (
    runId: string,
    by: string,
  ) => Promise<{ readonly jobId: string; readonly changed: boolean } | null>;
}

export type IntervalName = 'systemMetricsMs' | 'gpuMetricsMs' | 'databaseMetricsMs' | 'modelStatusMs';

export interface Listener {
  readonly name: string;
  readonly url: string;
}

export interface Realtime {
  readonly reconnectAttemptsMax: number;
  readonly reconnectDelayMs: number;
  readonly reconnectDelayMsMax: number;
  readonly backoffMultiplier: number;
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  readonly replayedEventsMax: number;
}

export interface Health {
  /** The process runs. */
  readonly live: boolean;
  /** The process has started, is not stopping, and can reach the database. */
  readonly ready: boolean;
  readonly database: DatabaseHealth;
  readonly carrier: NewsCarrier;
  readonly scheduler: { readonly running: boolean; readonly jobs: readonly string[] };
}

export interface DatabaseHealth {
  readonly answers: boolean;
  readonly writable: boolean;
  readonly sizeBytes: number | null;
  /** How far this clock is ahead of the database's, in milliseconds. Null if the database does not answer. */
  readonly clockAheadMs: number | null;
  /** Whether the difference of the clocks exceeds the allowed difference. */
  readonly clocksDiffer: boolean;
  /** The reasons why statements failed in the last seconds. */
  readonly faults: readonly FaultReason[];
  /** Whether this instance receives the news of all other instances. */
  readonly listening: boolean;
}

/** Statistics of a source since the process started. */
export interface SourceStats {
  readonly name: string;
  readonly samples: number;
  readonly failures: number;
  readonly lastDurationMs: number | null;
  readonly paceMs: number | null;
  readonly failing: boolean | null;
  readonly lastSuccessAt: number | null;
}
