import type { Subscriber, Reader, Writer } from './subscriber.ts';

/** The writing end of a client, as a transport offers it. */
export interface OutboundChannel {
  /** Whether more may be written: what is buffered lies below the high-water mark. */
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
 * This is the path of every delivered message: what a member has to know here lies on the member itself, those that
 * are due hang together by themselves, and nothing is looked up or allocated for a message.
 */
export class Connection implements Reader {
  readonly #outlet: OutboundChannel;
  readonly #ticker: Ticker;
  readonly #members = new Set<Subscriber<unknown>>();
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

  join<Frame>(member: Subscriber<Frame>, writer: Writer<Frame>): void {
    for (const other of this.#members) other.direct = null;
    member.writer = writer;
    this.#members.add(member);
    this.due(member);
  }

  leave<Frame>(member: Subscriber<Frame>): void {
    member.writer = member.direct = null; // where it stands among the due it is passed over
    this.#members.delete(member);
  }

  due(member: Subscriber<unknown>): void {
    if (member.isDue || member.writer === null || this.#closed) return;
    member.isDue = true;
    this.#append(member);
    if (this.#queued || this.#parked !== null) return;
    if (this.#members.size === 1) return this.flush(); // there is nobody to wait for, and all of this is at hand now
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
      first.direct = welcome && this.#members.size === 1 ? first.writer : null;
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
    for (const member of this.#members) {
      member.writer = member.direct = null;
      member.leave(this.#stalled ? 'stalled' : 'left');
    }
    this.#members.clear();
    this.#firstDue = this.#lastDue = null;
  }

  /**
   * Writes what the members have, each in its turn. Those for whom there was no room go first the next time.
   * @returns false when no more is welcome.
   */
  #writeAll(): boolean {
    let member = this.#firstDue;
    const last = this.#lastDue;
    this.#firstDue = this.#lastDue = null;
    let budget = framesPerTickMax;
    let welcome = true;
    this.#outlet.cork();
    try {
      while (member !== null && welcome && budget > 0) {
        const next: Subscriber<unknown> | null = member.nextDue;
        member.nextDue = null;
        const written = this.#writeOf(member, budget);
        if (written < 0) welcome = this.#outlet.writable();
        else budget -= written;
        member = next;
      }
    } finally {
      this.#outlet.uncork();
    }
    if (member !== null && last !== null) {
      last.nextDue = this.#firstDue;
      this.#firstDue = member;
      this.#lastDue ??= last;
    }
    return welcome;
  }

  /** Writes what the only member has: one frame as it is, which is the usual case, and further ones together. */
  #writeAlone(member: Subscriber<unknown>): boolean {
    const frame = this.#frameOf(member);
    if (frame === undefined) return true;
    if (!this.#write(member, frame)) return this.#stays(member);
    const second = this.#frameOf(member);
    if (second === undefined) return true;
    this.#outlet.cork();
    try {
      if (!this.#write(member, second)) return this.#stays(member);
      return this.#writeOf(member, framesPerTickMax - 2) >= 0;
    } finally {
      this.#outlet.uncork();
    }
  }

  /** The member stays due when it may have more. @returns how many frames were written; -1 when no more is welcome. */
  #writeOf(member: Subscriber<unknown>, budget: number): number {
    for (let written = 0; written < budget; written++) {
      const frame = this.#frameOf(member);
      if (frame === undefined) return written;
      if (this.#write(member, frame)) continue;
      this.#stays(member);
      return -1;
    }
    this.#append(member);
    return budget;
  }

  #frameOf(member: Subscriber<unknown>): unknown {
    const frame = member.writer === null ? undefined : member.next();
    if (frame === undefined) member.isDue = false;
    return frame;
  }

  #write(member: Subscriber<unknown>, frame: unknown): boolean {
    return member.writer?.write(frame as never) ?? true;
  }

  /** It may have more, for which there is no room now. */
  #stays(member: Subscriber<unknown>): false {
    this.#append(member);
    return false;
  }

  #append(member: Subscriber<unknown>): void {
    if (this.#lastDue === null) this.#firstDue = member;
    else this.#lastDue.nextDue = member;
    this.#lastDue = member;
  }

  #park(): void {
    for (const member of this.#members) member.park();
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
