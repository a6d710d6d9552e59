export interface MinuteLimitOptions {
  /** Per key and minute. */
  readonly perKeyMax: number;
  /** For all keys per minute. Keys beyond it are not stored, so memory is bounded. */
  readonly max: number;
  /** Called at the end of a minute with rejections. */
  readonly suppressed: (count: number) => void;
}

const minuteMs = 60_000;

/**
 * A synchronous limit for log and audit entries. The minute starts with the first entry.
 * @returns whether one more entry of this key is allowed.
 */
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
