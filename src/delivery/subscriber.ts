/** Takes the frames of subscribers: a connection, or the stream of an SSE response. */
export interface Reader {
  /** The subscriber may have a frame. Can be called any number of times per tick. */
  due(subscriber: Subscriber<unknown>): void;
}

export interface SubscriberOptions {
  readonly reader: Reader;
  /** Called once when the subscription ends: with an error, or with null when the server stops. */
  readonly ended: (error: unknown) => void;
  /** Called once when the subscriber has left. @param reason `left`, `stalled`, `shutdown`, or an error code. */
  readonly onLeave: (subscriber: Subscriber<unknown>, reason: string) => void;
}

/** Writes the frames of one subscriber to its connection's channel. */
export interface Writer<Frame> {
  /** @returns whether the channel has room for more. */
  write(frame: Frame): boolean;
}

/**
 * One subscription: a position in a group. It buffers nothing.
 *
 * The public fields belong to the connection. They are stored here so that the path of a message looks nothing up.
 */
export abstract class Subscriber<Frame> {
  readonly #reader: Reader;
  readonly #options: SubscriberOptions;
  #done = false;
  /** Null: the reader is not a connection, or the subscriber has left. */
  writer: Writer<never> | null = null; // the type of its frames is known to group and transport
  /** The writer, while this is the only subscriber of its connection and the channel has room. */
  direct: Writer<never> | null = null;
  /** Whether it is in the connection's list of due subscribers. */
  isDue = false;
  /** The next one in that list. */
  nextDue: Subscriber<unknown> | null = null;
  /** Number of events that were executed for the last frame. */
  eventsTaken = 1;

  constructor(options: SubscriberOptions) {
    this.#reader = options.reader;
    this.#options = options;
  }

  /** Takes the next frame. Undefined: there is none now; the reader is notified when there may be one. */
  abstract next(): Frame | undefined;

  /** Number of entries in memory that it has not taken, at most `max`. Null: it reads older ones from the database. */
  abstract lag(max: number): number | null;

  /** The cursor of the last event that it has taken, or after which it has found none that matches. Null: of a gauge. */
  cursor(): string | null {
    return null;
  }

  /** Drops what it has read ahead, because its connection is parked. */
  park(): void {
    // a subscriber of a gauge reads nothing ahead
  }

  get done(): boolean {
    return this.#done;
  }

  /** Takes the next frame if it is certainly the last one for now. Undefined otherwise. */
  nextIfLast(): Frame | undefined {
    return undefined;
  }

  wake(): void {
    if (this.direct !== null) {
      const frame = this.nextIfLast();
      if (frame !== undefined) {
        if (!this.direct.write(frame as never)) this.direct = null; // from here on, the connection writes
        return;
      }
    }
    if (!this.#done) this.#reader.due(this);
  }

  /** Ends the subscription at the request of its reader, without calling `ended`. */
  leave(reason = 'left'): void {
    if (this.#done) return;
    this.#done = true;
    this.#options.onLeave(this, reason);
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
