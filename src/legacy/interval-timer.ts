import { frameText, type FrameText } from './feed-frame.ts';
import type { IntervalPart } from './feed-parts.ts';

/** Sends one message to all clients of a feed at the same time. The timer runs while there are clients. */
export class IntervalTimer {
  readonly #part: IntervalPart;
  readonly #listeners = new Set<(message: FrameText) => void>();
  #timer: NodeJS.Timeout | null = null;

  constructor(part: IntervalPart) {
    this.#part = part;
  }

  /** @param listener must not throw. */
  join(listener: (message: FrameText) => void): void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.#send(), this.#part.everyMs);
  }

  leave(listener: (message: FrameText) => void): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #send(): void {
    const message = frameText(this.#part.message({ atMs: Date.now() }));
    for (const listener of this.#listeners) listener(message);
  }
}
