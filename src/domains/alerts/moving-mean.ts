/** A part of the window that has to be covered before its mean means anything. */
const coverageMin = 0.8;
/** Samples that a window may hold; the oldest go first. */
const spansMax = 1_000;

interface Span {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/**
 * The mean of a figure over the last so many milliseconds, where each sample is itself the mean since the one before:
 * so samples count by the time they cover, however irregularly they come.
 */
export class MovingMean {
  readonly #windowMs: number;
  #spans: Span[] = [];
  #last: number | null = null;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** @param at when it was measured, Unix milliseconds. @param value null: it could not be. */
  add(at: number, value: number | null): void {
    const from = Math.max(this.#last ?? at, at - this.#windowMs);
    if (this.#last !== null && at <= this.#last) return;
    this.#last = at;
    if (value === null || from === at) return;
    this.#spans = this.#spans.filter(({ to }) => to > at - this.#windowMs).slice(1 - spansMax);
    this.#spans.push({ from, to: at, value });
  }

  /** Null while too little of the window is covered. */
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
