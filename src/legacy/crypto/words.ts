import { round } from '../../lib/round.ts';

/** Closed sets are upper case in the graph. */
export function lower<Word extends string>(word: Word): Lowercase<Word> {
  return word.toLowerCase() as Lowercase<Word>;
}

/** A number with at most so many decimals; what is not known stays null. */
export function rounded(value: number | null, decimals: number): number | null {
  return value === null ? null : round(value, decimals);
}

/** How the old system called what the graph calls levels of alerts. */
export const severities = {
  INFO: 'low',
  WARNING: 'medium',
  ERROR: 'high',
  CRITICAL: 'critical',
} as const;

export type Level = keyof typeof severities;

/** The level behind a severity, in any case; null: there is no such severity. */
export function levelOf(severity: string): Level | null {
  const wanted = severity.toLowerCase();
  const found = Object.entries(severities).find(([, word]) => word === wanted);
  return found === undefined ? null : (found[0] as Level);
}

export const logTypes = ['connection', 'failure', 'collection', 'rate_limit'] as const;

export type LogType = (typeof logTypes)[number];

export function isLogType(word: string): word is LogType {
  return (logTypes as readonly string[]).includes(word);
}
