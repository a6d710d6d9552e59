import type { ArgBuilder } from '@pothos/core';
import { AppError } from '../errors.ts';
import type { GraphTypes } from './builder.ts';

const dayMs = 24 * 3_600_000;
const daysMax = 366;

export interface Period {
  /** Inclusive. */
  readonly since: Date;
  /** Exclusive. */
  readonly until: Date;
}

/** The arguments of a field that computes statistics over a period. */
export function periodArgs(t: ArgBuilder<GraphTypes>) {
  return {
    since: t({
      type: 'DateTime',
      description: `Start, inclusive, at most ${daysMax} days before \`until\`. Default: 24 hours before \`until\`.`,
    }),
    until: t({ type: 'DateTime', description: 'End, exclusive. Default: now.' }),
  };
}

/** The values of these arguments. @throws AppError BAD_USER_INPUT that names the argument. */
export function periodOf({
  since: given,
  until: end,
}: {
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}): Period {
  // a whole second, so that the fields of one query share a statement
  const until = end ?? new Date(Math.ceil(Date.now() / 1_000) * 1_000);
  const since = given ?? new Date(until.getTime() - dayMs);
  const lengthMs = until.getTime() - since.getTime();
  if (lengthMs <= 0 || lengthMs > daysMax * dayMs)
    throw new AppError('BAD_USER_INPUT', `\`since\` must be before \`until\`, by at most ${daysMax} days.`, {
      details: { argument: 'since' },
    });
  return { since, until };
}
