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

/**
 * Whether a run is an activity. Jobs that run every minute would drown all other ones, so of those only what somebody
 * asked for, the first failure of a row, and the success that ends it.
 */
export function isNotable(run: {
  /** What the job says of itself. */
  readonly always: boolean;
  readonly triggeredBy: string | null;
  readonly outcome: JobOutcome;
  /** How the run before it ended; null when there was none. */
  readonly before: JobOutcome | null;
}): boolean {
  const { always, triggeredBy, outcome, before } = run;
  if (always || triggeredBy !== null) return true;
  return (outcome === 'FAILED') !== (before === 'FAILED') && outcome !== 'ABORTED';
}
