import type { Entry } from '../journal/topic.ts';
import type { Group } from './group.ts';
import type { Position } from './position.ts';

export interface MemberEvents {
  /** There may be something to take; called as often as that, in any turn of the loop. */
  readonly due: () => void;
  /** Nothing will come any more: after an error, or null because the server ends it. Called once. */
  readonly ended: (error: unknown) => void;
}

/** A member's place on the connection that writes for it. */
export interface Seat {
  /** Takes the member's frames, whose type both sides know. */
  readonly write: (frame: never) => void;
  /** It is among those that the connection will ask for frames. */
  due: boolean;
}

/** One subscription: a place in a group, read by whoever owns it. It buffers nothing. */
export class Member<Frame> {
  readonly #group: Group<Frame>;
  readonly #position: Position;
  readonly #events: MemberEvents;
  readonly #leave: () => void;
  readonly #delivered: (entry: Entry) => void;
  readonly #load: (load: () => Promise<void>) => Promise<void>;
  /** Kept by the connection, here so that it is at hand with the member; null while none writes for it. */
  seat: Seat | null = null;
  #waiting = false;
  #done = false;

  constructor(options: {
    group: Group<Frame>;
    position: Position;
    events: MemberEvents;
    /** Told of each entry that is taken, for measuring. */
    delivered: (entry: Entry) => void;
    /** Bounds how many readers read the store at once. */
    load: (load: () => Promise<void>) => Promise<void>;
    leave: () => void;
  }) {
    this.#group = options.group;
    this.#position = options.position;
    this.#events = options.events;
    this.#load = options.load;
    this.#leave = options.leave;
    this.#delivered = options.delivered;
  }

  due(): void {
    if (!this.#done && !this.#waiting) this.#events.due();
  }

  /** Takes the next frame; undefined: nothing now, `due` will be called when there is. */
  next(): Frame | undefined {
    while (!this.#done && !this.#waiting) {
      const entry = this.#position.peek();
      if (entry === null) return undefined;
      if (entry === 'behind') {
        this.#wait(this.#load(() => this.#position.load()));
        return undefined;
      }
      const frame = this.#framed(entry);
      if (frame instanceof Promise) {
        this.#wait(frame);
        return undefined;
      }
      this.#position.take(entry);
      if (frame === null) continue;
      this.#delivered(entry);
      return frame;
    }
    return undefined;
  }

  #framed(entry: Entry): Frame | null | Promise<void> {
    try {
      return this.#group.frame(entry);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Nothing can be written for now: what was read ahead is not kept. */
  park(): void {
    this.#position.drop();
  }

  /** Leaves without a word to `ended`. */
  leave(): void {
    if (this.#done) return;
    this.#done = true;
    this.#leave();
  }

  end(error: unknown): void {
    if (this.#done) return;
    this.leave();
    this.#events.ended(error);
  }

  #wait(coming: Promise<void>): void {
    this.#waiting = true;
    coming.then(
      () => {
        this.#waiting = false;
        this.due();
      },
      (error: unknown) => this.end(error),
    );
  }
}
