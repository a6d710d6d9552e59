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
  #due = new Set<Connection>();

  add(connection: Connection): void {
    if (this.#due.size === 0) setImmediate(() => this.#tick());
    this.#due.add(connection);
  }

  #tick(): void {
    const due = this.#due;
    this.#due = new Set();
    for (const connection of due) connection.flush();
  }
}

/**
 * One client and all its subscriptions. Whatever number of them has something to send, the socket is written once a
 * tick. Above its high-water mark the connection is parked: nothing is taken from the journal for it until the socket
 * has drained, so a stalled client costs its cursors and nothing else.
 */
export class Connection {
  readonly #outlet: Outlet;
  readonly #ticker: Ticker;
  readonly #writers = new Map<Member<unknown>, (frame: never) => void>();
  readonly #due = new Set<Member<unknown>>();
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
    this.#writers.set(member, write);
    this.due(member);
  }

  leave<Frame>(member: Member<Frame>): void {
    this.#writers.delete(member);
    this.#due.delete(member);
  }

  due<Frame>(member: Member<Frame>): void {
    if (this.#closed || !this.#writers.has(member)) return;
    this.#due.add(member);
    if (this.#parked === null) this.#ticker.add(this);
  }

  flush(): void {
    if (this.#closed || this.#parked !== null) return;
    let budget = framesPerTickMax;
    this.#outlet.cork();
    try {
      for (const member of this.#due) {
        const write = this.#writers.get(member) as ((frame: unknown) => void) | undefined;
        while (write !== undefined && budget > 0 && this.#outlet.writable()) {
          const frame = member.next();
          if (frame === undefined) {
            this.#due.delete(member);
            break;
          }
          write(frame);
          budget--;
        }
        if (write === undefined) this.#due.delete(member);
        if (budget > 0 && this.#outlet.writable()) continue;
        if (this.#due.delete(member)) this.#due.add(member); // the others come first next time
        break;
      }
    } finally {
      this.#outlet.uncork();
    }
    if (this.#closed || this.#due.size === 0) return;
    if (this.#outlet.writable()) this.#ticker.add(this);
    else this.#park();
  }

  close(): void {
    this.#closed = true;
    if (this.#parked !== null) clearTimeout(this.#parked);
    this.#parked = null;
    for (const member of this.#writers.keys()) member.leave();
    this.#writers.clear();
    this.#due.clear();
  }

  #park(): void {
    for (const member of this.#writers.keys()) member.park();
    this.#parked = setTimeout(() => this.#outlet.stalled(), stalledMs);
    this.#outlet.onceDrained(() => {
      if (this.#parked !== null) clearTimeout(this.#parked);
      this.#parked = null;
      if (!this.#closed && this.#due.size > 0) this.#ticker.add(this);
    });
  }
}
