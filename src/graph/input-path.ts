/** The position of a value in the arguments of a field: argument, fields, list indexes. */
export type InputPath = readonly (string | number)[];

/** Returns `events[0].tags` for `['events', 0, 'tags']`. */
export function formatInputPath(path: InputPath): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}
