import type { Maybe } from './format.ts';

/** The increase of a counter per second. Null if a value is unknown, or the counter has begun again. */
export function rate(from: Maybe, to: Maybe, elapsedMs: number): number | null {
  if (from === null || from === undefined || to === null || to === undefined) return null;
  return to < from || elapsedMs <= 0 ? null : (to - from) / (elapsedMs / 1_000);
}

interface Sampled {
  readonly sampledAt: string;
}

/** Milliseconds between two samples. 0 without an earlier one. */
export function elapsedMs(before: Sampled | null | undefined, now: Sampled): number {
  return before === null || before === undefined ? 0 : Date.parse(now.sampledAt) - Date.parse(before.sampledAt);
}

/** The rates of the counters of rows, such as sockets, between two samples. */
export function rowRates<Row>(
  rows: readonly Row[],
  before: readonly Row[] | undefined,
  options: { readonly id: (row: Row) => string; readonly elapsedMs: number },
): (row: Row, counter: (row: Row) => number | null) => number | null {
  const known = new Map((before ?? []).map((row) => [options.id(row), row]));
  return (row, counter) => {
    const earlier = known.get(options.id(row));
    return earlier === undefined ? null : rate(counter(earlier), counter(row), options.elapsedMs);
  };
}
