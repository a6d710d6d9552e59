import { LRUCache } from 'lru-cache';

/**
 * An LRU cache of at most `entriesMax` entries that allocates memory as it grows: with the option `max`, the library
 * allocates all slots in advance, half a megabyte for ten thousand.
 *
 * @param ttl lifetime of an entry, milliseconds; default unlimited.
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
