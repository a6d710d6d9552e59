/** The part of the window that samples must cover. Otherwise the mean is null. */
const coverageMin = 0.8;
/** More samples in a window push out the oldest. */
const spansMax = 1_000;

interface Span {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/**
 * The mean of a value over a moving window of time. Each sample is itself the mean since the previous sample, so it
 * counts according to the time that it covers.
 */
export class MovingMean {
  readonly #windowMs: number;
  #spans: Span[] = [];
  #last: number | null = null;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** @param at Unix milliseconds. @param value null: the measurement failed. */
  add(at: number, value: number | null): void {
    const from = Math.max(this.#last ?? at, at - this.#windowMs);
    if (this.#last !== null && at <= this.#last) return;
    this.#last = at;
    if (value === null || from === at) return;
    this.#spans = this.#spans.filter(({ to }) => to > at - this.#windowMs).slice(1 - spansMax);
    this.#spans.push({ from, to: at, value });
  }

  /** @returns null while the samples cover too little of the window. */
  at(now: number): number | null {
    const start = now - this.#windowMs;
    let covered = 0;
    let sum = 0;
    for (const { from, to, value } of this.#spans) {
      const length = Math.min(to, now) - Math.max(from, start);
      if (length <= 0) continue;
      covered += length;
      sum += length * value;
    }
    return covered < coverageMin * this.#windowMs ? null : sum / covered;
  }
}
