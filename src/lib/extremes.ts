// `Math.max(...values)` would put every value on the stack, which overflows with a hundred thousand.

/** The largest of any number of values; null without any. */
export function largest(values: Iterable<number>): number | null {
  let found: number | null = null;
  for (const value of values) if (found === null || value > found) found = value;
  return found;
}

/** The smallest of any number of values; null without any. */
export function smallest(values: Iterable<number>): number | null {
  let found: number | null = null;
  for (const value of values) if (found === null || value < found) found = value;
  return found;
}
