import type { Member } from './member.ts';

/** The writing end of a client, as a transport offers it. */
export interface Outlet {
  /** Whether more may be written: what is buffered lies below the high-water mark. */
  writable(): boolean;
  cork(): void;
  uncork(): void;
  /** Calls back once when what is buffered has gone out. */
  onceDrained(callback: () => void): void;
  /** The client has taken nothing for too long. */
  stalled(): void;
}

/** A parked client that takes nothing for this long is closed. */
const stalledMs = 60_000;

/** Frames one connection may write in one tick before others get their turn. */
const framesPerTickMax = 512;

/** Collects the connections that owe something and lets each write once per turn of the event loop. */
export class Ticker {
  #due: Connection[] = [];

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
 * This is the path of every delivered message: what a member has to know here lies on the member itself (its seat),
 * and nothing is looked up or allocated for a message.
 */
export class Connection {
  readonly #outlet: Outlet;
  readonly #ticker: Ticker;
  readonly #members = new Set<Member<unknown>>();
  #due: Member<unknown>[] = [];
  #queued = false;
  #parked: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(outlet: Outlet, ticker: Ticker) {
    this.#outlet = outlet;
    this.#ticker = ticker;
  }

  get parked(): boolean {
    return this.#parked !== null;
  }

  join<Frame>(member: Member<Frame>, write: (frame: Frame) => void): void {
    member.seat = { write, due: false };
    this.#members.add(member);
    this.due(member);
  }

  leave<Frame>(member: Member<Frame>): void {
    member.seat = null; // where it stands among the due it is passed over
    this.#members.delete(member);
  }

  due<Frame>(member: Member<Frame>): void {
    const { seat } = member;
    if (seat === null || seat.due || this.#closed) return;
    seat.due = true;
    this.#due.push(member);
    this.#queue();
  }

  flush(): void {
    this.#queued = false;
    if (this.#closed || this.#parked !== null) return;
    if (this.#due.length === 1) this.#writeOne();
    else this.#writeAll();
    if (this.#closed || this.#due.length === 0) return;
    if (this.#outlet.writable()) this.#queue();
    else this.#park();
  }

  close(): void {
    this.#closed = true;
    if (this.#parked !== null) clearTimeout(this.#parked);
    this.#parked = null;
    for (const member of this.#members) {
      member.seat = null;
      member.leave();
    }
    this.#members.clear();
    this.#due = [];
  }

  /** The usual case, without a list and without a cork. */
  #writeOne(): void {
    const member = this.#due.pop();
    if (member === undefined) return;
    this.#writeOf(member, framesPerTickMax);
    if (member.seat?.due === true) this.#due.push(member);
  }

  /** Writes what the members have. Those for whom there was no room stay due, behind those that got none. */
  #writeAll(): void {
    const due = this.#due;
    this.#due = [];
    let budget = framesPerTickMax;
    let index = 0;
    this.#outlet.cork();
    try {
      for (; index < due.length && budget > 0 && this.#outlet.writable(); index++) {
        const member = due[index];
        if (member === undefined) continue;
        budget -= this.#writeOf(member, budget);
        if (member.seat?.due === true) this.#due.push(member);
      }
    } finally {
      this.#outlet.uncork();
    }
    if (index < due.length) this.#due = [...due.slice(index), ...this.#due];
  }

  /** @returns how many frames were written, at most `budget`. The member stays due when it may have more. */
  #writeOf(member: Member<unknown>, budget: number): number {
    const { seat } = member;
    let written = 0;
    while (seat !== null && written < budget && this.#outlet.writable()) {
      const frame = member.next();
      if (frame === undefined) {
        seat.due = false;
        break;
      }
      seat.write(frame as never);
      written++;
    }
    return written;
  }

  #queue(): void {
    if (this.#queued || this.#parked !== null) return;
    this.#queued = true;
    this.#ticker.add(this);
  }

  #park(): void {
    for (const member of this.#members) member.park();
    this.#parked = setTimeout(() => this.#outlet.stalled(), stalledMs);
    this.#outlet.onceDrained(() => {
      if (this.#parked !== null) clearTimeout(this.#parked);
      this.#parked = null;
      if (!this.#closed && this.#due.length > 0) this.#queue();
    });
  }
}
