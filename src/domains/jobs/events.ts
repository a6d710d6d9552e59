import { every } from '../../journal/topic.ts';

export type JobOutcome = 'SUCCESS' | 'FAILED' | 'ABORTED';

/** Type `jobFinished`: a run that ended. The id of the entry is that of the run. */
export interface JobFinished {
  readonly runId: string;
  readonly jobId: string;
  readonly jobName: string;
  /** The user who triggered the run; null: the schedule. */
  readonly triggeredBy: string | null;
  /** The user who cancelled the run; null: it was not cancelled. */
  readonly cancelledBy: string | null;
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

/** Types `jobEnabled` and `jobDisabled`: a user has changed whether the job runs on its schedule. */
export interface JobSwitched {
  readonly jobId: string;
  readonly jobName: string;
  readonly actorId: string;
}

/** Type `jobRunCancelled`: a user has requested the end of a run in progress. */
export interface JobRunCancelled extends JobSwitched {
  readonly runId: string;
}

/** The payload of each type of event. */
export interface JobEventPayloads {
  readonly jobFinished: JobFinished;
  readonly jobRunCancelled: JobRunCancelled;
  readonly jobEnabled: JobSwitched;
  readonly jobDisabled: JobSwitched;
}

/** Keyed by the id of the job. */
export const jobEvents = every<JobEventPayloads[keyof JobEventPayloads]>('jobs.events');

/**
 * Whether a run is an activity. A job that runs every minute would hide all other activities, so of such a job only
 * runs that a user triggered or cancelled, the first of several failures, and the success after them are activities.
 */
export function isNotable(run: {
  /** The job's own declaration (`Job.notable`). */
  readonly always: boolean;
  readonly triggeredBy: string | null;
  readonly cancelledBy: string | null;
  readonly outcome: JobOutcome;
  /** The outcome of the previous run; null without one. */
  readonly before: JobOutcome | null;
}): boolean {
  const { always, triggeredBy, cancelledBy, outcome, before } = run;
  if (always || triggeredBy !== null || cancelledBy !== null) return true;
  return (outcome === 'FAILED') !== (before === 'FAILED') && outcome !== 'ABORTED';
}
