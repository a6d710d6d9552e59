const buckets = 60;

/** Numbers of the last 60 seconds, counted by the second: a fixed few bytes whatever comes in. */
export class LastMinute {
  readonly #now: () => number;
  readonly #seconds = new Float64Array(buckets).fill(-1);
  readonly #counts = new Float64Array(buckets);
  readonly #sums = new Float64Array(buckets);

  /** @param now Unix milliseconds. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  add(value: number): void {
    const second = Math.floor(this.#now() / 1000);
    const at = second % buckets;
    if (this.#seconds[at] !== second) {
      this.#seconds[at] = second;
      this.#counts[at] = 0;
      this.#sums[at] = 0;
    }
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#sums[at] = (this.#sums[at] ?? 0) + value;
  }

  /** How many came, and their mean; null without any. */
  summary(): { readonly count: number; readonly mean: number | null } {
    const oldest = Math.floor(this.#now() / 1000) - buckets;
    let count = 0;
    let sum = 0;
    for (let at = 0; at < buckets; at++) {
      if ((this.#seconds[at] ?? -1) <= oldest) continue;
      count += this.#counts[at] ?? 0;
      sum += this.#sums[at] ?? 0;
    }
    return { count, mean: count === 0 ? null : sum / count };
  }
}
