import type { ArgBuilder } from '@pothos/core';
import { AppError } from '../errors.ts';
import type { GraphTypes } from './builder.ts';
import { numericArgument } from './numeric-argument.ts';

const hourMs = 3_600_000;
const pointsDefault = 120;
const pointsMax = 1_000;

/** The arguments of a field that returns a history, downsampled into at most `points` intervals. */
export function historyRangeArgs(t: ArgBuilder<GraphTypes>) {
  return {
    since: t({ type: 'DateTime', description: 'Start, inclusive. Default: one hour before `until`.' }),
    until: t({ type: 'DateTime', description: 'End, exclusive. Default: now.' }),
    points: t.int({ description: `Number of intervals, 1 to ${pointsMax}. Default: ${pointsDefault}.` }),
  };
}

export interface HistoryRange {
  readonly since: Date;
  readonly until: Date;
  /** Number of intervals into which the range is divided. */
  readonly points: number;
}

interface GivenRange {
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
  readonly points?: number | null | undefined;
}

/** The same for several objects: the default of `until` is a whole second, so that they share a statement. */
export function sharedHistoryRange(args: GivenRange): HistoryRange {
  return historyRange({ ...args, until: args.until ?? new Date(Math.ceil(Date.now() / 1_000) * 1_000) });
}

/** The values of these arguments. @throws AppError BAD_USER_INPUT that names the argument. */
export function historyRange(args: GivenRange): HistoryRange {
  const until = args.until ?? new Date();
  const since = args.since ?? new Date(until.getTime() - hourMs);
  const points = numericArgument('points', args.points, { max: pointsMax, fallback: pointsDefault });
  if (since >= until)
    throw new AppError('BAD_USER_INPUT', '`since` must be before `until`.', {
      details: { argument: 'since' },
    });
  return { since, until, points };
}
