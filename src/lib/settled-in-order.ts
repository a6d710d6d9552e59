/**
 * Waits until all have settled. When some failed, it throws what the first of them in the list threw: of statements
 * that are sent together, that one is the cause and the errors of the later ones are its consequences.
 */
export async function settledInOrder<const Values extends readonly unknown[]>(
  promises: Values,
): Promise<{ -readonly [Index in keyof Values]: Awaited<Values[Index]> }> {
  const outcomes = await Promise.allSettled(promises);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const values = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : undefined));
  return values as { -readonly [Index in keyof Values]: Awaited<Values[Index]> };
}
