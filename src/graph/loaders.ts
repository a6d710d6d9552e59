import DataLoader from 'dataloader';
import { getOrCreate } from '../lib/get-or-create.ts';
import type { GraphContext } from './context.ts';

/** The loaded values of a context, by loader. A mutation starts them afresh. */
const loadedIn = new WeakMap<GraphContext, Map<object, unknown>>();

/**
 * Declares a loader: the keys that the resolvers of one execution request are read with one call of `batch`. Loaded
 * values are dropped with the execution's context, and by each mutation.
 * @param cacheKey equal for keys with the same value. Default: the key.
 */
export function loader<Key, Value>(
  batch: (context: GraphContext, keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
  cacheKey?: (key: Key) => string,
): (context: GraphContext) => DataLoader<Key, Value | undefined, unknown> {
  const create = (context: GraphContext) =>
    new DataLoader<Key, Value | undefined, unknown>(
      async (keys) => {
        const values = await batch(context, keys);
        return keys.map((key) => values.get(key));
      },
      cacheKey && { cacheKeyFn: cacheKey },
    );
  return (context) => {
    const loaders = getOrCreate(loadedIn, context, () => new Map<object, unknown>());
    return getOrCreate(loaders, batch, () => create(context)) as ReturnType<typeof create>;
  };
}

/** Drops the loaded values of a context: what is read after a mutation contains its change. */
export function dropLoaded(context: GraphContext): void {
  loadedIn.delete(context);
}
