import DataLoader from 'dataloader';
import { getOrCreate } from '../lib/get-or-create.ts';
import type { GraphContext } from './context.ts';

/**
 * Declares a loader: the keys that the resolvers of one execution request are read with one call of `batch`. Loaded
 * values are dropped with the execution's context.
 */
export function loader<Key, Value>(
  batch: (context: GraphContext, keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): (context: GraphContext) => DataLoader<Key, Value | undefined> {
  const loaders = new WeakMap<GraphContext, DataLoader<Key, Value | undefined>>();
  return (context) =>
    getOrCreate(
      loaders,
      context,
      () =>
        new DataLoader(async (keys) => {
          const values = await batch(context, keys);
          return keys.map((key) => values.get(key));
        }),
    );
}
