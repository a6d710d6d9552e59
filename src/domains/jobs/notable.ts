import type { JobOutcome } from './events.ts';

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
