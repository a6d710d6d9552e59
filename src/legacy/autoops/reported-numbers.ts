/**
 * Makes these numbers what the clients of AutoOps expect: their types are plain numbers, and the documented programs
 * format them without a check. A number that no producer has reported is 0, and `unreported` names it.
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
