import type { Stage } from './child.ts';
import type { Spread } from './stats.ts';

export interface Options {
  readonly subscribers: number | null;
  readonly rounds: number;
  readonly seconds: number;
  /** Tiny sizes: it only shows that the harness works. */
  readonly quick: boolean;
  /** Where profiles of ours are written; null: none. */
  readonly profile: string | null;
}

/** A row of the table that is measured by one command. */
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
  /** null: the figure stands by itself. */
  readonly peer: { readonly name: string; readonly spread: Spread } | null;
  /** What is held against the goal: ours to the peer's, or ours. */
  readonly figure: number;
  readonly goal: { readonly relation: '≤' | '≥'; readonly value: number };
  readonly notes: readonly string[];
}

/** Ours against a peer: the ratio of the medians. */
export function against(
  line: Omit<Result, 'figure' | 'peer'> & { readonly peer: NonNullable<Result['peer']> },
): Result {
  return { ...line, figure: line.ours.median / line.peer.spread.median };
}

export function isMet({ figure, goal }: Result): boolean {
  return goal.relation === '≤' ? figure <= goal.value : figure >= goal.value;
}

/** The standard sizes, or tiny ones. */
export function sizes(options: Options, standard: readonly number[], quick = 20): readonly number[] {
  if (options.subscribers !== null) return [options.subscribers];
  return options.quick ? [quick] : standard;
}

export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
