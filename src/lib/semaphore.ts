/** Permits that are taken and given back. Whoever finds none waits, first come, first served. */
export class Semaphore {
  /** Each takes the permit over. In the order in which they came. */
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(permits: number) {
    this.#free = permits;
  }

  /** @returns false when no permit became free within that time. */
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
    next(); // the permit changes hands: nobody who comes meanwhile can take it
  }
}
