import { every } from '../../journal/topic.ts';

export type JobOutcome = 'SUCCESS' | 'FAILED' | 'ABORTED';

/** A run of a job that ended. The entry's key is the job's id, its own id that of the run. */
export interface JobFinished {
  readonly runId: string;
  readonly jobId: string;
  readonly jobName: string;
  /** Who asked for it; null: the clock. */
  readonly triggeredBy: string | null;
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** Unix milliseconds. Of a run whose instance was killed: when that was noticed. */
  readonly finishedAt: number;
  /** Milliseconds; null when its instance was killed. */
  readonly durationMs: number | null;
  readonly outcome: JobOutcome;
  /** Why it did not succeed; null when it did. */
  readonly error: string | null;
  /** Whether it is an activity. */
  readonly notable: boolean;
}

/** The type is `jobFinished`. */
export const jobEvents = every<JobFinished>('jobs.events');
