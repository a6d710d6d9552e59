/**
 * Waits until all promises have settled. If any rejected, throws the reason of the first one in the list: among
 * statements sent together, the first failure is the cause and later ones are its consequences.
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
