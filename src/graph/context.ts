import type { Kysely } from 'kysely';
import type { ConfiguredAccess } from '../auth/configured-access.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { FaultReason } from '../db/database-fault.ts';
import type { Database } from '../db/database.ts';
import type { GaugeRecorder } from '../journal/gauge-recorder.ts';
import type { DurableLog, Journal } from '../journal/journal.ts';

/**
 * What resolvers work with. A query has one context; a subscription has a fresh one per entry, so that nothing a
 * loader remembers outlives the entry it was read for.
 */
export interface GraphContext {
  readonly viewer: Viewer;
  readonly journal: Journal & { readonly log: DurableLog; readonly recorder: GaugeRecorder };
  readonly db: Kysely<Database>;
  readonly serverInfo: ServerInfo;
}

export interface RequestContextOptions extends Pick<GraphContext, 'viewer' | 'journal' | 'serverInfo'> {
  /** Opens the database for this request, with its bounds. */
  readonly openDb: () => Kysely<Database>;
}

/** The context of one request or entry. The database is opened by the first resolver that asks for it. */
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

/** What the process knows about itself and shows in `config` and `health`. Filled in by the app. */
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
  readonly sources: () => readonly SourceStats[];
  readonly jobs: Jobs;
  readonly access: ConfiguredAccess;
  /** The agents that are configured, in the order in which they are shown. */
  readonly agents: {
    readonly ids: readonly string[];
    /** An agent whose last report is older is offline. */
    readonly staleAfterMs: number;
  };
}

/** What this process runs by the clock, and the way to have it run now. */
export interface Jobs {
  readonly known: readonly { readonly id: string; readonly name: string; readonly trigger: string }[];
  /**
   * Begins a run and does not wait for its end.
   * @returns null when there is no such job.
   * @throws AppError SHUTTING_DOWN while nothing is run.
   */
  readonly trigger: (id: string, by: string) => Promise<'TRIGGERED' | 'ALREADY_RUNNING' | null>;
}

export type IntervalName = 'systemMetricsMs' | 'gpuMetricsMs' | 'databaseMetricsMs' | 'modelStatusMs';

export interface Listener {
  readonly name: string;
  readonly url: string;
}

export interface Realtime {
  readonly reconnectAttempts: number;
  readonly reconnectDelayMs: number;
  readonly reconnectMaxDelayMs: number;
  readonly backoffMultiplier: number;
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  readonly messageBufferSize: number;
}

export interface Health {
  /** The process runs. */
  readonly live: boolean;
  /** It has started, is not stopping, and its store answers. */
  readonly ready: boolean;
  readonly database: DatabaseHealth;
  readonly scheduler: { readonly running: boolean; readonly jobs: readonly string[] };
}

export interface DatabaseHealth {
  readonly answers: boolean;
  readonly writable: boolean;
  readonly sizeMb: number | null;
  /** By how much this instance's clock is ahead of the database's; null when that does not answer. */
  readonly clockAheadMs: number | null;
  /** Whether that is more than clocks may differ. */
  readonly clocksDiffer: boolean;
  /** Why statements failed in the last seconds. */
  readonly faults: readonly FaultReason[];
  /** Whether the database notifies this instance of what others store. */
  readonly listening: boolean;
}

/** How a source has done since the process started. */
export interface SourceStats {
  readonly name: string;
  readonly samples: number;
  readonly failures: number;
  readonly lastDurationMs: number | null;
  readonly paceMs: number | null;
}
