import { isStorable } from '../../lib/storable.ts';

/** Characters of JSON that an object given by a client may have. */
const charsMax = 16_384;

export const jsonObjectWords = `a JSON object of at most ${charsMax} characters, of Unicode without U+0000`;

/** The value if it is an object that can be stored, else null. */
export function jsonObject(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return JSON.stringify(value).length <= charsMax && isStorable(value)
    ? (value as Record<string, unknown>)
    : null;
}
