import type { Job } from './job.ts';

/**
 * Where instances that share a database agree on who runs what, and where runs are recorded. A run is claimed before
 * it begins and the claim is renewed while it goes on; one that is not renewed in time lapses, because its instance
 * was killed, and the job can be run again.
 */
export interface JobStore {
  /**
   * Stores jobs and when they are due. A first run after a start is not added where another instance has just run
   * the job. @returns when each is due, by its id, Unix milliseconds.
   */
  announce(jobs: readonly Job[], now: number): Promise<ReadonlyMap<string, number>>;
  /** Claims a run if the job is not running anywhere and, unless somebody asks for it, is due. */
  claim(job: Job, wanted: WantedRun): Promise<Claim>;
  /** @returns false: the claim has lapsed and somebody else has the job. */
  renew(runId: string, leaseMs: number): Promise<boolean>;
  /** Records how a run ended and gives its claim back. */
  finish(job: Job, run: ClaimedRun, end: RunEnd): Promise<void>;
}

export interface WantedRun {
  /** Who asks for it, whether it is due or not; null: the clock. */
  readonly by: string | null;
  /** Unix milliseconds. */
  readonly now: number;
  readonly leaseMs: number;
}

export interface Claim {
  /** The run that is now ours to do; null: it is not due, or another one goes on. */
  readonly run: ClaimedRun | null;
  /** When the job is due next, Unix milliseconds. */
  readonly dueAt: number;
  /** For how many milliseconds another run is certain to hold its claim. */
  readonly busyMs: number;
}

export interface ClaimedRun {
  readonly id: string;
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** Who asked for it; null: the clock. */
  readonly by: string | null;
  /** How the run before it ended; null when there was none. */
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
  /** Why it did not succeed; null when it did. */
  readonly error: string | null;
}
