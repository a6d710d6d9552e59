import { disposable } from '../lib/disposable.ts';
import { getOrCreate } from '../lib/get-or-create.ts';
import type { Entry, Gauge, Topic } from './topic.ts';

/** Where a value comes from: this process, or another instance on the same database. */
export type GaugeOrigin = 'OWN' | 'OTHER';

type Listener = (entries: readonly Entry[], origin: GaugeOrigin) => void;

/**
 * The newest value per topic and key, in memory. A new value replaces the previous one and is visible to all readers
 * immediately. A reader keeps the version that it has read, and gets only the newest of the later values of a key.
 */
export class Gauges {
  readonly #topics = new Map<string, Map<string, Entry>>();
  /** A number per topic that increases with every value and every removed key. */
  readonly #versions = new Map<string, number>();
  /** Unix milliseconds of the newest value per topic. */
  readonly #putAt = new Map<string, number>();
  readonly #listeners = new Set<Listener>();
  #version = 0;

  /** Adds values. The values of one call become visible together. A null payload removes the key. */
  put(gauges: readonly Gauge[], origin: GaugeOrigin = 'OWN'): void {
    const recordedAt = Date.now();
    const entries: Entry[] = [];
    for (const gauge of gauges) {
      const keys = this.#keys(gauge.topic.name);
      this.#putAt.set(gauge.topic.name, recordedAt);
      this.#versions.set(gauge.topic.name, this.versionOf(gauge.topic.name) + 1);
      if (gauge.payload === null) {
        keys.delete(gauge.key);
        continue;
      }
      const entry: Entry = Object.freeze({
        topic: gauge.topic.name,
        key: gauge.key,
        type: '',
        id: '',
        seq: ++this.#version,
        occurredAt: gauge.occurredAt ?? recordedAt,
        recordedAt,
        urgent: gauge.urgent ?? false,
        payload: gauge.payload,
      });
      keys.set(gauge.key, entry);
      entries.push(entry);
    }
    if (entries.length > 0) for (const listener of this.#listeners) listener(entries, origin);
  }

  newest<Payload>(topic: Topic<Payload, 'LATEST'>, key: string): Entry<Payload> | undefined {
    return this.#topics.get(topic.name)?.get(key) as Entry<Payload> | undefined;
  }

  has(topic: string, key: string): boolean {
    return this.#topics.get(topic)?.has(key) ?? false;
  }

  /** The newest entry of every key, oldest key first. */
  all<Payload>(topic: Topic<Payload, 'LATEST'>): readonly Entry<Payload>[] {
    return [...(this.#topics.get(topic.name)?.values() ?? [])] as Entry<Payload>[];
  }

  /** Entries with a version in (`after`, `upTo`], in the order of their versions. `keys` null: all keys. */
  changed(topic: string, keys: readonly string[] | null, after: number, upTo: number): readonly Entry[] {
    const entriesByKey = this.#topics.get(topic);
    if (entriesByKey === undefined) return [];
    const [only] = keys ?? [];
    if (only !== undefined && keys?.length === 1) {
      const entry = entriesByKey.get(only);
      return entry !== undefined && entry.seq > after && entry.seq <= upTo ? [entry] : [];
    }
    const candidates = keys === null ? entriesByKey.values() : keys.map((key) => entriesByKey.get(key));
    const entries: Entry[] = [];
    for (const entry of candidates) {
      if (entry !== undefined && entry.seq > after && entry.seq <= upTo) entries.push(entry);
    }
    return entries.length > 1 ? entries.sort((a, b) => a.seq - b.seq) : entries;
  }

  /** A number that increases with every change of the topic. */
  versionOf(topic: string): number {
    return this.#versions.get(topic) ?? 0;
  }

  /** When the last value of the topic was put, Unix milliseconds; 0 before the first. */
  putAt(topic: string): number {
    return this.#putAt.get(topic) ?? 0;
  }

  /** The version of the last value. */
  version(): number {
    return this.#version;
  }

  /** Calls the listener after values were added. The listener must not throw. */
  onPut(listener: Listener): Disposable {
    this.#listeners.add(listener);
    return disposable(() => this.#listeners.delete(listener));
  }

  #keys(topic: string): Map<string, Entry> {
    return getOrCreate(this.#topics, topic, () => new Map());
  }
}
