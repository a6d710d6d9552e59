import { Deque } from '../lib/deque.ts';

/** Limits events in a time window that ends now. Holds at most `max` times. */
export class SlidingWindow {
  readonly #spanMs: number;
  readonly #max: number;
  readonly #times = new Deque<number>();

  constructor(spanMs: number, max: number) {
    this.#spanMs = spanMs;
    this.#max = max;
  }

  /** Whether one more event is within the limit; if so, it is counted. Times must not decrease. */
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

  /** How long until one more event is within the limit, in milliseconds. */
  waitMs(atMs: number): number {
    const oldest = this.#times.at(0);
    return oldest === undefined || this.#times.length < this.#max
      ? 0
      : Math.max(0, oldest + this.#spanMs - atMs);
  }
}
