/** Allowed clock difference: how far a reported time may be ahead of this server's clock. */
const clockAheadMsMax = 60_000;
/** Earlier times are seconds that a producer mistook for milliseconds. */
const reportedTimeMin = Date.UTC(2000, 0, 1);

export const reportedTimeRule = 'between 2000-01-01T00:00:00Z and one minute from now';

/**
 * Whether a producer may report this time, in Unix milliseconds. Times in the future are not allowed: lists are ordered by
 * such times, and an event from the future would stay the first.
 */
export function isReportedTime(at: number): boolean {
  return at >= reportedTimeMin && at <= Date.now() + clockAheadMsMax;
}
