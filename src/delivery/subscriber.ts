/** Who takes a subscriber's frames: a connection, a stream. */
export interface Reader {
  /** There may be something to take; called as often as that, in any turn of the loop. */
  due(subscriber: Subscriber<unknown>): void;
}

export interface SubscriberOptions {
  readonly reader: Reader;
  /** Nothing will come any more: after an error, or null because the server ends it. Called once. */
  readonly ended: (error: unknown) => void;
  /** It has gone. @param reason `left`, `stalled`, `shutdown`, or the code of an error. */
  readonly gone: (subscriber: Subscriber<unknown>, reason: string) => void;
}

/** Writes a subscriber's frames for its connection. */
export interface Writer<Frame> {
  /** @returns false when no more is welcome for now. */
  write(frame: Frame): boolean;
}

/**
 * One subscription: a position in a group. It buffers nothing.
 *
 * The fields below belong to the connection that writes for it. They are here because this is the path of every
 * delivered message, which must not look anything up.
 */
export abstract class Subscriber<Frame> {
  readonly #reader: Reader;
  readonly #options: SubscriberOptions;
  #done = false;
  /** null: no connection writes for it. */
  writer: Writer<never> | null = null; // of frames whose type both sides know
  /** The same while it is alone on its connection and the client reads: then it writes without the connection. */
  direct: Writer<never> | null = null;
  /** It is among those that the connection will ask for frames. */
  isDue = false;
  /** The one behind it among those. */
  nextDue: Subscriber<unknown> | null = null;

  constructor(options: SubscriberOptions) {
    this.#reader = options.reader;
    this.#options = options;
  }

  /** Takes the next frame; undefined: nothing now, the reader will hear when there is. */
  abstract next(): Frame | undefined;

  /** Entries that wait for it in memory, at most `max`; null: it reads the store. */
  abstract lag(max: number): number | null;

  /** Nothing can be written for now: what was read ahead is not kept. */
  park(): void {
    // gauges are read where they are
  }

  get done(): boolean {
    return this.#done;
  }

  /** Takes the next frame where it is certain that there is no other behind it. */
  only(): Frame | undefined {
    return undefined;
  }

  wake(): void {
    if (this.direct !== null) {
      const frame = this.only();
      if (frame !== undefined) {
        if (!this.direct.write(frame as never)) this.direct = null; // the connection looks at it the next time
        return;
      }
    }
    if (!this.#done) this.#reader.due(this);
  }

  /** Leaves without a word to `ended`. */
  leave(reason = 'left'): void {
    if (this.#done) return;
    this.#done = true;
    this.#options.gone(this, reason);
  }

  end(error: unknown): void {
    if (this.#done) return;
    this.leave(error === null ? 'shutdown' : codeOf(error));
    this.#options.ended(error);
  }
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : 'INTERNAL_ERROR';
}
