import { every } from '../../journal/topic.ts';

export type JobOutcome = 'SUCCESS' | 'FAILED' | 'ABORTED';

/** A run of a job that ended. The key of the entry is the id of the job, its id that of the run. */
export interface JobFinished {
  readonly runId: string;
  readonly jobId: string;
  readonly jobName: string;
  /** The user who triggered the run; null: the schedule. */
  readonly triggeredBy: string | null;
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** Unix milliseconds. If the instance was killed: when another one detected that. */
  readonly finishedAt: number;
  /** Milliseconds; null if the instance was killed. */
  readonly durationMs: number | null;
  readonly outcome: JobOutcome;
  /** Why the run did not succeed; null if it did. */
  readonly error: string | null;
  /** Whether the run is an activity. */
  readonly notable: boolean;
}

/** Events of the type `jobFinished`. */
export const jobEvents = every<JobFinished>('jobs.events');

/**
 * Whether a run is an activity. A job that runs every minute would hide all other activities, so of such a job only
 * runs that a user triggered, the first of several failures, and the success after them are activities.
 */
export function isNotable(run: {
  /** The job's own declaration (`Job.notable`). */
  readonly always: boolean;
  readonly triggeredBy: string | null;
  readonly outcome: JobOutcome;
  /** The outcome of the previous run; null without one. */
  readonly before: JobOutcome | null;
}): boolean {
  const { always, triggeredBy, outcome, before } = run;
  if (always || triggeredBy !== null) return true;
  return (outcome === 'FAILED') !== (before === 'FAILED') && outcome !== 'ABORTED';
}
