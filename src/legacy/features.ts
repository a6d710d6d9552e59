/** The first of these switches that is off, or null. A switch that nobody knows counts as on. */
export function featureOff(
  needs: readonly string[],
  features: Readonly<Record<string, boolean>>,
): string | null {
  return needs.find((name) => features[name] === false) ?? null;
}

/** For descriptions. @param needs at least one. */
export function needsInWords(needs: readonly string[]): string {
  const names = needs.map((name) => `\`${name}\``);
  return `Closed with 503 unless ${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} on.`;
}
