/** Formats of values in the messages of several old systems. */
import { round } from '../lib/round.ts';

/** An enum value, which is upper case in the graph. */
export function lower<Word extends string | null>(word: Word): LowerCase<Word> {
  return (word === null ? null : word.toLowerCase()) as LowerCase<Word>;
}

type LowerCase<Word extends string | null> = Word extends string ? Lowercase<Word> : null;

/** A number with at most this many decimals; null stays null. */
export function rounded<Value extends number | null>(value: Value, decimals: number): Value {
  return (value === null ? null : round(value, decimals)) as Value;
}

/** A duration in seconds; null stays null. */
export function seconds<Value extends number | null>(ms: Value): Value {
  return (ms === null ? null : ms / 1_000) as Value;
}

/** A size in MiB, with at most `decimals` decimals; null stays null. */
export function mebibytes(bytes: number | null, decimals = 4): number | null {
  return bytes === null ? null : round(bytes / 2 ** 20, decimals);
}

/** A size in GiB, with at most `decimals` decimals; null stays null. */
export function gibibytes(bytes: number | null, decimals = 4): number | null {
  return bytes === null ? null : round(bytes / 2 ** 30, decimals);
}

/** @param atMs Unix milliseconds. @returns ISO 8601, UTC, with milliseconds. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** A time in whole Unix seconds. @param at ISO 8601, or Unix milliseconds. */
export function unixSeconds(at: string | number): number {
  return Math.floor((typeof at === 'string' ? Date.parse(at) : at) / 1_000);
}
