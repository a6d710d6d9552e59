/** A time of the graph as old feeds write it: whole Unix seconds. */
export function unixSeconds(iso: string): number {
  return secondsOf(Date.parse(iso));
}

/** @param atMs Unix milliseconds. */
export function secondsOf(atMs: number): number {
  return Math.floor(atMs / 1000);
}
