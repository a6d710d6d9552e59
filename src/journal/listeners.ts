import { disposable } from '../lib/disposable.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';
import type { Log } from '../log/log.ts';
import type { LogListener } from './journal.ts';
import type { Entry } from './topic.ts';

/** How long a transaction waits for listeners to apply its entries. */
const settleMaxMs = 1_000;

/** The listeners of a log. A listener that fails affects neither the log nor the other listeners. */
export class Listeners {
  readonly #log: Log;
  readonly #all = new Set<LogListener>();
  /** Listeners that are applying entries, such as by reading tables. */
  readonly #pending = new Set<Promise<void>>();

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

  notify(entries: readonly Entry[]): void {
    for (const listener of this.#all) {
      try {
        const applying = listener(entries);
        if (applying !== undefined) this.#watch(applying);
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  /** Resolves when the listeners that are applying entries now have finished, or after a second. */
  async settled(): Promise<void> {
    if (this.#pending.size === 0) return;
    await waitAtMost(settleMaxMs, Promise.all(this.#pending));
  }

  #watch(applying: Promise<void>): void {
    const watched = applying
      .catch((error: unknown) => this.#failed(error))
      .finally(() => this.#pending.delete(watched));
    this.#pending.add(watched);
  }

  #failed(error: unknown): void {
    this.#log.error({ err: error }, 'A listener of the event log failed');
  }
}
