import { smallest } from '../lib/extremes.ts';
import { disposable } from '../lib/disposable.ts';

/** The shortest interval, in milliseconds, at which a reader may ask for a gauge's values. */
export const intervalMinMs = 100;

/**
 * Who watches which gauge, and how often they want it. Readers say so here; the runner of a source listens and paces
 * the source by its fastest reader. This is all that readers and sources know of each other.
 */
export class Demand {
  readonly #paces = new Map<string, Map<symbol, number>>();
  readonly #listeners = new Set<(topic: string) => void>();
  readonly #refreshers = new Map<string, Set<(maxAgeMs: number) => Promise<void>>>();

  /** Says that somebody reads `topic` and wants it at least every `everyMs`, until disposed. */
  watch(topic: string, everyMs: number): Disposable {
    let paces = this.#paces.get(topic);
    if (paces === undefined) this.#paces.set(topic, (paces = new Map()));
    const reader = Symbol(topic);
    paces.set(reader, everyMs);
    this.#changed(topic);
    return disposable(() => {
      paces.delete(reader);
      this.#changed(topic);
    });
  }

  /** The shortest interval anybody wants, or null when nobody watches. */
  pace(topic: string): number | null {
    const paces = this.#paces.get(topic);
    return paces === undefined ? null : smallest(paces.values());
  }

  onChange(listener: (topic: string) => void): Disposable {
    this.#listeners.add(listener);
    return disposable(() => this.#listeners.delete(listener));
  }

  /** Registers how a topic is refreshed: `refresh` resolves once its value is at most `maxAgeMs` old. */
  provide(topic: string, refresh: (maxAgeMs: number) => Promise<void>): Disposable {
    let refreshers = this.#refreshers.get(topic);
    if (refreshers === undefined) this.#refreshers.set(topic, (refreshers = new Set()));
    refreshers.add(refresh);
    return disposable(() => refreshers.delete(refresh));
  }

  /**
   * Resolves once the topic's value is at most `maxAgeMs` old, or after `waitMs`, whichever is first: a source that
   * hangs delays a reader no longer than that. Never rejects.
   */
  async refresh(topic: string, maxAgeMs: number, waitMs: number): Promise<void> {
    const refreshers = this.#refreshers.get(topic);
    if (refreshers === undefined || refreshers.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, waitMs);
    });
    await Promise.race([limit, Promise.allSettled([...refreshers].map((refresh) => refresh(maxAgeMs)))]);
    clearTimeout(timer);
  }

  #changed(topic: string): void {
    for (const listener of this.#listeners) listener(topic);
  }
}
