/**
 * Whether arrays and objects are nested deeper than the limit. Uses no recursion, so any depth is safe for the stack.
 */
export function isDeeperThan(value: unknown, depthMax: number): boolean {
  let level = [value].filter(isComposite);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > depthMax) return true;
    level = level.flatMap((one) => Object.values(one).filter(isComposite));
  }
  return false;
}

function isComposite(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
