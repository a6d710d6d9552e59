/**
 * Permits that are acquired and released, for tasks that end in another call (otherwise use p-limit). Waiters are
 * served first in, first out.
 */
export class Semaphore {
  /** The waiters in order; each takes over the released permit. */
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(permits: number) {
    this.#free = permits;
  }

  /** @returns false when no permit became free within the timeout. */
  async acquire(timeoutMs: number | null = null): Promise<boolean> {
    if (this.#free > 0) {
      this.#free--;
      return true;
    }
    return new Promise((resolve) => {
      const proceed = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      const giveUp = (): void => {
        this.#waiting.delete(proceed);
        resolve(false);
      };
      const timer = timeoutMs === null ? undefined : setTimeout(giveUp, timeoutMs);
      this.#waiting.add(proceed);
    });
  }

  release(): void {
    const [next] = this.#waiting;
    if (next === undefined) return void this.#free++;
    this.#waiting.delete(next);
    next(); // The permit passes to the waiter directly, so no later caller can take it.
  }
}
