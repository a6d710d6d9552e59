import { refuse } from './event-input.ts';

/** Checks of what producers report. Each refuses by the field's name; null and undefined are what was left out. */

type Left<Value> = Value | null | undefined;

const idCharsMax = 256;

export function requireId(field: string, value: string): void {
  if (value.length < 1 || value.length > idCharsMax) refuse(field, `1 to ${idCharsMax} characters`);
}

export function requireText(field: string, value: Left<string>, charsMax: number): void {
  if ((value?.length ?? 0) > charsMax) refuse(field, `at most ${charsMax} characters`);
}

/** Text that says something. */
export function requireFilled(field: string, value: Left<string>, charsMax: number): void {
  if (value !== null && value !== undefined && (value.length < 1 || value.length > charsMax))
    refuse(field, `1 to ${charsMax} characters`);
}

/** Bytes, rows, epochs: whole, and not negative. */
export function requireWhole(field: string, value: Left<number>, least = 0): void {
  if (value !== null && value !== undefined && !(Number.isSafeInteger(value) && value >= least))
    refuse(field, `a whole number of ${least} or more`);
}

export function requireNotNegative(field: string, value: Left<number>): void {
  if ((value ?? 0) < 0) refuse(field, 'zero or more');
}

export function requireRatio(field: string, value: Left<number>): void {
  if (value !== null && value !== undefined && !(value >= 0 && value <= 1)) refuse(field, '0 to 1');
}

export function requirePercent(field: string, value: Left<number>): void {
  if (value !== null && value !== undefined && !(value >= 0 && value <= 100)) refuse(field, '0 to 100');
}
