import { setImmediate as nextTurn } from 'node:timers/promises';

/** Iterates over many items, and lets other work of the event loop run after each `countMax` of them. */
export async function* inTurns<Item>(items: Iterable<Item>, countMax: number): AsyncGenerator<Item> {
  let count = 0;
  for (const item of items) {
    if (count++ === countMax) {
      await nextTurn();
      count = 1;
    }
    yield item;
  }
}
