import { isStorable } from '../../lib/storable.ts';

/** Of an object that a client gives. */
export const jsonObjectBounds = { jsonChars: 16_384 } as const;

export const jsonObjectWords = 'a JSON object, of Unicode without U+0000';

/** The value if it is an object that can be stored, else null. */
export function jsonObject(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return isStorable(value) ? (value as Record<string, unknown>) : null;
}
