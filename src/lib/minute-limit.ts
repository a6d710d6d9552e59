export interface MinuteLimitOptions {
  /** Of one key in a minute. */
  readonly perKeyMax: number;
  /** Of all keys in a minute; keys beyond it are not even remembered. */
  readonly max: number;
  /** Called at the end of a minute in which something was not admitted. */
  readonly suppressed: (count: number) => void;
}

const minuteMs = 60_000;

/** Says what may be written in a minute, which begins with the first. @returns whether one more of this key may be. */
export function minuteLimit({ perKeyMax, max, suppressed }: MinuteLimitOptions): (key: string) => boolean {
  const admittedOf = new Map<string, number>();
  let admitted = 0;
  let rest = 0;

  function end(): void {
    const count = rest;
    admittedOf.clear();
    admitted = 0;
    rest = 0;
    if (count > 0) suppressed(count);
  }

  return (key) => {
    const own = admittedOf.get(key) ?? 0;
    if (own >= perKeyMax || admitted >= max) {
      rest++;
      return false;
    }
    if (admitted === 0) setTimeout(end, minuteMs).unref();
    admitted++;
    admittedOf.set(key, own + 1);
    return true;
  };
}
