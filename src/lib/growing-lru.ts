import { LRUCache } from 'lru-cache';

/**
 * The entries that were used last, `entriesMax` at most. It takes memory for what it holds: with the option `max`, the
 * library allocates all places at once, which is half a megabyte for ten thousand.
 *
 * @param ttl after so many milliseconds an entry is forgotten; default never.
 */
export function growingLru<Key extends {}, Value extends {}>(
  entriesMax: number,
  { ttl }: { readonly ttl?: number } = {},
): LRUCache<Key, Value> {
  return new LRUCache<Key, Value>({
    maxSize: entriesMax,
    sizeCalculation: () => 1,
    ...(ttl !== undefined && { ttl }),
  });
}
