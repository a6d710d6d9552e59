import type { EventLog } from '../journal/journal.ts';
import { formatCursor } from '../journal/cursor.ts';
import { openReader, type LogReader } from '../journal/reader.ts';
import type { Entry } from '../journal/topic.ts';
import type { Encoder } from './encoder.ts';
import type { EntryExecutor } from './entry-executor.ts';
import type { EncodedEntry, FrameCache, Frames } from './frame-cache.ts';
import type { Group, JoinOptions } from './group.ts';
import { Subscriber, type SubscriberOptions } from './subscriber.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { LatencyTracker } from './latency.ts';

export interface LogGroupOptions<Frame> {
  readonly log: EventLog;
  readonly dispatcher: Dispatcher;
  readonly latency: LatencyTracker;
  readonly frameCache: FrameCache;
  /** null: all. */
  readonly topics: readonly string[] | null;
  /** Types of the entries that match; null: all. */
  readonly types: readonly string[] | null;
  readonly matches: ((entry: Entry) => boolean) | null;
  /** Makes the source of these events run while there are subscribers. */
  readonly watching: Disposable | null;
  readonly execution: EntryExecutor<Frame>;
  readonly encoder: Encoder<Frame>;
  /** Bounds how many subscribers read the store at once. */
  readonly load: (load: () => Promise<void>) => Promise<void>;
}

/**
 * Subscribers to events. An entry is executed when the first subscriber reads it, and its frame is cached for the
 * others; a group with one subscriber caches nothing. A subscriber is a cursor.
 */
export class EventGroup<Frame> implements Group<Frame> {
  readonly delivery = 'EVERY';
  readonly subscribers = new Set<Subscriber<Frame>>();
  readonly skipped = 0;
  readonly #options: LogGroupOptions<Frame>;
  readonly #listening: Disposable;
  readonly #frames: Frames = new Map();
  readonly #pending = new Map<number, Promise<EncodedEntry<Frame>>>();

  constructor(options: LogGroupOptions<Frame>) {
    this.#options = options;
    this.#listening = options.dispatcher.ofEvents(options.topics, () => {
      for (const subscriber of this.subscribers) subscriber.wake();
    });
  }

  async join({ reader, ended, gone, after, replayMax }: JoinOptions): Promise<Subscriber<Frame>> {
    const joinedAt = Date.now();
    const place = await this.#open(after, replayMax);
    const subscriber = new EventSubscriber<Frame>({ group: this, place, joinedAt, reader, ended, gone });
    this.subscribers.add(subscriber);
    return subscriber;
  }

  stop(): void {
    this.#frames.clear();
    this.#listening[Symbol.dispose]();
    this.#options.watching?.[Symbol.dispose]();
  }

  /** At once if it is known or its fields are plain. */
  encoded(entry: Entry): EncodedEntry<Frame> | Promise<EncodedEntry<Frame>> {
    const known = this.#frames.get(entry.seq) ?? this.#pending.get(entry.seq);
    if (known !== undefined) return known as EncodedEntry<Frame> | Promise<EncodedEntry<Frame>>;
    const made = this.#options.execution.frame(entry);
    if (!(made instanceof Promise)) return this.#remember(made);
    const coming = made
      .then((encoded) => this.#remember(encoded))
      .finally(() => this.#pending.delete(entry.seq));
    this.#pending.set(entry.seq, coming);
    return coming;
  }

  isNewest({ seq }: Entry): boolean {
    return seq === this.#options.log.head();
  }

  taken(encoded: EncodedEntry<Frame>): void {
    this.#options.latency.taken(encoded);
  }

  load(place: LogReader): Promise<void> {
    return this.#options.load(() => place.load());
  }

  lag(place: LogReader, max: number): number | null {
    const { log, topics } = this.#options;
    return log.holds(place.cursor) ? log.recent(topics, place.cursor, max).length : null;
  }

  #remember(encoded: EncodedEntry<Frame>): EncodedEntry<Frame> {
    const { frameCache, encoder } = this.#options;
    const { frame } = encoded;
    if (this.subscribers.size > 1)
      frameCache.keep(this.#frames, encoded, frame === null ? 0 : encoder.bytes(frame));
    return encoded;
  }

  async #open(after: string | null, replayMax: number | null): Promise<LogReader> {
    const { log, topics, types, matches } = this.#options;
    const filter = matches === null ? {} : { matches };
    const place = await openReader(log, { topics, after, ...filter });
    if (replayMax === null) return place;
    const start = await log.tail(topics, types, place.cursor, replayMax);
    if (start <= place.cursor) return place;
    return openReader(log, { topics, after: formatCursor(log.epoch, start), ...filter });
  }
}

interface LogMemberOptions<Frame> extends SubscriberOptions {
  readonly group: EventGroup<Frame>;
  readonly place: LogReader;
  /** Unix milliseconds. */
  readonly joinedAt: number;
}

/** A place in the log: every entry, in order. */
class EventSubscriber<Frame> extends Subscriber<Frame> {
  readonly #group: EventGroup<Frame>;
  readonly #place: LogReader;
  readonly #joinedAt: number;
  #waiting = false;
  /** What it has waited for. */
  #arrived: EncodedEntry<Frame> | null = null;

  constructor({ group, place, joinedAt, ...options }: LogMemberOptions<Frame>) {
    super(options);
    this.#group = group;
    this.#place = place;
    this.#joinedAt = joinedAt;
  }

  next(): Frame | undefined {
    while (!this.done && !this.#waiting) {
      const step = this.#place.peek();
      if (step === 'up to date') return undefined;
      if (step === 'behind') {
        this.#wait(this.#group.load(this.#place));
        return undefined;
      }
      const encoded = this.#encoded(step.entry);
      if (encoded === null) return undefined;
      const frame = this.#take(step.entry, encoded);
      if (frame !== null) return frame;
    }
    return undefined;
  }

  /** Of an event that came by itself; others are read one after the other, and written together. */
  override only(): Frame | undefined {
    if (this.done || this.#waiting) return undefined;
    const step = this.#place.peek();
    if (step === 'up to date' || step === 'behind' || !this.#group.isNewest(step.entry)) return undefined;
    const encoded = this.#encoded(step.entry);
    return encoded === null ? undefined : (this.#take(step.entry, encoded) ?? undefined);
  }

  /**
   * @param entry as the reader gave it: what was encoded may be another reader's copy of it.
   * @returns null where the entry means nothing in the group's encoding.
   */
  #take(entry: Entry, encoded: EncodedEntry<Frame>): Frame | null {
    this.#place.take(entry);
    this.#arrived = null;
    const isNews = encoded.frame !== null && encoded.entry.recordedAt >= this.#joinedAt; // a replay is none
    if (isNews) this.#group.taken(encoded);
    return encoded.frame;
  }

  override wake(): void {
    if (!this.#waiting) super.wake();
  }

  override park(): void {
    this.#place.drop();
  }

  lag(max: number): number | null {
    return this.#group.lag(this.#place, max);
  }

  #encoded(entry: Entry): EncodedEntry<Frame> | null {
    if (this.#arrived?.seq === entry.seq) return this.#arrived;
    try {
      const encoded = this.#group.encoded(entry);
      if (!(encoded instanceof Promise)) return encoded;
      this.#wait(
        encoded.then((arrived) => {
          this.#arrived = arrived;
        }),
      );
    } catch (error) {
      this.#wait(Promise.reject(error));
    }
    return null;
  }

  #wait(coming: Promise<void>): void {
    this.#waiting = true;
    coming.then(
      () => {
        this.#waiting = false;
        this.wake();
      },
      (error: unknown) => this.end(error),
    );
  }
}
