import type { PeerCounts } from '../lib/concurrency-limiter.ts';
import type { CountChanges } from './messages.ts';

/** Changes of this time are sent together. */
const collectMs = 25;

/**
 * A worker's side of counts that limit all workers together. Each worker decides by its own count and by what it last
 * heard of the others, so for the time of two messages all together may exceed a limit by what arrived at each.
 */
export class SharedCounts {
  readonly #send: (changes: readonly CountChanges[]) => void;
  readonly #peers = new Map<string, Map<string, number>>();
  readonly #totals = new Map<string, number>();
  #changed = new Map<string, Map<string, number>>();
  #waits = false;

  constructor(send: (changes: readonly CountChanges[]) => void) {
    this.#send = send;
  }

  of(name: string): PeerCounts {
    return {
      of: (key) => this.#peers.get(name)?.get(key) ?? 0,
      total: () => this.#totals.get(name) ?? 0,
      changed: (key, own) => {
        setIn(this.#changed, name, key, own);
        if (!this.#waits) setTimeout(() => this.#flush(), collectMs).unref();
        this.#waits = true;
      },
    };
  }

  /** Takes counts of the other workers together. */
  receive(changes: readonly CountChanges[]): void {
    for (const { name, counts } of changes)
      for (const [key, count] of counts) {
        const before = this.#peers.get(name)?.get(key) ?? 0;
        this.#totals.set(name, (this.#totals.get(name) ?? 0) + count - before);
        if (count > 0) setIn(this.#peers, name, key, count);
        else this.#peers.get(name)?.delete(key);
      }
  }

  #flush(): void {
    this.#waits = false;
    const changed = this.#changed;
    this.#changed = new Map();
    this.#send(toChanges(changed));
  }
}

/** The primary's side: the counts of each worker, and what the others are sent. */
export class CountsOfWorkers<Worker> {
  readonly #own = new Map<Worker, Map<string, Map<string, number>>>();
  readonly #sums = new Map<string, Map<string, number>>();
  readonly #send: (to: Worker, changes: readonly CountChanges[]) => void;
  #changed = new Map<string, Set<string>>();
  #timer: NodeJS.Timeout | null = null;

  constructor(send: (to: Worker, changes: readonly CountChanges[]) => void) {
    this.#send = send;
  }

  /** Tells a new worker the counts of the others. */
  add(worker: Worker): void {
    this.#own.set(worker, new Map());
    this.#send(worker, toChanges(this.#sums));
  }

  receive(from: Worker, changes: readonly CountChanges[]): void {
    for (const { name, counts } of changes)
      for (const [key, count] of counts) this.#set(from, name, key, count);
  }

  /** Forgets the counts of a worker that has ended. */
  remove(worker: Worker): void {
    for (const [name, counts] of this.#own.get(worker) ?? [])
      for (const key of counts.keys()) this.#set(worker, name, key, 0);
    this.#own.delete(worker);
  }

  [Symbol.dispose](): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #set(worker: Worker, name: string, key: string, count: number): void {
    const own = this.#own.get(worker);
    if (own === undefined) return;
    const sum = (this.#sums.get(name)?.get(key) ?? 0) + count - (own.get(name)?.get(key) ?? 0);
    if (count > 0) setIn(own, name, key, count);
    else own.get(name)?.delete(key);
    if (sum > 0) setIn(this.#sums, name, key, sum);
    else this.#sums.get(name)?.delete(key);
    const keys = this.#changed.get(name) ?? new Set();
    this.#changed.set(name, keys.add(key));
    this.#timer ??= setTimeout(() => this.#flush(), collectMs).unref();
  }

  #flush(): void {
    this.#timer = null;
    const changed = this.#changed;
    this.#changed = new Map();
    for (const [worker, own] of this.#own)
      this.#send(
        worker,
        [...changed].map(([name, keys]) => ({
          name,
          counts: [...keys].map((key) => {
            const sum = this.#sums.get(name)?.get(key) ?? 0;
            return [key, sum - (own.get(name)?.get(key) ?? 0)] as const;
          }),
        })),
      );
  }
}

function setIn(map: Map<string, Map<string, number>>, name: string, key: string, count: number): void {
  const inner = map.get(name) ?? new Map<string, number>();
  map.set(name, inner.set(key, count));
}

function toChanges(counts: ReadonlyMap<string, ReadonlyMap<string, number>>): readonly CountChanges[] {
  return [...counts].map(([name, inner]) => ({ name, counts: [...inner] }));
}
