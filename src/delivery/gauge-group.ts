import type { Demand } from '../journal/demand.ts';
import type { Gauges } from '../journal/gauges.ts';
import type { Entry } from '../journal/topic.ts';
import type { Encoder } from './encoder.ts';
import type { EntryExecutor } from './entry-executor.ts';
import type { EncodedEntry } from './frame-cache.ts';
import type { Group, JoinOptions } from './group.ts';
import { Subscriber, type SubscriberOptions } from './subscriber.ts';
import type { Share } from '../lib/memory-budget.ts';
import type { Dispatcher } from './dispatcher.ts';
import { Throttle } from './throttle.ts';
import type { LatencyTracker } from './latency.ts';

/** Maximum wait of a new subscriber for a fresh sample. */
const refreshWaitMs = 400;

/** Replaced versions that are kept in a small group until it is worth removing them. */
const orderedSlack = 16;

export interface GaugeGroupOptions<Frame> {
  readonly gauges: Gauges;
  readonly demand: Demand;
  readonly dispatcher: Dispatcher;
  readonly latency: LatencyTracker;
  /** The memory of the newest frames, which are cached as long as there are subscribers. */
  readonly share: Share;
  readonly topic: string;
  /** Null: all keys. */
  readonly keys: readonly string[] | null;
  readonly matches: ((entry: Entry) => boolean) | null;
  readonly everyMs: number;
  /** Maximum age of the first value, in milliseconds. An older value is sampled again first. */
  readonly freshMs: number;
  readonly execution: EntryExecutor<Frame>;
  readonly encoder: Encoder<Frame>;
}

/**
 * A group of subscribers to a gauge. Each round executes the newest values once for all subscribers, and replaces the
 * frames of their keys. A frame that equals the previous one does not replace it, so it is not sent again. The position
 * of a subscriber is a version: it takes the frames that are newer than the last one that it has taken.
 */
export class GaugeGroup<Frame> implements Group<Frame> {
  readonly delivery = 'LATEST';
  readonly subscribers = new Set<GaugeSubscriber<Frame>>();
  readonly #options: GaugeGroupOptions<Frame>;
  readonly #execution: EntryExecutor<Frame>;
  readonly #equal: Encoder<Frame>['equal'];
  readonly #latency: LatencyTracker;
  readonly #throttle: Throttle;
  /** Whether the group reads all values of one key, the usual case. */
  readonly #hasOneKey: boolean;
  /** Of a group with one key: the newest value. */
  #newestEntry: Entry | null = null;
  readonly #resources: readonly Disposable[];
  /** The newest frame of each key, if the group can read several keys. */
  readonly #newest = new Map<string, EncodedEntry<Frame>>();
  /**
   * The keys of `#newest` in the order of their versions, so that a subscriber finds its next frame by binary search.
   * Versions that were replaced or dropped since remain until there are as many of them as of the others.
   */
  #ordered: { readonly seq: number; readonly key: string }[] = [];
  /** The newest frame, if there is one key only. */
  #single: EncodedEntry<Frame> | null = null;
  /** All values up to this version have been executed. */
  #executed = 0;
  #executing = false;
  /** The version up to which to execute when the asynchronous execution under way has finished. */
  #waiting = 0;
  /** The newest version that has a frame. */
  #highest = 0;
  /** The version for which the subscribers were woken last. */
  #woken = 0;
  /** The newest version whose frame was replaced since the subscribers were woken; 0: none. */
  #replaced = 0;
  #skipped = 0;
  /** Size of the newest frames. */
  #bytes = 0;
  #stopped = false;

  constructor(options: GaugeGroupOptions<Frame>) {
    const { topic, everyMs, demand, dispatcher, keys } = options;
    const [first] = keys ?? [];
    const key = first !== undefined && keys?.length === 1 ? first : null;
    this.#hasOneKey = key !== null && options.matches === null;
    this.#options = options;
    this.#execution = options.execution;
    this.#equal = options.encoder.equal;
    this.#latency = options.latency;
    this.#throttle = new Throttle(everyMs, () => this.#execute(this.#throttle.released()));
    this.#resources = [
      demand.watch(topic, everyMs),
      dispatcher.onGauge(topic, key, (entries) => {
        for (const entry of entries) if (this.#hasOneKey || this.#reads(entry)) this.#arrived(entry);
        this.#throttle.arrivedAll();
      }),
    ];
  }

  get skipped(): number {
    return this.#skipped;
  }

  /** Refreshes the values if necessary, and starts the subscriber at them. */
  async join({ reader, ended, onLeave }: JoinOptions): Promise<Subscriber<Frame>> {
    const { demand, topic, gauges, freshMs } = this.#options;
    await demand.refresh(topic, freshMs, refreshWaitMs);
    for (const { entry } of this.#all()) if (!gauges.has(topic, entry.key)) this.#drop(entry.key);
    this.#execute(gauges.version());
    const subscriber = new GaugeSubscriber<Frame>(this, gauges.version(), {
      reader,
      ended,
      onLeave,
    });
    this.subscribers.add(subscriber);
    return subscriber;
  }

  stop(): void {
    this.#throttle.stop();
    for (const resource of this.#resources) resource[Symbol.dispose]();
    this.#adjustBytes(-this.#bytes);
    this.#stopped = true;
  }

  /**
   * The oldest cached frame with a version after `after`, up to the last round.
   * @param joinedAt the version at which the subscriber has joined: values up to it wait for no round.
   */
  next(after: number, joinedAt: number): EncodedEntry<Frame> | null {
    const released = this.#throttle.released();
    const upTo = joinedAt > released ? joinedAt : released;
    const single = this.#single;
    if (single !== null) return single.seq > after && single.seq <= upTo ? single : null;
    for (let place = this.#placeAfter(after); place < this.#ordered.length; place++) {
      const { seq, key } = this.#ordered[place] ?? { seq: Number.POSITIVE_INFINITY, key: '' };
      if (seq > upTo) return null;
      const encoded = this.#newest.get(key);
      if (encoded?.seq === seq) return encoded;
    }
    return null;
  }

  /** The place of the first key in `#ordered` with a version after `after`. */
  #placeAfter(after: number): number {
    let [from, to] = [0, this.#ordered.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#ordered[middle]?.seq ?? 0) > after) to = middle;
      else from = middle + 1;
    }
    return from;
  }

  /** The newest frame of a group with one key, if it is after `after` and released. */
  nextOfOneKey(after: number): EncodedEntry<Frame> | null {
    const single = this.#single;
    return single !== null && single.seq > after && single.seq <= this.#throttle.released() ? single : null;
  }

  lag(after: number): number {
    let lag = 0;
    for (const { seq } of this.#all()) if (seq > after && seq <= this.#throttle.released()) lag++;
    return lag;
  }

  /** Records the latency of a frame. */
  taken(encoded: EncodedEntry<Frame>): void {
    this.#latency.taken(encoded);
  }

  #reads(entry: Entry): boolean {
    const { keys, matches } = this.#options;
    return (keys === null || keys.includes(entry.key)) && (matches === null || matches(entry));
  }

  /** Executes the values up to a version. During an asynchronous execution, later versions wait. */
  #execute(upTo: number): void {
    if (this.#executing) {
      this.#waiting = Math.max(this.#waiting, upTo);
      return;
    }
    const newest = this.#newestEntry;
    const pending: Promise<EncodedEntry<Frame>>[] = [];
    try {
      if (newest !== null && newest.seq === upTo) this.#encode(newest, pending);
      else for (const entry of this.#changed(upTo)) if (this.#reads(entry)) this.#encode(entry, pending);
    } catch (error) {
      this.#fail(error);
    }
    this.#executed = Math.max(this.#executed, upTo);
    const released = Math.min(this.#highest, this.#throttle.released());
    if (released > this.#woken) this.#wake();
    this.#woken = released;
    if (pending.length > 0) this.#await(pending);
  }

  #arrived(entry: Entry): void {
    if (this.#hasOneKey) this.#newestEntry = entry;
    this.#throttle.arrived(entry);
  }

  #changed(upTo: number): readonly Entry[] {
    const { gauges, topic, keys } = this.#options;
    return gauges.changed(topic, keys, this.#executed, upTo);
  }

  #encode(entry: Entry, pending: Promise<EncodedEntry<Frame>>[]): void {
    const encoded = this.#execution.frame(entry);
    if (encoded instanceof Promise) pending.push(encoded);
    else this.#put(encoded);
  }

  #await(pending: readonly Promise<EncodedEntry<Frame>>[]): void {
    this.#executing = true;
    Promise.all(pending).then(
      (all) => {
        for (const encoded of all) this.#put(encoded);
        this.#executing = false;
        this.#wake(); // also subscribers that joined meanwhile, at a later version than the last round
        if (this.#waiting > this.#executed) this.#execute(this.#waiting);
      },
      (error: unknown) => {
        this.#executing = false;
        this.#fail(error);
      },
    );
  }

  #put(encoded: EncodedEntry<Frame>): void {
    const { frame, entry } = encoded;
    if (frame === null) return;
    const before = this.#hasOneKey ? this.#single : this.#newest.get(entry.key);
    if (before !== undefined && before !== null) {
      if (before.frame !== null && this.#equal?.(before.frame, frame) === true) return;
      this.#replaced = before.seq;
    }
    this.#adjustBytes(this.#bytesOf(frame) - this.#bytesOf(before?.frame));
    this.#highest = Math.max(this.#highest, encoded.seq);
    if (!this.#hasOneKey) this.#setNewest(encoded);
    this.#single = this.#hasOneKey || this.#newest.size === 1 ? encoded : null;
  }

  #setNewest(encoded: EncodedEntry<Frame>): void {
    const { seq } = encoded;
    const { key } = encoded.entry;
    this.#newest.set(key, encoded);
    // Rounds are executed one after the other, each in the order of its versions, so this is almost always the end.
    const place = this.#placeAfter(seq);
    if (place === this.#ordered.length) this.#ordered.push({ seq, key });
    else this.#ordered.splice(place, 0, { seq, key });
    if (this.#ordered.length > 2 * this.#newest.size + orderedSlack)
      this.#ordered = this.#ordered.filter((one) => this.#newest.get(one.key)?.seq === one.seq);
  }

  #bytesOf(frame: Frame | null | undefined): number {
    return frame === null || frame === undefined ? 0 : this.#options.encoder.bytes(frame);
  }

  #adjustBytes(bytes: number): void {
    if (this.#stopped) return; // an execution that finishes after the group has stopped
    this.#bytes += bytes;
    this.#options.share.adjust(bytes);
  }

  #drop(key: string): void {
    this.#adjustBytes(-this.#bytesOf(this.#newest.get(key)?.frame));
    this.#newest.delete(key);
    this.#single = this.#newest.size === 1 ? ([...this.#newest.values()][0] ?? null) : null;
  }

  #all(): Iterable<EncodedEntry<Frame>> {
    return this.#single === null ? this.#newest.values() : [this.#single];
  }

  #wake(): void {
    const replaced = this.#replaced;
    for (const subscriber of this.subscribers) {
      if (subscriber.seen < replaced) this.#skipped++;
      subscriber.wake();
    }
    this.#replaced = 0;
  }

  #fail(error: unknown): void {
    for (const subscriber of this.subscribers) subscriber.end(error);
  }
}

/** A subscriber to a gauge: the version of the last frame that it has taken. */
class GaugeSubscriber<Frame> extends Subscriber<Frame> {
  readonly #group: GaugeGroup<Frame>;
  /** The version at which it joined. Values up to it are sent immediately and do not count for the latency. */
  readonly #joinedAt: number;
  /** The version of the last frame that it has taken. */
  seen = 0;

  constructor(group: GaugeGroup<Frame>, joinedAt: number, options: SubscriberOptions) {
    super(options);
    this.#group = group;
    this.#joinedAt = joinedAt;
  }

  next(): Frame | undefined {
    if (this.done) return undefined;
    const encoded = this.#group.next(this.seen, this.#joinedAt);
    if (encoded === null || encoded.frame === null) return undefined;
    this.seen = encoded.seq;
    if (encoded.seq > this.#joinedAt) this.#group.taken(encoded);
    return encoded.frame;
  }

  override nextIfLast(): Frame | undefined {
    const encoded = this.#group.nextOfOneKey(this.seen);
    if (encoded === null || encoded.frame === null || this.done) return undefined;
    this.seen = encoded.seq;
    if (encoded.seq > this.#joinedAt) this.#group.taken(encoded);
    return encoded.frame;
  }

  lag(): number {
    return this.#group.lag(this.seen);
  }
}
