import type { Job } from './job.ts';

/**
 * Where instances that share a database agree on who runs a job, and where runs are recorded. A run is claimed before
 * it starts, and the claim is renewed during the run. A claim that is not renewed in time lapses, because its instance
 * was killed, and the job can run again.
 */
export interface JobStore {
  /**
   * Stores jobs with their due times. A first run after a start is not added if another instance has just run the job.
   * @returns the due time of each job by its id, Unix milliseconds.
   */
  announce(jobs: readonly Job[], now: number): Promise<ReadonlyMap<string, number>>;
  /** Claims a run if the job is not running on any instance and is due or requested by a user. */
  claim(job: Job, wanted: WantedRun): Promise<Claim>;
  /** @returns false when the claim has lapsed and another instance has the job. */
  renew(runId: string, leaseMs: number): Promise<boolean>;
  /** Records the outcome of a run and releases its claim. */
  finish(job: Job, run: ClaimedRun, end: RunEnd): Promise<void>;
}

export interface WantedRun {
  /** The user who requested the run, due or not; null: the schedule. */
  readonly by: string | null;
  /** Unix milliseconds. */
  readonly now: number;
  readonly leaseMs: number;
}

export interface Claim {
  /** The claimed run; null: the job is not due, or another run is in progress. */
  readonly run: ClaimedRun | null;
  /** When the job is due next, Unix milliseconds. */
  readonly dueAt: number;
  /** How long another run holds its claim at least, milliseconds. */
  readonly busyMs: number;
}

export interface ClaimedRun {
  readonly id: string;
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** The user who requested the run; null: the schedule. */
  readonly by: string | null;
  /** The outcome of the previous run; null without one. */
  readonly before: RunOutcome | null;
  /** When the job is due after this run, Unix milliseconds. */
  readonly dueAfter: number;
}

export type RunOutcome = 'SUCCESS' | 'FAILED' | 'ABORTED';

export interface RunEnd {
  /** Unix milliseconds. */
  readonly finishedAt: number;
  readonly durationMs: number;
  readonly outcome: RunOutcome;
  /** Why the run did not succeed; null when it did. */
  readonly error: string | null;
}
