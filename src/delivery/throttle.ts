import type { Entry } from '../journal/topic.ts';

/** The interval of a source jitters. A value that arrives this much too early still starts a round. */
function toleranceOf(everyMs: number): number {
  return Math.min(everyMs * 0.1, 100);
}

/**
 * Limits the rounds of a gauge group: at most one every `everyMs`. An urgent value starts a round immediately. Rounds
 * start when values arrive, so a regular source gives regular rounds.
 */
export class Throttle {
  readonly #everyMs: number;
  readonly #onRound: () => void;
  #released = 0;
  #waiting = 0;
  #urgent = false;
  #lastAt = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(everyMs: number, onRound: () => void) {
    this.#everyMs = everyMs;
    this.#onRound = onRound;
  }

  /** The version up to which the last round has released values to the subscribers. */
  released(): number {
    return this.#released;
  }

  /** Adds a value that the group reads. */
  arrived({ seq, urgent }: Entry): void {
    this.#waiting = seq;
    this.#urgent ||= urgent;
  }

  /** Starts or schedules a round, after all values of one update were added. */
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
    this.#onRound();
  }
}
