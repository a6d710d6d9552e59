import { setTimeout as sleep } from 'node:timers/promises';
import { disposable } from '../lib/disposable.ts';
import type { Log } from '../log/log.ts';
import type { LogListener } from './journal.ts';
import type { Entry } from './topic.ts';

/** Who changed something waits no longer until this process goes by it. */
const takeUpMs = 1_000;

/** Those who hear of what a log has stored. One that fails keeps neither the others nor the log from going on. */
export class Listeners {
  readonly #log: Log;
  readonly #all = new Set<LogListener>();
  /** What listeners are asking the store for. */
  readonly #takingUp = new Set<Promise<void>>();

  constructor(log: Log) {
    this.#log = log;
  }

  add(listener: LogListener): Disposable {
    this.#all.add(listener);
    return disposable(() => this.#all.delete(listener));
  }

  clear(): void {
    this.#all.clear();
  }

  tell(entries: readonly Entry[]): void {
    for (const listener of this.#all) {
      try {
        const taking = listener(entries);
        if (taking !== undefined) this.#watch(taking);
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  /** When all is taken up that is being taken up now; soon, where the store has gone away meanwhile. */
  async takenUp(): Promise<void> {
    if (this.#takingUp.size === 0) return;
    await Promise.race([Promise.all(this.#takingUp), sleep(takeUpMs, undefined, { ref: false })]);
  }

  #watch(taking: Promise<void>): void {
    const watched = taking
      .catch((error: unknown) => this.#failed(error))
      .finally(() => this.#takingUp.delete(watched));
    this.#takingUp.add(watched);
  }

  #failed(error: unknown): void {
    this.#log.error({ err: error }, 'a listener of the log failed');
  }
}
