import { setTimeout as sleep } from 'node:timers/promises';

const defaultRetryMs = 500;

/**
 * Reads a value again after each change. Reads never overlap, so the newest value is stored last. All requests during a
 * read share the next one. A failed read is retried until it succeeds.
 */
export class CoalescedRefresh {
  readonly #read: () => Promise<void>;
  readonly #failed: (error: unknown) => void;
  readonly #retryMs: number;
  #last: Promise<void> = Promise.resolve();
  #queued = false;
  #stopped = false;

  constructor(read: () => Promise<void>, failed: (error: unknown) => void, retryMs = defaultRetryMs) {
    this.#read = read;
    this.#failed = failed;
    this.#retryMs = retryMs;
  }

  /** Never rejects. Resolves after a read that started after this call. */
  request(): Promise<void> {
    if (!this.#queued) {
      this.#queued = true;
      this.#last = this.#last.then(() => this.#next());
    }
    return this.#last;
  }

  /** Resolves when no read is going on or requested. */
  async settled(): Promise<void> {
    for (let last = null; last !== this.#last;) await (last = this.#last);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#last;
  }

  async #next(): Promise<void> {
    this.#queued = false;
    while (!this.#stopped) {
      try {
        return await this.#read();
      } catch (error) {
        this.#failed(error);
        await sleep(this.#retryMs);
      }
    }
  }
}
