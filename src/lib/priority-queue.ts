import { Deque } from './deque.ts';

/** From the highest to the lowest. */
export const priorities = ['critical', 'high', 'normal', 'low'] as const;

export type Priority = (typeof priorities)[number];

const waitingMax = 100;

/**
 * A bounded queue: items of a higher priority first, and within one priority first in, first out. When it is full, the
 * oldest item of the lowest priority is dropped.
 */
export class PriorityQueue<Item> {
  readonly #max: number;
  readonly #waiting = new Map(priorities.map((priority) => [priority, new Deque<Item>()]));
  #length = 0;

  constructor(max = waitingMax) {
    this.#max = max;
  }

  get length(): number {
    return this.#length;
  }

  /**
   * @returns the item dropped for it, possibly the item itself when no less important one is queued; otherwise
   * undefined.
   */
  push(item: Item, priority: Priority): Item | undefined {
    this.#waiting.get(priority)?.push(item);
    this.#length++;
    return this.#length > this.#max ? this.#take(priorities.toReversed()) : undefined;
  }

  /** Removes the next item; undefined when the queue is empty. */
  shift(): Item | undefined {
    return this.#take(priorities);
  }

  #take(order: readonly Priority[]): Item | undefined {
    for (const priority of order) {
      const items = this.#waiting.get(priority);
      if (items === undefined || items.length === 0) continue;
      this.#length--;
      return items.shift();
    }
    return undefined;
  }
}
