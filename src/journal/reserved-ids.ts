/**
 * Prefixes of the idempotency keys that the server derives from what happened, so that several instances, or a retry,
 * store an event once. Producers cannot use them: an event of a producer with such a key would suppress the server's
 * event.
 */
export const reservedIdPrefixes = [
  'alertAcknowledged:',
  'alertRaised:',
  'alertResolved:',
  'decision:',
  'health:',
  'model:',
  'prediction_milestone_',
  'prediction_rate_',
  'rateLimitCrossed:',
] as const;

export function reservedId(prefix: (typeof reservedIdPrefixes)[number], rest: string | number): string {
  return `${prefix}${rest}`;
}

export function isReservedId(id: string): boolean {
  return reservedIdPrefixes.some((prefix) => id.startsWith(prefix));
}

/** Types of activities that only the server records. Producers cannot report an event that becomes such an activity. */
export const reservedActionTypes: ReadonlySet<string> = new Set(['agent_intervention', 'job_run']);
