import { round } from '../../lib/round.ts';

/** What a body that was collected holds. */
export interface Records {
  readonly recordCount: number;
  /** Share of values that are not null, 0 to 1; null when it is no JSON or holds no values. */
  readonly dataQualityScore: number | null;
}

/**
 * The records of a body: the items of the array that it is, else of the longest array directly inside the object that
 * it is, else the whole as one.
 */
export function recordsOf(body: string): Records {
  let value: unknown;
  try {
    value = JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    return { recordCount: 1, dataQualityScore: null };
  }
  const records = arrayOf(value) ?? [value];
  let values = 0;
  let known = 0;
  for (const record of records) {
    const fields = typeof record === 'object' && record !== null ? Object.values(record) : [record];
    values += fields.length;
    known += fields.filter((field) => field !== null).length;
  }
  return { recordCount: records.length, dataQualityScore: values === 0 ? null : round(known / values, 4) };
}

function arrayOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return null;
  let longest: readonly unknown[] | null = null;
  for (const inner of Object.values(value))
    if (Array.isArray(inner) && inner.length >= (longest?.length ?? 0)) longest = inner;
  return longest;
}
