import type { Entry } from '../journal/topic.ts';
import type { FrameLists } from './encoder.ts';
import { EncodedEntry } from './frame-cache.ts';

/** A list is not longer than this number of characters, so that clients with small limits accept the message. */
const charsMax = 256 * 1024;

export interface BatchOptions<Frame> {
  readonly lists: FrameLists<Frame>;
  /** The name of the list in results. */
  readonly responseKey: string;
  /** Maximum number of events in a list. */
  readonly eventsMax: number;
  /** Maximum size of a result. */
  readonly responseBytesMax: number;
}

/** The frames of consecutive events that are going to be sent as one list. */
export class EventBatch<Frame> {
  readonly #options: BatchOptions<Frame>;
  readonly #frames: Frame[] = [];
  readonly #charsMax: number;
  #chars = 0;
  #isFull = false;

  constructor(options: BatchOptions<Frame>) {
    this.#options = options;
    this.#charsMax = Math.min(charsMax, options.responseBytesMax / 3); // a character has at most 3 bytes
  }

  /** Whether no further event can be added. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Adds a frame. The first one is always added. @returns whether it was added. */
  add(frame: Frame): boolean {
    const { lists, responseKey, eventsMax } = this.#options;
    const chars = lists.length(frame, responseKey);
    const isFirst = this.#frames.length === 0;
    const fits = chars !== null && this.#chars + chars <= this.#charsMax;
    if (!fits) this.#isFull = true;
    if (!fits && !isFirst) return false;
    this.#frames.push(frame);
    this.#chars += chars ?? 0;
    if (this.#frames.length >= eventsMax) this.#isFull = true;
    return true;
  }

  /** The frame of all events. Undefined: there is none. */
  joined(): Frame | undefined {
    const [first] = this.#frames;
    if (this.#frames.length <= 1) return first;
    return this.#options.lists.join(this.#frames, this.#options.responseKey);
  }
}

/** A frame with several events, for the subscribers of a group that have the same position. */
export class EncodedBatch<Frame> extends EncodedEntry<Frame> {
  readonly last: Entry;
  /** Whether no later event could be added. */
  readonly isFull: boolean;
  /** The end of the log when the frame was created. */
  readonly head: number;

  constructor(
    first: Entry,
    frame: Frame,
    { last, isFull, head }: Pick<EncodedBatch<Frame>, 'last' | 'isFull' | 'head'>,
  ) {
    super(first, frame);
    this.last = last;
    this.isFull = isFull;
    this.head = head;
  }
}
