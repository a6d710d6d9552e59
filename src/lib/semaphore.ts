import { Deque } from './deque.ts';

interface Waiter {
  /** Hands the permit over. */
  readonly proceed: () => void;
  gaveUp: boolean;
}

/** Permits that are taken and given back. Whoever finds none waits, first come, first served. */
export class Semaphore {
  readonly #waiting = new Deque<Waiter>();
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
      const waiter: Waiter = {
        gaveUp: false,
        proceed: () => {
          clearTimeout(timer);
          resolve(true);
        },
      };
      const giveUp = (): void => {
        waiter.gaveUp = true;
        resolve(false);
      };
      const timer = timeoutMs === null ? undefined : setTimeout(giveUp, timeoutMs);
      this.#waiting.push(waiter);
    });
  }

  release(): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift())
      if (!next.gaveUp) return next.proceed(); // the permit changes hands: nobody who comes meanwhile can take it
    this.#free++;
  }
}
