import DataLoader from 'dataloader';
import type { GraphContext } from './context.ts';

/**
 * Declares a loader: the keys that one execution asks for are read with one call of `batch`. It lives as long as the
 * context of that execution, never longer.
 */
export function loader<Key, Value>(
  batch: (context: GraphContext, keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): (context: GraphContext) => DataLoader<Key, Value | undefined> {
  const loaders = new WeakMap<GraphContext, DataLoader<Key, Value | undefined>>();
  return (context) => {
    let own = loaders.get(context);
    if (own === undefined) {
      own = new DataLoader(async (keys) => {
        const values = await batch(context, keys);
        return keys.map((key) => values.get(key));
      });
      loaders.set(context, own);
    }
    return own;
  };
}
