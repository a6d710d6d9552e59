import { Deque } from '../lib/deque.ts';

/** Counts what happened within a span that ends now. Remembers at most `max` times. */
export class SlidingWindow {
  readonly #spanMs: number;
  readonly #max: number;
  readonly #times = new Deque<number>();

  constructor(spanMs: number, max: number) {
    this.#spanMs = spanMs;
    this.#max = max;
  }

  /** Whether there is room for one more at this moment; if so, it is counted. Moments must not go back. */
  admit(atMs: number): boolean {
    for (
      let oldest = this.#times.at(0);
      oldest !== undefined && atMs - oldest >= this.#spanMs;
      oldest = this.#times.at(0)
    )
      this.#times.shift();
    if (this.#times.length >= this.#max) return false;
    this.#times.push(atMs);
    return true;
  }

  /** How long there is no room for one more, milliseconds. */
  waitMs(atMs: number): number {
    const oldest = this.#times.at(0);
    return oldest === undefined || this.#times.length < this.#max
      ? 0
      : Math.max(0, oldest + this.#spanMs - atMs);
  }
}
