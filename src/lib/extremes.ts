// `Math.max(...values)` passes every value on the stack, which overflows at about a hundred thousand.

/** The largest value; null without values. */
export function largest(values: Iterable<number>): number | null {
  let found: number | null = null;
  for (const value of values) if (found === null || value > found) found = value;
  return found;
}

/** The smallest value; null without values. */
export function smallest(values: Iterable<number>): number | null {
  let found: number | null = null;
  for (const value of values) if (found === null || value < found) found = value;
  return found;
}
