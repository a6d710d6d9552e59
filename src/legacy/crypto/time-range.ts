import { isoTime } from '../labels.ts';

const hourMs = 3_600_000;

/** Parameter: how far back an endpoint looks. */
export function hoursParameter(hours: number) {
  return {
    kind: 'int',
    default: hours,
    min: 1,
    max: 720,
    description: 'How many hours to look back.',
  } as const;
}

/** Parameter: how many rows an endpoint returns at most. */
export function limitParameter(limit: number) {
  return { kind: 'int', default: limit, min: 1, max: 1000, description: 'Maximum number of rows.' } as const;
}

/** The time this many hours ago, ISO 8601. */
export function sinceOf(hours: number): string {
  return isoTime(Date.now() - hours * hourMs);
}
