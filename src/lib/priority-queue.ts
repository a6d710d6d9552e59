import { Deque } from './deque.ts';

/** From what goes first to what goes last. */
export const priorities = ['critical', 'high', 'normal', 'low'] as const;

export type Priority = (typeof priorities)[number];

const waitingMax = 100;

/**
 * A queue in which what matters more goes first, and within one priority what came first. It is bounded: where one too
 * many waits, the oldest of the lowest priority is given up.
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

  /** @returns what was given up for it: perhaps the item itself, where nothing less important waits; else undefined. */
  push(item: Item, priority: Priority): Item | undefined {
    this.#waiting.get(priority)?.push(item);
    this.#length++;
    return this.#length > this.#max ? this.#take(priorities.toReversed()) : undefined;
  }

  /** The item that goes first; undefined when none waits. */
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
