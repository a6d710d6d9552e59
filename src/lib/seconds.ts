import { round } from './round.ts';

/** Stored events and tables have some durations in seconds; the graph has milliseconds. Null stays null. */
export function msOf<Value extends number | null>(seconds: Value): Value {
  return (seconds === null ? null : round(seconds * 1_000, 6)) as Value;
}

export function secondsOf<Value extends number | null>(ms: Value): Value {
  return (ms === null ? null : ms / 1_000) as Value;
}
