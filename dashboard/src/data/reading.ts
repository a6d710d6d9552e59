import type { GraphError } from './graph.ts';

/** What a panel knows: the last value, since when it is known, and why there is none or no newer one. */
export interface Reading<Value> {
  readonly value: Value | null;
  /** When the value arrived, by the clock of this browser. Null before the first. */
  readonly at: number | null;
  /** Whether each change arrives as it happens, so that the value is current while the connection exists. */
  readonly live: boolean;
  readonly errors: readonly GraphError[];
}

export const nothing: Reading<never> = { value: null, at: null, live: false, errors: [] };
