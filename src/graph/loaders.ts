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

/** A key, and the options with which its value is read. */
interface KeyWithOptions<Options> {
  readonly key: string;
  readonly options: Options;
}

/**
 * Declares a loader of values that depend on a key and on options, such as a range of time: the keys with equal options
 * that the resolvers of one execution request are read with one call of `read`.
 * @param read returns the values by key. Keys without a value are absent.
 */
export function groupedLoader<Options, Value>(
  read: (
    context: GraphContext,
    keys: readonly string[],
    options: Options,
  ) => Promise<ReadonlyMap<string, Value>>,
): (context: GraphContext, key: string, options: Options) => Promise<Value | undefined> {
  const load = loader<KeyWithOptions<Options>, Value>(
    async (context, wanted) => {
      const groups = new Map<string, KeyWithOptions<Options>[]>();
      for (const one of wanted) getOrCreate(groups, JSON.stringify(one.options), () => []).push(one);
      const found = new Map<KeyWithOptions<Options>, Value>();
      for (const group of groups.values()) {
        const [first] = group;
        if (first === undefined) continue;
        const keys = group.map(({ key }) => key);
        const values = await read(context, keys, first.options);
        for (const one of group) {
          const value = values.get(one.key);
          if (value !== undefined) found.set(one, value);
        }
      }
      return found;
    },
    (one) => JSON.stringify(one),
  );
  return (context, key, options) => load(context).load({ key, options });
}

/** Drops the loaded values of a context: what is read after a mutation contains its change. */
export function dropLoaded(context: GraphContext): void {
  loadedIn.delete(context);
}
