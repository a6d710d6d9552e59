import type { EventLog } from '../journal/journal.ts';
import { formatCursor } from '../journal/cursor.ts';
import { openReader, pageMaxDefault, type LogReader } from '../journal/reader.ts';
import type { Entry } from '../journal/topic.ts';
import type { Encoder } from './encoder.ts';
import type { EntryExecutor } from './entry-executor.ts';
import { EncodedBatch, EventBatch, type BatchOptions } from './event-batch.ts';
import type { EncodedEntry, FrameCache, Frames } from './frame-cache.ts';
import type { Group, JoinOptions } from './group.ts';
import { Subscriber, type SubscriberOptions } from './subscriber.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { LatencyTracker } from './latency.ts';

export interface EventGroupOptions<Frame> {
  readonly log: EventLog;
  readonly dispatcher: Dispatcher;
  readonly latency: LatencyTracker;
  readonly frameCache: FrameCache;
  /** Null: all topics. */
  readonly topics: readonly string[] | null;
  /** The types of the matching events. Null: all types. */
  readonly types: readonly string[] | null;
  readonly matches: ((entry: Entry) => boolean) | null;
  /** How events are joined to lists. Null: each is sent alone. */
  readonly batch: BatchOptions<Frame> | null;
  /** The demand for the source that causes these events. Disposed with the group. */
  readonly demand: Disposable | null;
  readonly execution: EntryExecutor<Frame>;
  readonly encoder: Encoder<Frame>;
  /** Runs `load`, with a limit of how many subscribers read the database at the same time. */
  readonly load: (load: () => Promise<void>) => Promise<void>;
}

/**
 * A group of subscribers to events. An entry is executed when the first subscriber reads it, and its frame is cached
 * for the others. A group with one subscriber caches nothing.
 */
export class EventGroup<Frame> implements Group<Frame> {
  readonly delivery = 'EVERY';
  readonly subscribers = new Set<Subscriber<Frame>>();
  readonly skipped = 0;
  readonly #options: EventGroupOptions<Frame>;
  readonly #listening: Disposable;
  readonly #frames: Frames = new Map();
  readonly #pending = new Map<number, Promise<EncodedEntry<Frame>>>();
  /** Lists by the position of their first event. */
  readonly #batches: Frames = new Map();
  readonly batch: BatchOptions<Frame> | null;

  constructor(options: EventGroupOptions<Frame>) {
    this.#options = options;
    this.batch = options.batch;
    this.#listening = options.dispatcher.onEvents(options.topics, () => {
      for (const subscriber of this.subscribers) subscriber.wake();
    });
  }

  async join({ reader, ended, onLeave, after, replayMax }: JoinOptions): Promise<Subscriber<Frame>> {
    const joinedAt = Date.now();
    const position = await this.#open(after, replayMax);
    const subscriber = new EventSubscriber<Frame>({
      group: this,
      position,
      joinedAt,
      reader,
      ended,
      onLeave,
    });
    this.subscribers.add(subscriber);
    return subscriber;
  }

  stop(): void {
    this.#frames.clear();
    this.#batches.clear();
    this.#listening[Symbol.dispose]();
    this.#options.demand?.[Symbol.dispose]();
  }

  /** Returns a promise only if a resolver does. */
  encoded(entry: Entry): EncodedEntry<Frame> | Promise<EncodedEntry<Frame>> {
    const cached = this.#frames.get(entry.seq) ?? this.#pending.get(entry.seq);
    if (cached !== undefined) return cached as EncodedEntry<Frame> | Promise<EncodedEntry<Frame>>;
    const encoded = this.#options.execution.frame(entry);
    if (!(encoded instanceof Promise)) return this.#cache(encoded);
    const pending = encoded
      .then((settled) => this.#cache(settled))
      .finally(() => this.#pending.delete(entry.seq));
    this.#pending.set(entry.seq, pending);
    return pending;
  }

  /** The list that another subscriber has created and that begins with this event. Null: it may not be complete. */
  batchAt({ seq }: Entry): EncodedBatch<Frame> | null {
    const known = this.#batches.get(seq) as EncodedBatch<Frame> | undefined;
    if (known === undefined) return null;
    return known.isFull || known.head === this.#options.log.head() ? known : null;
  }

  /** Caches a list for the other subscribers. */
  addBatch(first: Entry, frame: Frame, range: { readonly last: Entry; readonly isFull: boolean }): void {
    if (this.subscribers.size <= 1) return;
    const { frameCache, encoder, log } = this.#options;
    const batch = new EncodedBatch(first, frame, { ...range, head: log.head() });
    frameCache.add(this.#batches, batch, encoder.bytes(frame));
  }

  isNewest({ seq }: Entry): boolean {
    return seq === this.#options.log.head();
  }

  /** Records the latency of a frame. */
  taken(encoded: EncodedEntry<Frame>): void {
    this.#options.latency.taken(encoded);
  }

  cursorOf({ cursor }: LogReader): string {
    return formatCursor(this.#options.log.epoch, cursor);
  }

  load(position: LogReader): Promise<void> {
    return this.#options.load(() => position.load());
  }

  lag(position: LogReader, max: number): number | null {
    const { log, topics } = this.#options;
    return log.holds(position.cursor) ? log.recent(topics, position.cursor, max).length : null;
  }

  #cache(encoded: EncodedEntry<Frame>): EncodedEntry<Frame> {
    const { frameCache, encoder } = this.#options;
    const { frame } = encoded;
    if (this.subscribers.size > 1)
      frameCache.add(this.#frames, encoded, frame === null ? 0 : encoder.bytes(frame));
    return encoded;
  }

  async #open(after: string | null, replayMax: number | null): Promise<LogReader> {
    const { log, topics, types, matches, batch } = this.#options;
    const filter = {
      ...(matches && { matches }),
      ...(batch && { pageMax: Math.max(pageMaxDefault, batch.eventsMax) }),
    };
    const position = await openReader(log, { topics, after, ...filter });
    if (replayMax === null) return position;
    const start = await log.tail(topics, types, position.cursor, replayMax);
    if (start <= position.cursor) return position;
    return openReader(log, { topics, after: formatCursor(log.epoch, start), ...filter });
  }
}

interface EventSubscriberOptions<Frame> extends SubscriberOptions {
  readonly group: EventGroup<Frame>;
  readonly position: LogReader;
  /** Unix milliseconds. */
  readonly joinedAt: number;
}

/** A subscriber to events: a cursor in the log. */
class EventSubscriber<Frame> extends Subscriber<Frame> {
  readonly #group: EventGroup<Frame>;
  readonly #position: LogReader;
  readonly #joinedAt: number;
  #waiting = false;
  /** The entry whose asynchronous execution has finished. */
  #executed: EncodedEntry<Frame> | null = null;

  constructor({ group, position, joinedAt, ...options }: EventSubscriberOptions<Frame>) {
    super(options);
    this.#group = group;
    this.#position = position;
    this.#joinedAt = joinedAt;
  }

  next(): Frame | undefined {
    while (!this.done && !this.#waiting) {
      const step = this.#position.peek();
      if (step === 'up to date') return undefined;
      if (step === 'behind') {
        this.#wait(this.#group.load(this.#position));
        return undefined;
      }
      const encoded = this.#encoded(step.entry);
      if (encoded === null) return undefined;
      const frame = this.#take(step.entry, encoded);
      if (frame === null) continue;
      const { batch } = this.#group;
      return batch === null ? frame : this.#listFrom(step.entry, frame, batch);
    }
    return undefined;
  }

  /** The list that begins with an event that was taken, and contains the next ones that are ready. */
  #listFrom(first: Entry, frame: Frame, options: BatchOptions<Frame>): Frame {
    this.eventsTaken = 1;
    const known = this.#group.batchAt(first);
    if (known?.frame !== undefined && known.frame !== null && this.#position.skipTo(known.last))
      return known.frame;
    const batch = new EventBatch(options);
    batch.add(frame);
    let last = first;
    while (!batch.isFull) {
      const step = this.#position.peek();
      if (step === 'up to date' || step === 'behind') break;
      const encoded = this.#encoded(step.entry);
      if (encoded === null || (encoded.frame !== null && !batch.add(encoded.frame))) break;
      this.#take(step.entry, encoded);
      this.eventsTaken++;
      last = step.entry;
    }
    if (last === first) return frame;
    const joined = batch.joined() ?? frame;
    this.#group.addBatch(first, joined, { last, isFull: batch.isFull });
    return joined;
  }

  /** Takes an event only if it is the newest one. Several are taken one by one and written together. */
  override nextIfLast(): Frame | undefined {
    if (this.done || this.#waiting) return undefined;
    const step = this.#position.peek();
    if (step === 'up to date' || step === 'behind' || !this.#group.isNewest(step.entry)) return undefined;
    const encoded = this.#encoded(step.entry);
    return encoded === null ? undefined : (this.#take(step.entry, encoded) ?? undefined);
  }

  /**
   * @param entry the entry of this reader: the encoded one may be another reader's copy.
   * @returns null if the group's encoding has no message for the entry.
   */
  #take(entry: Entry, encoded: EncodedEntry<Frame>): Frame | null {
    this.#position.take(entry);
    this.#executed = null;
    const isLive = encoded.frame !== null && encoded.entry.recordedAt >= this.#joinedAt;
    if (isLive) this.#group.taken(encoded);
    return encoded.frame;
  }

  override wake(): void {
    if (!this.#waiting) super.wake();
  }

  override park(): void {
    this.#position.drop();
  }

  lag(max: number): number | null {
    return this.#group.lag(this.#position, max);
  }

  override cursor(): string {
    return this.#group.cursorOf(this.#position);
  }

  #encoded(entry: Entry): EncodedEntry<Frame> | null {
    if (this.#executed?.seq === entry.seq) return this.#executed;
    try {
      const encoded = this.#group.encoded(entry);
      if (!(encoded instanceof Promise)) return encoded;
      this.#wait(
        encoded.then((executed) => {
          this.#executed = executed;
        }),
      );
    } catch (error) {
      this.#wait(Promise.reject(error));
    }
    return null;
  }

  #wait(pending: Promise<void>): void {
    this.#waiting = true;
    pending.then(
      () => {
        this.#waiting = false;
        this.wake();
      },
      (error: unknown) => this.end(error),
    );
  }
}
