/** The first of these switches that is off, or null. A switch that nobody knows counts as on. */
export function featureOff(
  needs: readonly string[],
  features: Readonly<Record<string, boolean>>,
): string | null {
  return needs.find((name) => features[name] === false) ?? null;
}
