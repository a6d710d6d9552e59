/** The first of these features that is off, or null. An unknown feature counts as on. */
export function featureOff(
  needs: readonly string[],
  features: Readonly<Record<string, boolean>>,
): string | null {
  return needs.find((name) => features[name] === false) ?? null;
}

/** A sentence for descriptions. @param needs at least one feature. */
export function describeNeeds(needs: readonly string[]): string {
  const names = needs.map((name) => `\`${name}\``);
  return `Responds with 503 unless ${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} on.`;
}
