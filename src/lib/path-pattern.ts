/** Paths with parameters in braces, each a whole segment: `/api/providers/{name}`. */

export function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

/** The parameter name of a pattern's segment; null for a literal one. */
export function parameterIn(segment: string): string | null {
  return /^\{(\w+)\}$/.exec(segment)?.[1] ?? null;
}

/** The values of the parameters, none of them empty; null when the path does not match. */
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

/** Like `valuesIn`, for whole paths. @param path valid percent-encoding, without a trailing slash. */
export function valuesInPath(pattern: string, path: string): Map<string, string> | null {
  return valuesIn(segmentsOf(pattern), segmentsOf(path).map(decodeURIComponent));
}
