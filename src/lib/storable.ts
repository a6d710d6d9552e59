/** As JSON writes what PostgreSQL cannot store: U+0000, and one half of a surrogate pair. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** Whether PostgreSQL can keep all text in a value of JSON. */
export function isStorable(value: unknown): boolean {
  return !unstorable.test(JSON.stringify(value));
}
