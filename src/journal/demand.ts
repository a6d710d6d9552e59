import { smallest } from '../lib/extremes.ts';
import { disposable } from '../lib/disposable.ts';
import { getOrCreate } from '../lib/get-or-create.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';

type Refresh = (maxAgeMs: number) => Promise<void>;

/** The shortest interval that a reader can request, in milliseconds. */
export const intervalMinMs = 100;

/**
 * Which gauges have readers, and the interval that each reader requests. The runner of a source listens for changes and
 * runs the source at the shortest interval. Readers and sources know nothing else of each other.
 */
export class Demand {
  readonly #paces = new Map<string, Map<symbol, number>>();
  /** Of other instances on the same database: the shortest interval per topic, by instance. */
  readonly #others = new Map<string, ReadonlyMap<string, number>>();
  readonly #listeners = new Set<(topic: string) => void>();
  readonly #refreshers = new Map<string, Set<Refresh>>();

  /** Adds a reader that requests a value at least every `everyMs`, until disposed. */
  watch(topic: string, everyMs: number): Disposable {
    const paces = getOrCreate(this.#paces, topic, () => new Map<symbol, number>());
    const reader = Symbol(topic);
    paces.set(reader, everyMs);
    this.#changed(topic);
    return disposable(() => {
      paces.delete(reader);
      this.#changed(topic);
    });
  }

  /** The shortest requested interval. Null: the topic has no readers on any instance. */
  pace(topic: string): number | null {
    const others = [...this.#others.values()].flatMap((paces) => paces.get(topic) ?? []);
    const own = this.ownPace(topic);
    return smallest(own === null ? others : [...others, own]);
  }

  /** The shortest interval that readers of this process request. Null: there are none. */
  ownPace(topic: string): number | null {
    const paces = this.#paces.get(topic);
    return paces === undefined ? null : smallest(paces.values());
  }

  /** Sets what the readers of another instance request, by topic. Empty: nothing. */
  setOther(instanceId: string, paces: ReadonlyMap<string, number>): void {
    const before = this.#others.get(instanceId) ?? new Map<string, number>();
    if (paces.size === 0) this.#others.delete(instanceId);
    else this.#others.set(instanceId, paces);
    for (const topic of new Set([...before.keys(), ...paces.keys()]))
      if (before.get(topic) !== paces.get(topic)) this.#changed(topic);
  }

  onChange(listener: (topic: string) => void): Disposable {
    this.#listeners.add(listener);
    return disposable(() => this.#listeners.delete(listener));
  }

  /** Adds a source of the topic. `refresh` resolves when the value is at most `maxAgeMs` old. */
  provide(topic: string, refresh: Refresh): Disposable {
    const refreshers = getOrCreate(this.#refreshers, topic, () => new Set<Refresh>());
    refreshers.add(refresh);
    return disposable(() => refreshers.delete(refresh));
  }

  /** Resolves when the topic's value is at most `maxAgeMs` old, but after `waitMs` in any case. Never rejects. */
  async refresh(topic: string, maxAgeMs: number, waitMs: number): Promise<void> {
    const refreshers = this.#refreshers.get(topic);
    if (refreshers === undefined || refreshers.size === 0) return;
    await waitAtMost(waitMs, Promise.allSettled([...refreshers].map((refresh) => refresh(maxAgeMs))));
  }

  #changed(topic: string): void {
    for (const listener of this.#listeners) listener(topic);
  }
}
