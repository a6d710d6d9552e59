import { disposable } from '../lib/disposable.ts';
import type { Entry, Gauge, Topic } from './topic.ts';

/**
 * The newest value per topic and key. A value put is seen by every reader at once and replaces the one before;
 * a reader remembers the version it has seen and gets what is newer, however much it missed in between.
 */
export class Gauges {
  readonly #topics = new Map<string, Map<string, Entry>>();
  /** Of each topic: grows with every value put and every key that ceases to be. */
  readonly #versions = new Map<string, number>();
  readonly #listeners = new Set<(entries: readonly Entry[]) => void>();
  #version = 0;

  /** Values put in one call become visible together: readers get them in one go. */
  put(gauges: readonly Gauge[]): void {
    const recordedAt = Date.now();
    const entries: Entry[] = [];
    for (const gauge of gauges) {
      const keys = this.#keys(gauge.topic.name);
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
    if (entries.length > 0) for (const listener of this.#listeners) listener(entries);
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

  /** Newest entries with a version in (`after`, `upTo`], in the order they were put. `keys` null: all keys. */
  changed(topic: string, keys: readonly string[] | null, after: number, upTo: number): readonly Entry[] {
    const held = this.#topics.get(topic);
    if (held === undefined) return [];
    const [only] = keys ?? [];
    if (only !== undefined && keys?.length === 1) {
      const entry = held.get(only);
      return entry !== undefined && entry.seq > after && entry.seq <= upTo ? [entry] : [];
    }
    const candidates = keys === null ? held.values() : keys.map((key) => held.get(key));
    const entries: Entry[] = [];
    for (const entry of candidates) {
      if (entry !== undefined && entry.seq > after && entry.seq <= upTo) entries.push(entry);
    }
    return entries.length > 1 ? entries.sort((a, b) => a.seq - b.seq) : entries;
  }

  /** Another number whenever anything of this topic has changed. */
  versionOf(topic: string): number {
    return this.#versions.get(topic) ?? 0;
  }

  /** The version of the value put last. */
  version(): number {
    return this.#version;
  }

  /** Calls back after values were put. The callback must not throw. */
  onPut(listener: (entries: readonly Entry[]) => void): Disposable {
    this.#listeners.add(listener);
    return disposable(() => this.#listeners.delete(listener));
  }

  #keys(topic: string): Map<string, Entry> {
    let keys = this.#topics.get(topic);
    if (keys === undefined) this.#topics.set(topic, (keys = new Map()));
    return keys;
  }
}
