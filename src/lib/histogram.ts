/** Upper bounds of the buckets, in seconds: from a fast step in memory to a slow client. */
const boundsS = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
const boundsMs = Float64Array.from(boundsS, (bound) => bound * 1_000);

/** A cumulative histogram in the form of Prometheus. Durations are in seconds. */
export interface HistogramSnapshot {
  /** For each bound, in ascending order, the number of durations up to and including the bound. */
  readonly buckets: readonly (readonly [boundS: number, count: number])[];
  readonly count: number;
  readonly sumS: number;
}

/** Counts durations by their length, in constant memory. Counts never decrease. */
export class Histogram {
  /** Counts by bucket. The last bucket is for durations longer than all bounds. */
  readonly #counts = new Float64Array(boundsMs.length + 1);
  #sumMs = 0;

  /** @param ms negative durations, from clocks that differ, count as 0. @param count how many times to add the duration. */
  add(ms: number, count = 1): void {
    const duration = Math.max(0, ms);
    let bucket = 0;
    while (bucket < boundsMs.length && duration > (boundsMs[bucket] ?? 0)) bucket++;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
    this.#sumMs += duration * count;
  }

  snapshot(): HistogramSnapshot {
    let count = 0;
    const buckets = boundsS.map((bound, index): readonly [number, number] => {
      count += this.#counts[index] ?? 0;
      return [bound, count];
    });
    return { buckets, count: count + (this.#counts[boundsS.length] ?? 0), sumS: this.#sumMs / 1_000 };
  }
}

/** The histogram of all durations of several. */
export function mergeHistograms(all: readonly HistogramSnapshot[]): HistogramSnapshot {
  const total = (numberOf: (one: HistogramSnapshot) => number): number =>
    all.reduce((sum, one) => sum + numberOf(one), 0);
  return {
    buckets: (all[0]?.buckets ?? []).map(([bound], index) => [
      bound,
      total(({ buckets }) => buckets[index]?.[1] ?? 0),
    ]),
    count: total(({ count }) => count),
    sumS: total(({ sumS }) => sumS),
  };
}
