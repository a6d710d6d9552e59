import { disposable } from '../lib/disposable.ts';
import { getOrCreate } from '../lib/get-or-create.ts';
import type { Journal } from '../journal/journal.ts';
import type { Entry } from '../journal/topic.ts';

type Listener = (entries: readonly Entry[]) => void;

/** Calls the listeners of each group with the new entries of its topic and key, and with no others. */
export class Dispatcher implements Disposable {
  readonly #gauges = new Map<string, Set<Listener>>();
  /** By topic and key. */
  readonly #keys = new Map<string, Map<string, Set<Listener>>>();
  readonly #events = new Map<string, Set<Listener>>();
  readonly #allEvents = new Set<Listener>();
  readonly #subscriptions: readonly Disposable[];

  /** @param onEntry called with every entry before the groups receive it. */
  constructor({ gauges, log }: Pick<Journal, 'gauges' | 'log'>, onEntry: (entry: Entry) => void) {
    this.#subscriptions = [
      gauges.onPut((entries) => {
        this.#dispatch(this.#gauges, entries, onEntry);
        for (const entry of entries)
          for (const listener of this.#keys.get(entry.topic)?.get(entry.key) ?? []) listener([entry]);
      }),
      log.onAppend((entries) => {
        this.#dispatch(this.#events, entries, onEntry);
        for (const listener of this.#allEvents) listener(entries);
      }),
    ];
  }

  /** @param key null: all keys. */
  onGauge(topic: string, key: string | null, listener: Listener): Disposable {
    if (key === null) return listen(this.#gauges, topic, listener);
    return listen(
      getOrCreate(this.#keys, topic, () => new Map()),
      key,
      listener,
    );
  }

  /** @param topics null: all topics. A listener to several topics is called once for each of them. */
  onEvents(topics: readonly string[] | null, listener: Listener): Disposable {
    if (topics === null) {
      this.#allEvents.add(listener);
      return disposable(() => this.#allEvents.delete(listener));
    }
    const listening = topics.map((topic) => listen(this.#events, topic, listener));
    return disposable(() => {
      for (const one of listening) one[Symbol.dispose]();
    });
  }

  [Symbol.dispose](): void {
    for (const one of this.#subscriptions) one[Symbol.dispose]();
  }

  #dispatch(
    to: Map<string, Set<Listener>>,
    entries: readonly Entry[],
    onEntry: (entry: Entry) => void,
  ): void {
    for (const entry of entries) onEntry(entry);
    for (const [topic, own] of byTopic(entries)) for (const listener of to.get(topic) ?? []) listener(own);
  }
}

function byTopic(entries: readonly Entry[]): Iterable<readonly [string, readonly Entry[]]> {
  const [first] = entries;
  if (first === undefined) return [];
  if (entries.every(({ topic }) => topic === first.topic)) return [[first.topic, entries]];
  const found = new Map<string, Entry[]>();
  for (const entry of entries) {
    const own = found.get(entry.topic);
    if (own === undefined) found.set(entry.topic, [entry]);
    else own.push(entry);
  }
  return found;
}

function listen(to: Map<string, Set<Listener>>, topic: string, listener: Listener): Disposable {
  const listeners = getOrCreate(to, topic, () => new Set());
  listeners.add(listener);
  return disposable(() => {
    listeners.delete(listener);
    if (listeners.size === 0 && to.get(topic) === listeners) to.delete(topic);
  });
}
