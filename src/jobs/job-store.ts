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
  /**
   * Claims a run if the job is not running on any instance and is due or requested by a user. The due times of a
   * disabled job pass without a run.
   */
  claim(job: Job, wanted: WantedRun): Promise<Claim>;
  /** Renews the claim of a run, and reads whether the run has to end. */
  renew(runId: string, leaseMs: number): Promise<Renewal>;
  /** Records the outcome of a run and releases its claim. */
  finish(job: Job, run: ClaimedRun, end: RunEnd): Promise<void>;

  /**
   * Enables or disables the schedule of a job for all instances, until it is changed again.
   * @returns whether that changed anything.
   */
  setEnabled(job: Job, enabled: boolean, by: string): Promise<boolean>;

  /**
   * Requests the end of a run in progress on any instance.
   * @param nameOf the display name of a job.
   * @returns the job of the run, and whether this call was the first; null: no such run is in progress.
   */
  cancel(
    runId: string,
    by: string,
    nameOf: (jobId: string) => string,
  ): Promise<{ readonly jobId: string; readonly changed: boolean } | null>;

  /** Calls the listener with the id of a run whose end an instance has requested. `renew` tells who did. */
  onCancelled(listener: (runId: string) => void): Disposable;
}

export interface Renewal {
  /** False: the claim has lapsed, and another instance has the job. */
  readonly held: boolean;
  /** The user who cancelled the run; null: it may continue. */
  readonly cancelledBy: string | null;
}

export interface WantedRun {
  /** The user who requested the run, due or not; null: the schedule. */
  readonly by: string | null;
  /** Unix milliseconds. */
  readonly now: number;
  readonly leaseMs: number;
}

export interface Claim {
  /** The claimed run; null: the job is disabled or not due, or another run is in progress. */
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
  /** The user who cancelled the run; null: it was not cancelled. */
  readonly cancelledBy: string | null;
}
