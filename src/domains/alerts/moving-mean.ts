/** The part of the window that samples must cover. Otherwise the mean is null. */
const coverageMin = 0.8;
/** Samples that follow each other faster are merged, so that a window has at most twice this number of spans. */
const spansMax = 60;

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
    const spans = this.#spans.filter(({ to }) => to > at - this.#windowMs);
    const last = spans.at(-1);
    if (last !== undefined && last.to === from && at - last.from <= this.#windowMs / spansMax) {
      spans.pop();
      const sum = last.value * (last.to - last.from) + value * (at - from);
      spans.push({ from: last.from, to: at, value: sum / (at - last.from) });
    } else spans.push({ from, to: at, value });
    this.#spans = spans;
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
