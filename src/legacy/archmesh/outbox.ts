import type { OutboundChannel } from '../../delivery/connection.ts';
import { PriorityQueue, type Priority } from '../../lib/priority-queue.ts';
import type { FrameText } from '../feed-frame.ts';

/**
 * The messages that wait for one client. Those of a higher priority are sent first, and the least important are dropped
 * when the client is too slow.
 */
export class Outbox {
  readonly #outbound: OutboundChannel;
  readonly #write: (message: FrameText) => void;
  readonly #waiting = new PriorityQueue<FrameText>();
  #flushing = false;
  /** Called when the queue is empty. */
  #emptied: (() => void) | null = null;
  #closed = false;

  constructor(outbound: OutboundChannel, write: (message: FrameText) => void) {
    this.#outbound = outbound;
    this.#write = write;
  }

  /** Messages are sent later in this turn of the event loop, when all of it has happened, so that priorities hold. */
  push(message: FrameText, priority: Priority): void {
    this.#waiting.push(message, priority);
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => this.#flush());
  }

  /** Resolves when the client has received what was sent and no message waits, or when the outbox is closed. */
  async idle(): Promise<void> {
    while (!this.#closed) {
      if (this.#waiting.length > 0)
        await new Promise<void>((resolve) => {
          this.#emptied = resolve;
        });
      else if (this.#outbound.writable()) return;
      else await new Promise<void>((resolve) => this.#outbound.onceDrained(resolve));
    }
  }

  close(): void {
    this.#closed = true;
  }

  #flush(): void {
    this.#flushing = false;
    this.#outbound.cork();
    while (!this.#closed && this.#outbound.writable()) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      this.#write(next);
    }
    this.#outbound.uncork();
    if (this.#closed) return;
    if (this.#waiting.length === 0) return this.#emptied?.();
    this.#flushing = true;
    this.#outbound.onceDrained(() => this.#flush());
  }
}
