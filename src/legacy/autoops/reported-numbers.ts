/**
 * Numbers as the clients of autoops expect them: the documented types are plain numbers, and the documented programs
 * format them without a look. A number that nobody has reported goes out as 0, and `unreported` names it.
 */
export function reportedNumbers<Name extends string>(
  numbers: Readonly<Record<Name, number | null>>,
): Record<Name, number> & { readonly unreported: readonly Name[] } {
  const entries = Object.entries(numbers) as [Name, number | null][];
  return {
    ...(Object.fromEntries(entries.map(([name, value]) => [name, value ?? 0])) as Record<Name, number>),
    unreported: entries.filter(([, value]) => value === null).map(([name]) => name),
  };
}
