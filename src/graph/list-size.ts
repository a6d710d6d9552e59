import { largest } from '../lib/extremes.ts';
import type { GraphQLField, GraphQLFieldExtensions } from 'graphql';
import { limits } from './limits.ts';

/** Arguments that determine the length of a list, or of the lists in a page: as a number, or as a list of keys. */
export const sizeArguments = ['first', 'last', 'limit', 'points', 'ids'] as const;

/** Assumed length of a list with such an argument that is not given, and of a list without such arguments. */
const pageSizeDefault = 100;
const listSizeDefault = 10;

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    listSize?: number;
  }
}

/** Returns the value for a field's `extensions`: the assumed length of its list, where the default is far off. */
export function listSize(items: number): { listSize: number } {
  return { listSize: items };
}

/** Whether an argument determines the length of the field's list. */
export function isSized({ args }: GraphQLField<unknown, unknown>): boolean {
  return args.some(({ name }) => (sizeArguments as readonly string[]).includes(name));
}

/** The length of a field's list for its cost: as requested, else as declared or assumed. */
export function expectedListSize(
  field: GraphQLField<unknown, unknown>,
  args: Readonly<Record<string, unknown>>,
): number {
  const requested = sizeArguments
    .map((name) => args[name])
    .map((value) => (Array.isArray(value) ? value.length : value))
    .filter((value) => typeof value === 'number');
  const most = largest(requested);
  if (most !== null) return Math.min(Math.max(0, most), limits.listMax);
  const { listSize: declared }: GraphQLFieldExtensions<unknown, unknown> = field.extensions;
  return declared ?? (isSized(field) ? pageSizeDefault : listSizeDefault);
}
