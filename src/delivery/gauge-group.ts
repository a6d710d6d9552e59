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

/** A source that does not answer by then does not hold up the reader. */
const refreshWaitMs = 400;

export interface GaugeGroupOptions<Frame> {
  readonly gauges: Gauges;
  readonly demand: Demand;
  readonly dispatcher: Dispatcher;
  readonly latency: LatencyTracker;
  /** Counts the newest frames, which are kept as long as there are subscribers. */
  readonly share: Share;
  readonly topic: string;
  /** null: all. */
  readonly keys: readonly string[] | null;
  readonly matches: ((entry: Entry) => boolean) | null;
  readonly everyMs: number;
  /** A new subscriber gets a value of at most this age; an older value is sampled again first. */
  readonly freshMs: number;
  readonly execution: EntryExecutor<Frame>;
  readonly encoder: Encoder<Frame>;
}

/**
 * Readers of a gauge. With each round the newest values are executed, once for all, and what came out takes the place
 * of what was there for its key; what says the same as before leaves the old in its place, and so is not sent again.
 * A subscriber is a version: it takes what is newer than what it took last.
 */
export class GaugeGroup<Frame> implements Group<Frame> {
  readonly delivery = 'LATEST';
  readonly subscribers = new Set<GaugeSubscriber<Frame>>();
  readonly #options: GaugeGroupOptions<Frame>;
  readonly #execution: EntryExecutor<Frame>;
  readonly #same: Encoder<Frame>['same'];
  readonly #latency: LatencyTracker;
  readonly #rounds: Throttle;
  /** It reads all values of one key, */
  readonly #isOnly: boolean;
  /** and this is the one that came last. */
  #came: Entry | null = null;
  readonly #undo: readonly Disposable[];
  /** The newest frame of each key, where it may read several. */
  readonly #newest = new Map<string, EncodedEntry<Frame>>();
  /** The newest frame where there is but one key: the usual gauge. */
  #only: EncodedEntry<Frame> | null = null;
  /** Values up to this version were executed. */
  #executed = 0;
  #executing = false;
  /** A version that has to wait until what is being executed is. */
  #waiting = 0;
  /** The newest version with a frame, the newest that the subscribers were woken for, and one that was replaced. */
  #highest = 0;
  #woken = 0;
  #replaced = 0;
  #skipped = 0;
  /** What the newest frames take. */
  #bytes = 0;
  #stopped = false;

  constructor(options: GaugeGroupOptions<Frame>) {
    const { topic, everyMs, demand, dispatcher, keys } = options;
    const [key] = keys ?? [];
    const only = key !== undefined && keys?.length === 1 ? key : null;
    this.#isOnly = only !== null && options.matches === null;
    this.#options = options;
    this.#execution = options.execution;
    this.#same = options.encoder.same;
    this.#latency = options.latency;
    this.#rounds = new Throttle(everyMs, () => this.#execute(this.#rounds.released()));
    this.#undo = [
      demand.watch(topic, everyMs),
      dispatcher.ofGauge(topic, only, (entries) => {
        for (const entry of entries) if (this.#isOnly || this.#reads(entry)) this.#arrived(entry);
        this.#rounds.arrivedAll();
      }),
    ];
  }

  /** Values that a subscriber had not taken when a newer one took their place. */
  get skipped(): number {
    return this.#skipped;
  }

  /** What is there is made fresh first, and shown at once; then the subscriber goes with the others' rounds. */
  async join({ reader, ended, gone }: JoinOptions): Promise<Subscriber<Frame>> {
    const { demand, topic, gauges, freshMs } = this.#options;
    await demand.refresh(topic, freshMs, refreshWaitMs);
    for (const { entry } of this.#all()) if (!gauges.has(topic, entry.key)) this.#forget(entry.key);
    this.#execute(gauges.version());
    const subscriber = new GaugeSubscriber<Frame>(this, gauges.version(), { reader, ended, gone });
    this.subscribers.add(subscriber);
    return subscriber;
  }

  stop(): void {
    this.#rounds.stop();
    for (const one of this.#undo) one[Symbol.dispose]();
    this.#hold(-this.#bytes);
    this.#stopped = true;
  }

  /** The oldest of the newest frames with a version in (`after`, `first` or what was released, whichever is newer]. */
  next(after: number, first: number): EncodedEntry<Frame> | null {
    const released = this.#rounds.released();
    const upTo = first > released ? first : released;
    const only = this.#only;
    if (only !== null) return only.seq > after && only.seq <= upTo ? only : null;
    let oldest: EncodedEntry<Frame> | null = null;
    for (const encoded of this.#newest.values())
      if (encoded.seq > after && encoded.seq <= upTo && (oldest === null || encoded.seq < oldest.seq))
        oldest = encoded;
    return oldest;
  }

  /** The same where all subscribers read but one key. */
  only(after: number): EncodedEntry<Frame> | null {
    const only = this.#only;
    return only !== null && only.seq > after && only.seq <= this.#rounds.released() ? only : null;
  }

  lag(after: number): number {
    let owed = 0;
    for (const { seq } of this.#all()) if (seq > after && seq <= this.#rounds.released()) owed++;
    return owed;
  }

  taken(encoded: EncodedEntry<Frame>): void {
    this.#latency.taken(encoded);
  }

  #reads(entry: Entry): boolean {
    const { keys, matches } = this.#options;
    return (keys === null || keys.includes(entry.key)) && (matches === null || matches(entry));
  }

  /** Executes what has come up to a version. While resolvers are still to answer, what comes has to wait. */
  #execute(upTo: number): void {
    if (this.#executing) {
      this.#waiting = Math.max(this.#waiting, upTo);
      return;
    }
    const came = this.#came;
    const coming: Promise<EncodedEntry<Frame>>[] = [];
    try {
      if (came !== null && came.seq === upTo) this.#make(came, coming);
      else for (const entry of this.#changed(upTo)) if (this.#reads(entry)) this.#make(entry, coming);
    } catch (error) {
      this.#fail(error);
    }
    this.#executed = Math.max(this.#executed, upTo);
    const shown = Math.min(this.#highest, this.#rounds.released());
    if (shown > this.#woken) this.#wake();
    this.#woken = shown;
    if (coming.length > 0) this.#await(coming);
  }

  #arrived(entry: Entry): void {
    if (this.#isOnly) this.#came = entry;
    this.#rounds.arrived(entry);
  }

  #changed(upTo: number): readonly Entry[] {
    const { gauges, topic, keys } = this.#options;
    return gauges.changed(topic, keys, this.#executed, upTo);
  }

  #make(entry: Entry, coming: Promise<EncodedEntry<Frame>>[]): void {
    const encoded = this.#execution.frame(entry);
    if (encoded instanceof Promise) coming.push(encoded);
    else this.#put(encoded);
  }

  #await(coming: readonly Promise<EncodedEntry<Frame>>[]): void {
    this.#executing = true;
    Promise.all(coming).then(
      (all) => {
        for (const encoded of all) this.#put(encoded);
        this.#executing = false;
        this.#wake(); // who came meanwhile may see more than was released
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
    const before = this.#isOnly ? this.#only : this.#newest.get(entry.key);
    if (before !== undefined && before !== null) {
      if (before.frame !== null && this.#same?.(before.frame, frame) === true) return;
      this.#replaced = before.seq;
    }
    this.#hold(this.#bytesOf(frame) - this.#bytesOf(before?.frame));
    this.#highest = Math.max(this.#highest, encoded.seq);
    if (!this.#isOnly) this.#newest.set(entry.key, encoded);
    this.#only = this.#isOnly || this.#newest.size === 1 ? encoded : null;
  }

  #bytesOf(frame: Frame | null | undefined): number {
    return frame === null || frame === undefined ? 0 : this.#options.encoder.bytes(frame);
  }

  #hold(bytes: number): void {
    if (this.#stopped) return; // what was still being executed is let go of with the group
    this.#bytes += bytes;
    this.#options.share.adjust(bytes);
  }

  #forget(key: string): void {
    this.#hold(-this.#bytesOf(this.#newest.get(key)?.frame));
    this.#newest.delete(key);
    this.#only = this.#newest.size === 1 ? ([...this.#newest.values()][0] ?? null) : null;
  }

  #all(): Iterable<EncodedEntry<Frame>> {
    return this.#only === null ? this.#newest.values() : [this.#only];
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

/** A place among the versions of a gauge: the newest value of each key, whatever came in between. */
class GaugeSubscriber<Frame> extends Subscriber<Frame> {
  readonly #group: GaugeGroup<Frame>;
  /** What was there when it came is shown at once, before the first round. */
  readonly #first: number;
  /** The version of what it took last. */
  seen = 0;

  constructor(group: GaugeGroup<Frame>, first: number, options: SubscriberOptions) {
    super(options);
    this.#group = group;
    this.#first = first;
  }

  next(): Frame | undefined {
    if (this.done) return undefined;
    const encoded = this.#group.next(this.seen, this.#first);
    if (encoded === null || encoded.frame === null) return undefined;
    this.seen = encoded.seq;
    if (encoded.seq > this.#first) this.#group.taken(encoded); // what was there before is not new
    return encoded.frame;
  }

  override only(): Frame | undefined {
    const encoded = this.#group.only(this.seen);
    if (encoded === null || encoded.frame === null || this.done) return undefined;
    this.seen = encoded.seq;
    if (encoded.seq > this.#first) this.#group.taken(encoded);
    return encoded.frame;
  }

  lag(): number {
    return this.#group.lag(this.seen);
  }
}
