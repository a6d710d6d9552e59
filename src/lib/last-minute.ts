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

  /** @param at when it came, Unix milliseconds. @param count how often. */
  add(value: number, at = this.#now(), count = 1): void {
    const second = Math.floor(at / 1000);
    const bucket = second % buckets;
    if (this.#seconds[bucket] !== second) {
      this.#seconds[bucket] = second;
      this.#counts[bucket] = 0;
      this.#sums[bucket] = 0;
    }
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
    this.#sums[bucket] = (this.#sums[bucket] ?? 0) + value * count;
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
