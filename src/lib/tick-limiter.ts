import { Deque } from './deque.ts';

/**
 * Limits how many tasks start in one iteration of the event loop and how much of its time they take, so that neither
 * many new clients nor a few expensive ones delay the connected clients. Further tasks start in later iterations, in
 * order.
 */
export class TickLimiter {
  readonly #perTick: number;
  readonly #tickMs: number;
  readonly #now: () => number;
  readonly #queue = new Deque<() => void>();
  #started = 0;
  #startedAt = 0;
  #scheduled = false;

  constructor(perTick: number, tickMs = 20, now = () => performance.now()) {
    this.#perTick = perTick;
    this.#tickMs = tickMs;
    this.#now = now;
  }

  /** The number of queued tasks. */
  get pending(): number {
    return this.#queue.length;
  }

  /** Runs the task synchronously while this iteration has capacity, otherwise in a later one. */
  run(task: () => void): void {
    this.#schedule();
    if (this.#queue.length > 0 || !this.#hasCapacity()) return this.#queue.push(task);
    this.#started++;
    return task();
  }

  #hasCapacity(): boolean {
    if (this.#started === 0) this.#startedAt = this.#now();
    return this.#started < this.#perTick && this.#now() - this.#startedAt < this.#tickMs;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#started = 0;
      if (this.#queue.length === 0) return;
      this.#schedule();
      this.#next();
    });
  }

  /** Starts the next task in a microtask of its own, so that the time of the microtasks before it is counted. */
  #next(): void {
    if (!this.#hasCapacity()) return;
    const task = this.#queue.shift();
    if (task === undefined) return;
    this.#started++;
    task();
    queueMicrotask(() => this.#next());
  }
}
