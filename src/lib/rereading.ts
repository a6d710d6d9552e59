import { setTimeout as sleep } from 'node:timers/promises';

const retryMs = 500;

/**
 * Reads something again whenever it may have changed: one reading after the other, so that the newest is there last, and
 * until one succeeds. However often it is asked for while one goes on, one more follows.
 */
export class Rereading {
  readonly #read: () => Promise<void>;
  readonly #failed: (error: unknown) => void;
  readonly #retryMs: number;
  #line: Promise<void> = Promise.resolve();
  #queued = false;
  #stopped = false;

  constructor(read: () => Promise<void>, failed: (error: unknown) => void, pauseMs = retryMs) {
    this.#read = read;
    this.#failed = failed;
    this.#retryMs = pauseMs;
  }

  /** Never rejects. Resolves when what is there now has been read. */
  soon(): Promise<void> {
    if (!this.#queued) {
      this.#queued = true;
      this.#line = this.#line.then(() => this.#next());
    }
    return this.#line;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#line;
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
