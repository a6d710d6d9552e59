/**
 * Work that is done by the clock and not by demand. A job is run at its times by one instance of those that share a
 * database, never overlaps itself, and may also be triggered by hand. One that throws is recorded as failed and run
 * again at its next time.
 */
export interface Job {
  /** Names it for good, as in `database_cleanup`: runs are recorded under it. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly trigger: JobTrigger;
  /** Each of its runs is an activity. Of other jobs only those that were triggered by hand, fail or recover. */
  readonly notable?: boolean;
  /** Aborted when the server stops and its grace is over, and when another instance has taken the job over. */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Five fields of a crontab, in the server's local time; or a fixed interval in milliseconds, whose first run comes
 * `firstAfterMs` after each start of a server, unless the job has run within the last minute; by default one interval
 * after the job was first announced.
 */
export type JobTrigger =
  | { readonly cron: string }
  | { readonly everyMs: number; readonly firstAfterMs?: number };
