import { Deque } from './deque.ts';

/**
 * Lets work in at a steady rate: so many pieces in a turn of the event loop, so that a crowd of newcomers does not hold
 * up those who are there. Whoever comes beyond that waits for a later turn, in order.
 */
export class Turns {
  readonly #perTurn: number;
  readonly #waiting = new Deque<() => void>();
  #taken = 0;
  #scheduled = false;

  constructor(perTurn: number) {
    this.#perTurn = perTurn;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Runs the task at once if this turn has room for it, else in a later one. */
  take(task: () => void): void {
    this.#schedule();
    if (this.#waiting.length > 0 || this.#taken >= this.#perTurn) return this.#waiting.push(task);
    this.#taken++;
    return task();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#next());
  }

  #next(): void {
    this.#scheduled = false;
    this.#taken = 0;
    if (this.#waiting.length === 0) return;
    this.#schedule();
    while (this.#taken < this.#perTurn) {
      const task = this.#waiting.shift();
      if (task === undefined) return;
      this.#taken++;
      task();
    }
  }
}
