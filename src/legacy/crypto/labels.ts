/** The old system's names for the alert levels of the graph. */
export const severities = {
  INFO: 'low',
  WARNING: 'medium',
  ERROR: 'high',
  CRITICAL: 'critical',
} as const;

export type Level = keyof typeof severities;

/** The level of a severity, in any case; null for an unknown severity. */
export function levelOf(severity: string): Level | null {
  const wanted = severity.toLowerCase();
  const found = Object.entries(severities).find(([, word]) => word === wanted);
  return found === undefined ? null : (found[0] as Level);
}

export const logTypes: readonly string[] = ['connection', 'failure', 'collection', 'rate_limit'];
