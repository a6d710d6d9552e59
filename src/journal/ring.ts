import { Deque } from '../lib/deque.ts';
import { getOrCreate } from '../lib/get-or-create.ts';
import type { Entry } from './topic.ts';

export interface RingBounds {
  readonly entriesMax: number;
  readonly bytesMax: number;
}

export const defaultRingBounds: RingBounds = { entriesMax: 100_000, bytesMax: 64 * 1024 * 1024 };

/**
 * The newest part of the log in memory, bounded in entries and bytes. It contains all entries after `floor()` up to
 * `head()`; older ones have to be read from the database.
 */
export class Ring {
  readonly #bounds: RingBounds;
  readonly #entries = new Deque<{ entry: Entry; bytes: number }>();
  readonly #byTopic = new Map<string, Deque<Entry>>();
  #bytes = 0;
  #floor: number;
  #head: number;

  /** @param start the end of the log when the ring is created. */
  constructor(start: number, bounds: RingBounds = defaultRingBounds) {
    this.#floor = start;
    this.#head = start;
    this.#bounds = bounds;
  }

  head(): number {
    return this.#head;
  }

  floor(): number {
    return this.#floor;
  }

  /** Number of entries. */
  get size(): number {
    return this.#entries.length;
  }

  /** Approximate size of the entries, as given to `push`. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds the next entry of the log. Entries must be added in the order of their positions. */
  push(entry: Entry, bytes: number): void {
    if (entry.seq <= this.#head) throw new Error(`entry ${entry.seq} was added after ${this.#head}`);
    this.#entries.push({ entry, bytes });
    this.#topic(entry.topic).push(entry);
    this.#bytes += bytes;
    this.#head = entry.seq;
    while (this.#entries.length > this.#bounds.entriesMax || this.#bytes > this.#bounds.bytesMax)
      this.#evict();
  }

  /** Moves the head to `seq` without an entry. For positions that no entry has. */
  advance(seq: number): void {
    if (seq > this.#head) this.#head = seq;
  }

  /** Entries after `seq`, oldest first. `topics` null: all. */
  after(topics: readonly string[] | null, seq: number, limit: number): readonly Entry[] {
    if (seq >= this.#head) return [];
    if (topics !== null && topics.length === 1) return this.#afterInTopic(topics[0] ?? '', seq, limit);
    const wanted = topics === null ? null : new Set(topics);
    const found: Entry[] = [];
    for (let index = this.#entries.lowest(({ entry }) => entry.seq > seq); found.length < limit; index++) {
      const entry = this.#entries.at(index)?.entry;
      if (entry === undefined) break;
      if (wanted === null || wanted.has(entry.topic)) found.push(entry);
    }
    return found;
  }

  #afterInTopic(topic: string, seq: number, limit: number): readonly Entry[] {
    const entries = this.#byTopic.get(topic);
    const last = entries?.last();
    if (entries === undefined || last === undefined || last.seq <= seq) return [];
    const previous = entries.at(entries.length - 2);
    if (previous === undefined || previous.seq <= seq) return [last]; // a reader that is up to date, the common case
    const found: Entry[] = [];
    for (let index = entries.lowest((entry) => entry.seq > seq); found.length < limit; index++) {
      const entry = entries.at(index);
      if (entry === undefined) break;
      found.push(entry);
    }
    return found;
  }

  #evict(): void {
    const oldest = this.#entries.shift();
    if (oldest === undefined) return;
    this.#topic(oldest.entry.topic).shift();
    this.#bytes -= oldest.bytes;
    this.#floor = oldest.entry.seq;
  }

  #topic(name: string): Deque<Entry> {
    return getOrCreate(this.#byTopic, name, () => new Deque());
  }
}
