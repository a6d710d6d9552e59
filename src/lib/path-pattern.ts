/** Paths with parameters in braces, each a whole segment: `/api/providers/{name}`. */

export function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

/** The parameter that a segment of a pattern stands for; null: itself. */
export function parameterIn(segment: string): string | null {
  return /^\{(\w+)\}$/.exec(segment)?.[1] ?? null;
}

/** What stands in the braces, none of it empty; null when it is another path. */
export function valuesIn(wanted: readonly string[], given: readonly string[]): Map<string, string> | null {
  if (wanted.length !== given.length) return null;
  const values = new Map<string, string>();
  for (const [index, expected] of wanted.entries()) {
    const found = given[index] ?? '';
    const name = parameterIn(expected);
    if (name === null ? found !== expected : found === '') return null;
    if (name !== null) values.set(name, found);
  }
  return values;
}

/** As `valuesIn`, for whole paths. @param path percent-encoded, which must be readable, and without trailing slash. */
export function valuesInPath(pattern: string, path: string): Map<string, string> | null {
  return valuesIn(segmentsOf(pattern), segmentsOf(path).map(decodeURIComponent));
}
