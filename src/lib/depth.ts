/** Whether lists and objects lie in each other deeper than that. However deep they are, the stack does not overflow. */
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
