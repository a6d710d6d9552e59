import { largest } from '../lib/extremes.ts';
import type { GraphQLField, GraphQLFieldExtensions } from 'graphql';
import { limits } from './limits.ts';

/** Arguments that say how many entries a list has, or the lists of a page. */
export const sizeArguments = ['first', 'last', 'limit', 'points'] as const;

/** Entries of a list that takes such an argument and is given none, and of one that takes none. */
const sizeOfPages = 100;
const sizeOfLists = 10;

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    listSize?: number;
  }
}

/** For a field's `extensions`: how many entries to reckon with, where the usual number is far off. */
export function listSize(entries: number): { listSize: number } {
  return { listSize: entries };
}

/** Whether a field takes an argument that says how much it gives. */
export function isSized({ args }: GraphQLField<unknown, unknown>): boolean {
  return args.some(({ name }) => (sizeArguments as readonly string[]).includes(name));
}

/** How many entries a field gives: what its arguments ask for, else what it usually has. */
export function sizeOf(
  field: GraphQLField<unknown, unknown>,
  args: Readonly<Record<string, unknown>>,
): number {
  const asked = sizeArguments.map((name) => args[name]).filter((value) => typeof value === 'number');
  const most = largest(asked);
  if (most !== null) return Math.min(Math.max(0, most), limits.listMax);
  const { listSize: declared }: GraphQLFieldExtensions<unknown, unknown> = field.extensions;
  return declared ?? (isSized(field) ? sizeOfPages : sizeOfLists);
}
