import { Deque } from '../lib/deque.ts';

/**
 * Limits the events within any time window of a length, and keeps at most `max` times for that. Old clients depend on
 * both: a token bucket or a window that starts with the first event (`rate-limiter-flexible`) would accept nearly twice
 * the limit within some window, `RollingWindow` counts by whole seconds, and none of them can compute when the next event
 * is allowed.
 */
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
