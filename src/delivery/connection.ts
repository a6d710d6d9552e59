import type { Subscriber, Reader, Writer } from './subscriber.ts';

/** How a transport lets a connection write to a client. */
export interface OutboundChannel {
  /** Whether less than the high-water mark is buffered. */
  writable(): boolean;
  /** Number of buffered bytes. */
  buffered(): number;
  cork(): void;
  uncork(): void;
  /** Calls the callback once, when the buffered bytes have been sent. */
  onceDrained(callback: () => void): void;
  /** Called when the client has read nothing for a minute. Closes the transport's connection. */
  stalled(): void;
}

/** A parked client that reads nothing for this time is closed. One that reads slowly is not. */
const stalledMs = 60_000;
/** Frames, or events of lists, that one connection writes per tick, before other connections write. */
const framesPerTickMax = 512;

/** Collects the connections that have frames to write. Each writes once per turn of the event loop. */
export class Ticker {
  #due: Connection[] = [];
  /** Number of connections that wait for their clients to read. */
  parked = 0;

  /** The connection must call this at most once per tick. */
  add(connection: Connection): void {
    if (this.#due.length === 0) setImmediate(() => this.#tick());
    this.#due.push(connection);
  }

  #tick(): void {
    const due = this.#due;
    this.#due = [];
    for (const connection of due) connection.flush();
  }
}

/**
 * One client with all its subscriptions. The socket is written once per tick, however many subscriptions have frames.
 * Above the high-water mark of its socket the connection is parked: nothing is read from the journal for it until the
 * socket has drained, so a stalled client costs only the memory of its positions.
 *
 * Every message takes this path, so it looks nothing up and allocates nothing: the state per subscriber is stored on
 * the subscriber, and the subscribers that are due form a linked list.
 */
export class Connection implements Reader {
  readonly #channel: OutboundChannel;
  readonly #ticker: Ticker;
  readonly #subscribers = new Set<Subscriber<unknown>>();
  #firstDue: Subscriber<unknown> | null = null;
  #lastDue: Subscriber<unknown> | null = null;
  #queued = false;
  #parked: NodeJS.Timeout | null = null;
  #stalled = false;
  #closed = false;

  constructor(channel: OutboundChannel, ticker: Ticker) {
    this.#channel = channel;
    this.#ticker = ticker;
  }

  get parked(): boolean {
    return this.#parked !== null;
  }

  join<Frame>(subscriber: Subscriber<Frame>, writer: Writer<Frame>): void {
    for (const other of this.#subscribers) other.direct = null;
    subscriber.writer = writer;
    this.#subscribers.add(subscriber);
    this.due(subscriber);
  }

  leave<Frame>(subscriber: Subscriber<Frame>): void {
    subscriber.writer = subscriber.direct = null; // if it is due, the list of due subscribers skips it
    this.#subscribers.delete(subscriber);
  }

  due(subscriber: Subscriber<unknown>): void {
    if (subscriber.isDue || subscriber.writer === null || this.#closed) return;
    subscriber.isDue = true;
    this.#append(subscriber);
    if (this.#queued || this.#parked !== null) return;
    if (this.#subscribers.size === 1) return this.flush(); // no other subscriber can be due, so it writes now
    this.#queued = true;
    this.#ticker.add(this);
  }

  flush(): void {
    this.#queued = false;
    const first = this.#firstDue;
    if (this.#closed || this.#parked !== null || first === null) return;
    let hasRoom: boolean;
    if (first.nextDue === null) {
      this.#firstDue = this.#lastDue = null;
      hasRoom = this.#writeSingle(first);
      first.direct = hasRoom && this.#subscribers.size === 1 ? first.writer : null;
    } else {
      hasRoom = this.#writeAll();
    }
    if (this.#closed) return;
    if (!hasRoom && !this.#channel.writable()) return this.#park();
    if (this.#firstDue === null || this.#queued) return;
    this.#queued = true;
    this.#ticker.add(this);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#unpark();
    for (const subscriber of this.#subscribers) {
      subscriber.writer = subscriber.direct = null;
      subscriber.leave(this.#stalled ? 'stalled' : 'left');
    }
    this.#subscribers.clear();
    this.#firstDue = this.#lastDue = null;
  }

  /**
   * Writes the frames of all due subscribers. Subscribers that remain are the first ones in the next tick.
   * @returns whether the channel has room for more.
   */
  #writeAll(): boolean {
    let subscriber = this.#firstDue;
    const last = this.#lastDue;
    this.#firstDue = this.#lastDue = null;
    let budget = framesPerTickMax;
    let hasRoom = true;
    this.#channel.cork();
    try {
      while (subscriber !== null && hasRoom && budget > 0) {
        const next: Subscriber<unknown> | null = subscriber.nextDue;
        subscriber.nextDue = null;
        const written = this.#writeOf(subscriber, budget);
        if (written < 0) hasRoom = this.#channel.writable();
        else budget -= written;
        subscriber = next;
      }
    } finally {
      this.#channel.uncork();
    }
    if (subscriber !== null && last !== null) {
      last.nextDue = this.#firstDue;
      this.#firstDue = subscriber;
      this.#lastDue ??= last;
    }
    return hasRoom;
  }

  /** Writes the frames of the only due subscriber: usually one, without corking; several are corked. */
  #writeSingle(subscriber: Subscriber<unknown>): boolean {
    const frame = this.#frameOf(subscriber);
    if (frame === undefined) return true;
    if (!this.#write(subscriber, frame)) return this.#remainsDue(subscriber);
    const second = this.#frameOf(subscriber);
    if (second === undefined) return true;
    this.#channel.cork();
    try {
      if (!this.#write(subscriber, second)) return this.#remainsDue(subscriber);
      return this.#writeOf(subscriber, framesPerTickMax - 2) >= 0;
    } finally {
      this.#channel.uncork();
    }
  }

  /** Writes frames until they have `budget` events. @returns the number of events, or -1 when the channel has no room for more. */
  #writeOf(subscriber: Subscriber<unknown>, budget: number): number {
    for (let written = 0; written < budget; written += subscriber.eventsTaken) {
      const frame = this.#frameOf(subscriber);
      if (frame === undefined) return written;
      if (this.#write(subscriber, frame)) continue;
      this.#remainsDue(subscriber);
      return -1;
    }
    this.#append(subscriber);
    return budget;
  }

  #frameOf(subscriber: Subscriber<unknown>): unknown {
    const frame = subscriber.writer === null ? undefined : subscriber.next();
    if (frame === undefined) subscriber.isDue = false;
    return frame;
  }

  #write(subscriber: Subscriber<unknown>, frame: unknown): boolean {
    return subscriber.writer?.write(frame as never) ?? true;
  }

  /** The subscriber may have more frames, for which the channel has no room now. */
  #remainsDue(subscriber: Subscriber<unknown>): false {
    this.#append(subscriber);
    return false;
  }

  #append(subscriber: Subscriber<unknown>): void {
    if (this.#lastDue === null) this.#firstDue = subscriber;
    else this.#lastDue.nextDue = subscriber;
    this.#lastDue = subscriber;
  }

  #park(): void {
    for (const subscriber of this.#subscribers) subscriber.park();
    this.#ticker.parked++;
    this.#watch(this.#channel.buffered());
    this.#channel.onceDrained(() => {
      this.#unpark();
      if (this.#closed || this.#queued || this.#firstDue === null) return;
      this.#queued = true;
      this.#ticker.add(this);
    });
  }

  /** Checks once a minute that the client reads. @param before number of buffered bytes at the last check. */
  #watch(before: number): void {
    this.#parked = setTimeout(() => {
      const buffered = this.#channel.buffered();
      if (buffered < before) return this.#watch(buffered);
      this.#stalled = true;
      this.#channel.stalled();
    }, stalledMs);
  }

  #unpark(): void {
    if (this.#parked === null) return;
    clearTimeout(this.#parked);
    this.#parked = null;
    this.#ticker.parked--;
  }
}
