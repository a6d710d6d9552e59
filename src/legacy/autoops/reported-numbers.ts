/**
 * Replaces null by 0 in these numbers and lists their names in `unreported`. Clients of AutoOps declare these values as
 * numbers and format them without a check for null.
 */
export function reportedNumbers<Source extends object, const Name extends keyof Source>(
  source: Source & Readonly<Record<Name, number | null>>,
  ...names: readonly Name[]
): Source & Readonly<Record<Name, number>> & { readonly unreported: readonly Name[] } {
  const numbers = Object.fromEntries(names.map((name) => [name, source[name] ?? 0]));
  return {
    ...source,
    ...(numbers as Record<Name, number>),
    unreported: names.filter((name) => source[name] === null),
  };
}
