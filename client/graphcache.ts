import { valueTypes } from './cache-data.generated.ts';

/**
 * For urql's normalized cache: `cacheExchange({ keys, schema })`. Types without `id` are stored where they are read.
 */
export const keys: Readonly<Record<string, () => null>> = Object.fromEntries(
  valueTypes.map((name) => [name, () => null]),
);
