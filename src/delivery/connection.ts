import type { Subscriber, Reader, Writer } from './subscriber.ts';

/** The writing end of a client, as a transport offers it. */
export interface OutboundChannel {
  /** Whether more may be written: less than the high-water mark is buffered. */
  writable(): boolean;
  /** Bytes that wait for the client. */
  buffered(): number;
  cork(): void;
  uncork(): void;
  /** Calls back once when what is buffered has gone out. */
  onceDrained(callback: () => void): void;
  /** The client has taken nothing for too long. */
  stalled(): void;
}

/** A parked client that takes nothing for this long is closed; one that takes little is not. */
const stalledMs = 60_000;
/** Frames one connection may write in one tick before others get their turn. */
const framesPerTickMax = 512;

/** Collects the connections that owe something and lets each write once per turn of the event loop. */
export class Ticker {
  #due: Connection[] = [];
  /** Connections that wait for their clients. */
  parked = 0;

  /** Called once per connection and tick; the connection sees to that. */
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
 * One client and all its subscriptions. Whatever number of them has something to send, the socket is written once a
 * tick. Above its high-water mark the connection is parked: nothing is taken from the journal for it until the socket
 * has drained, so a stalled client costs its cursors and nothing else.
 *
 * This is the path of every delivered message: what a subscriber has to know here lies on the subscriber itself, those that
 * are due hang together by themselves, and nothing is looked up or allocated for a message.
 */
export class Connection implements Reader {
  readonly #outlet: OutboundChannel;
  readonly #ticker: Ticker;
  readonly #subscribers = new Set<Subscriber<unknown>>();
  #firstDue: Subscriber<unknown> | null = null;
  #lastDue: Subscriber<unknown> | null = null;
  #queued = false;
  #parked: NodeJS.Timeout | null = null;
  #stalled = false;
  #closed = false;

  constructor(outlet: OutboundChannel, ticker: Ticker) {
    this.#outlet = outlet;
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
    subscriber.writer = subscriber.direct = null; // it is skipped in the list of due subscribers
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
    let welcome: boolean;
    if (first.nextDue === null) {
      this.#firstDue = this.#lastDue = null;
      welcome = this.#writeAlone(first);
      first.direct = welcome && this.#subscribers.size === 1 ? first.writer : null;
    } else {
      welcome = this.#writeAll();
    }
    if (this.#closed) return;
    if (!welcome && !this.#outlet.writable()) return this.#park();
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
   * Writes the frames of the subscribers in turn. Those that could not be written come first the next time.
   * @returns false when no more is welcome.
   */
  #writeAll(): boolean {
    let subscriber = this.#firstDue;
    const last = this.#lastDue;
    this.#firstDue = this.#lastDue = null;
    let budget = framesPerTickMax;
    let welcome = true;
    this.#outlet.cork();
    try {
      while (subscriber !== null && welcome && budget > 0) {
        const next: Subscriber<unknown> | null = subscriber.nextDue;
        subscriber.nextDue = null;
        const written = this.#writeOf(subscriber, budget);
        if (written < 0) welcome = this.#outlet.writable();
        else budget -= written;
        subscriber = next;
      }
    } finally {
      this.#outlet.uncork();
    }
    if (subscriber !== null && last !== null) {
      last.nextDue = this.#firstDue;
      this.#firstDue = subscriber;
      this.#lastDue ??= last;
    }
    return welcome;
  }

  /** Writes what the only subscriber has: one frame as it is, which is the usual case, and further ones together. */
  #writeAlone(subscriber: Subscriber<unknown>): boolean {
    const frame = this.#frameOf(subscriber);
    if (frame === undefined) return true;
    if (!this.#write(subscriber, frame)) return this.#stays(subscriber);
    const second = this.#frameOf(subscriber);
    if (second === undefined) return true;
    this.#outlet.cork();
    try {
      if (!this.#write(subscriber, second)) return this.#stays(subscriber);
      return this.#writeOf(subscriber, framesPerTickMax - 2) >= 0;
    } finally {
      this.#outlet.uncork();
    }
  }

  /** The subscriber stays due when it may have more. @returns how many frames were written; -1 when no more is welcome. */
  #writeOf(subscriber: Subscriber<unknown>, budget: number): number {
    for (let written = 0; written < budget; written++) {
      const frame = this.#frameOf(subscriber);
      if (frame === undefined) return written;
      if (this.#write(subscriber, frame)) continue;
      this.#stays(subscriber);
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

  /** It may have more, for which there is no room now. */
  #stays(subscriber: Subscriber<unknown>): false {
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
    this.#watch(this.#outlet.buffered());
    this.#outlet.onceDrained(() => {
      this.#unpark();
      if (this.#closed || this.#queued || this.#firstDue === null) return;
      this.#queued = true;
      this.#ticker.add(this);
    });
  }

  /** @param before what waited for the client when it was looked at last. */
  #watch(before: number): void {
    this.#parked = setTimeout(() => {
      const left = this.#outlet.buffered();
      if (left < before) return this.#watch(left);
      this.#stalled = true;
      this.#outlet.stalled();
    }, stalledMs);
  }

  #unpark(): void {
    if (this.#parked === null) return;
    clearTimeout(this.#parked);
    this.#parked = null;
    this.#ticker.parked--;
  }
}
