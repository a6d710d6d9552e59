/** What PostgreSQL cannot store, as JSON writes it: U+0000 and lone surrogates. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** Whether PostgreSQL can store all text in a JSON value. */
export function isStorable(value: unknown): boolean {
  return !unstorable.test(JSON.stringify(value));
}
