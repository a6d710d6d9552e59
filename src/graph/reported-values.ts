import { AppError } from '../errors.ts';
import type { GraphContext } from './context.ts';

/** Checks of what producers report. Each refuses by the field's name; null and undefined are what was left out. */

/** Refuses a field of a reported event; `publish` adds the index in the batch. */
export function refuse(field: string, allowed: string): never {
  throw new AppError('BAD_USER_INPUT', `${field} must be ${allowed}.`, { details: { field, allowed } });
}

type Left<Value> = Value | null | undefined;

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

export function requireRange(field: string, value: Left<number>, min: number, max: number): void {
  if (value !== null && value !== undefined && !(value >= min && value <= max))
    refuse(field, `a number from ${min} to ${max}`);
}

/** A JSON object, not a list or a single value. */
export function requireObject(field: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse(field, 'a JSON object');
  return value as Readonly<Record<string, unknown>>;
}

/** How far a producer's clock may be ahead of ours. */
const clockAheadMsMax = 60_000;
/** An earlier time is one in seconds that was taken for milliseconds. */
const reportedTimeMin = Date.UTC(2000, 0, 1);

/** When something happened, by its producer's clock. Lists are ordered by such times: the future would stay on top. */
export function requirePast(field: string, value: Left<Date>): void {
  const at = value?.getTime() ?? reportedTimeMin;
  if (at < reportedTimeMin || at > Date.now() + clockAheadMsMax)
    refuse(field, 'between 2000-01-01T00:00:00Z and one minute from now');
}

/** The id of an agent that is configured. */
export function configuredAgent(agentId: string, { serverInfo }: GraphContext): string {
  const { ids } = serverInfo.agents;
  return ids.includes(agentId) ? agentId : refuse('agentId', `one of ${ids.join(', ')}`);
}
