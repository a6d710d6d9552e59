const secondsMax = 60;

/** Count and mean of the values of the last 60 seconds, in one bucket per second: constant memory at any rate. */
export class RollingWindow {
  readonly #now: () => number;
  readonly #seconds = new Float64Array(secondsMax).fill(-1);
  readonly #counts = new Float64Array(secondsMax);
  readonly #sums = new Float64Array(secondsMax);

  /** @param now Unix milliseconds. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** @param at the time of the value, Unix milliseconds. @param count how many times to add the value. */
  add(value: number, at = this.#now(), count = 1): void {
    const second = Math.floor(at / 1000);
    const bucket = second % secondsMax;
    if (this.#seconds[bucket] !== second) {
      this.#seconds[bucket] = second;
      this.#counts[bucket] = 0;
      this.#sums[bucket] = 0;
    }
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
    this.#sums[bucket] = (this.#sums[bucket] ?? 0) + value * count;
  }

  /** The mean is null without values. */
  summary(): { readonly count: number; readonly mean: number | null } {
    const oldest = Math.floor(this.#now() / 1000) - secondsMax;
    let count = 0;
    let sum = 0;
    for (let bucket = 0; bucket < secondsMax; bucket++) {
      if ((this.#seconds[bucket] ?? -1) <= oldest) continue;
      count += this.#counts[bucket] ?? 0;
      sum += this.#sums[bucket] ?? 0;
    }
    return { count, mean: count === 0 ? null : sum / count };
  }
}
