import type { PulsePart } from './dialect.ts';
import { frameText, type FrameText } from './feed-frame.ts';

/** Says the same to all clients of a feed at the same time. Its timer runs while there are any. */
export class Pulse {
  readonly #part: PulsePart;
  readonly #listeners = new Set<(message: FrameText) => void>();
  #timer: NodeJS.Timeout | null = null;

  constructor(part: PulsePart) {
    this.#part = part;
  }

  /** @param listener must not throw. */
  join(listener: (message: FrameText) => void): void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.#beat(), this.#part.everyMs);
  }

  leave(listener: (message: FrameText) => void): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #beat(): void {
    const message = frameText(this.#part.say({ atMs: Date.now() }));
    for (const listener of this.#listeners) listener(message);
  }
}
