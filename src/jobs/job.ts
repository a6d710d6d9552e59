/**
 * Work that runs on a schedule rather than on demand. One of the instances that share a database runs it at its due
 * times; runs never overlap, and a run can also be triggered manually. A run that throws is recorded as failed and
 * followed by the next scheduled one.
 */
export interface Job {
  /** Permanent, as in `database_cleanup`: runs are recorded under it. */
  readonly id: string;
  /** The display name. */
  readonly name: string;
  readonly trigger: JobTrigger;
  /**
   * Whether each run is an activity. For other jobs, only runs that were triggered manually, failed or recovered are.
   */
  readonly notable?: boolean;
  /**
   * Aborted when the server stops and the grace period is over, when another instance has taken over the job, and when
   * a user cancels the run.
   */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Five crontab fields in the server's local time; or an interval in milliseconds, whose first run is `firstAfterMs`
 * after each start of a server, unless the job has run within a minute before; by default one interval after the job
 * was first announced.
 */
export type JobTrigger =
  | { readonly cron: string }
  | { readonly everyMs: number; readonly firstAfterMs?: number };
