import { setTimeout as sleep } from 'node:timers/promises';

/** Items that are handled together at most, and the pause after them. */
const batchMax = 500;
const pauseMs = 20;
/** Fewer items are not spread. */
const batchMin = 10;

/** Calls `work` for each item, in batches within `spreadMs`. The first batch is handled before this returns. */
export async function spreadOver<Item>(
  items: readonly Item[],
  spreadMs: number,
  work: (item: Item) => void,
): Promise<void> {
  const batch = Math.max(batchMin, Math.ceil((items.length * pauseMs) / Math.max(1, spreadMs)));
  const size = spreadMs === 0 ? batchMax : Math.min(batch, batchMax);
  for (let first = 0; first < items.length; first += size) {
    if (first > 0) await sleep(pauseMs);
    for (const item of items.slice(first, first + size)) work(item);
  }
}
