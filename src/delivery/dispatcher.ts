import { disposable } from '../lib/disposable.ts';
import type { Journal } from '../journal/journal.ts';
import type { Entry } from '../journal/topic.ts';

type Listener = (entries: readonly Entry[]) => void;

/** Leads what comes into the journal to the groups that read its topic, so that no group is bothered with others'. */
export class Dispatcher implements Disposable {
  readonly #gauges = new Map<string, Set<Listener>>();
  /** By topic and key: most groups read one key, and are not bothered with the others. */
  readonly #keys = new Map<string, Map<string, Set<Listener>>>();
  readonly #events = new Map<string, Set<Listener>>();
  readonly #allEvents = new Set<Listener>();
  readonly #following: readonly Disposable[];

  /** @param came called with every entry before the groups get it. */
  constructor({ gauges, log }: Pick<Journal, 'gauges' | 'log'>, came: (entry: Entry) => void) {
    this.#following = [
      gauges.onPut((entries) => {
        this.#lead(this.#gauges, entries, came);
        for (const entry of entries)
          for (const listener of this.#keys.get(entry.topic)?.get(entry.key) ?? []) listener([entry]);
      }),
      log.onAppend((entries) => {
        this.#lead(this.#events, entries, came);
        for (const listener of this.#allEvents) listener(entries);
      }),
    ];
  }

  /** @param key null: all. */
  ofGauge(topic: string, key: string | null, listener: Listener): Disposable {
    if (key === null) return listen(this.#gauges, topic, listener);
    let keys = this.#keys.get(topic);
    if (keys === undefined) this.#keys.set(topic, (keys = new Map()));
    return listen(keys, key, listener);
  }

  /** @param topics null: all. A listener of several topics hears of entries once for each. */
  ofEvents(topics: readonly string[] | null, listener: Listener): Disposable {
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
    for (const one of this.#following) one[Symbol.dispose]();
  }

  #lead(to: Map<string, Set<Listener>>, entries: readonly Entry[], came: (entry: Entry) => void): void {
    for (const entry of entries) came(entry);
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
  let listeners = to.get(topic);
  if (listeners === undefined) to.set(topic, (listeners = new Set()));
  listeners.add(listener);
  return disposable(() => {
    listeners.delete(listener);
    if (listeners.size === 0 && to.get(topic) === listeners) to.delete(topic);
  });
}
