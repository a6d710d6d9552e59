import { Deque } from './deque.ts';

/**
 * Lets work in at a steady rate: so many pieces in a turn of the event loop and so much of its time, so that neither a
 * crowd of newcomers nor a few that are hard to please hold up those who are there. Whoever comes beyond that waits for
 * a later turn, in order.
 */
export class Turns {
  readonly #perTurn: number;
  readonly #turnMs: number;
  readonly #now: () => number;
  readonly #waiting = new Deque<() => void>();
  #taken = 0;
  #beganAt = 0;
  #scheduled = false;

  constructor(perTurn: number, turnMs = 20, now = () => performance.now()) {
    this.#perTurn = perTurn;
    this.#turnMs = turnMs;
    this.#now = now;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Runs the task at once if this turn has room for it, else in a later one. */
  take(task: () => void): void {
    this.#schedule();
    if (this.#waiting.length > 0 || !this.#hasRoom()) return this.#waiting.push(task);
    this.#taken++;
    return task();
  }

  #hasRoom(): boolean {
    if (this.#taken === 0) this.#beganAt = this.#now();
    return this.#taken < this.#perTurn && this.#now() - this.#beganAt < this.#turnMs;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#taken = 0;
      if (this.#waiting.length === 0) return;
      this.#schedule();
      this.#next();
    });
  }

  /** One after the other, each when what the one before has set going has been done: that is its time, too. */
  #next(): void {
    if (!this.#hasRoom()) return;
    const task = this.#waiting.shift();
    if (task === undefined) return;
    this.#taken++;
    task();
    queueMicrotask(() => this.#next());
  }
}
