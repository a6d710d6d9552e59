import type { Entry } from '../journal/topic.ts';

/** A source's clock jitters; a value that comes this much early still belongs to the round. */
function toleranceOf(everyMs: number): number {
  return Math.min(everyMs * 0.1, 100);
}

/**
 * Paces the group of a gauge: at most one round every `everyMs`, each showing the newest values; an urgent value
 * starts a round at once. The clock is the arrival of values, so a steady source makes steady rounds.
 */
export class Throttle {
  readonly #everyMs: number;
  readonly #release: () => void;
  #released = 0;
  #waiting = 0;
  #urgent = false;
  #lastAt = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(everyMs: number, release: () => void) {
    this.#everyMs = everyMs;
    this.#release = release;
  }

  /** Values up to this version are for the subscribers to see. */
  released(): number {
    return this.#released;
  }

  /** A value has come that this group reads. */
  arrived({ seq, urgent }: Entry): void {
    this.#waiting = seq;
    this.#urgent ||= urgent;
  }

  /** That was all that came together. */
  arrivedAll(): void {
    if (this.#waiting === this.#released) return;
    const dueMs = this.#lastAt + this.#everyMs - Date.now();
    if (this.#urgent || dueMs <= toleranceOf(this.#everyMs)) this.#round();
    else this.#timer ??= setTimeout(() => this.#round(), dueMs);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #round(): void {
    this.stop();
    this.#lastAt = Date.now();
    this.#urgent = false;
    this.#released = this.#waiting;
    this.#release();
  }
}
