/**
 * Idempotency keys that the server derives from what happened, so that several instances, or a retry, store an event
 * once. A producer that took such a key first would suppress the server's event, so producers cannot use the prefixes.
 */
export const ownIdPrefixes = [
  'alertAcknowledged:',
  'alertRaised:',
  'alertResolved:',
  'decision:',
  'health:',
  'prediction_milestone_',
  'prediction_rate_',
  'rateLimitCrossed:',
] as const;

export function ownId(prefix: (typeof ownIdPrefixes)[number], rest: string | number): string {
  return `${prefix}${rest}`;
}

export function isOwnId(id: string): boolean {
  return ownIdPrefixes.some((prefix) => id.startsWith(prefix));
}
