/** Characters of JSON that an object given by a client may have. */
const charsMax = 16_384;
/** As JSON writes what PostgreSQL cannot store: U+0000, and one half of a surrogate pair. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

export const jsonObjectWords = `a JSON object of at most ${charsMax} characters, of Unicode without U+0000`;

/** The value if it is an object that can be stored, else null. */
export function jsonObject(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return JSON.stringify(value).length <= charsMax && isStorable(value)
    ? (value as Record<string, unknown>)
    : null;
}

export function isStorable(value: unknown): boolean {
  return !unstorable.test(JSON.stringify(value));
}
