import type { Stage } from './child.ts';
import type { Spread } from './stats.ts';

export interface Options {
  readonly subscribers: number | null;
  readonly rounds: number;
  readonly seconds: number;
  /** Tiny sizes, which only show that the benchmark works. */
  readonly quick: boolean;
  /** The file for a CPU profile of our server; null: none is taken. */
  readonly profile: string | null;
}

/** One benchmark: measures one or several lines of the table. */
export interface Row {
  readonly name: string;
  readonly what: string;
  measure(stage: Stage, options: Options): Promise<readonly Result[]>;
}

/** One line of the table. */
export interface Result {
  readonly row: string;
  readonly what: string;
  readonly unit: string;
  readonly ours: Spread;
  /** Null if the result is not compared with a peer. */
  readonly peer: { readonly name: string; readonly spread: Spread } | null;
  /** The value that the goal applies to: our median, divided by that of the peer if there is one. */
  readonly value: number;
  readonly goal: { readonly relation: '≤' | '≥'; readonly value: number };
  readonly notes: readonly string[];
}

/** A result that compares medians: our median divided by that of the peer. */
export function against(
  line: Omit<Result, 'value' | 'peer'> & { readonly peer: NonNullable<Result['peer']> },
): Result {
  return { ...line, value: line.ours.median / line.peer.spread.median };
}

export function isMet({ value, goal }: Result): boolean {
  return goal.relation === '≤' ? value <= goal.value : value >= goal.value;
}

/** The numbers of subscribers to measure with: the option, or the row's own. */
export function sizes(options: Options, standard: readonly number[], quick = 20): readonly number[] {
  if (options.subscribers !== null) return [options.subscribers];
  return options.quick ? [quick] : standard;
}

export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
