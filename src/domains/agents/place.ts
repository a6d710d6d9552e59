import { AppError } from '../../errors.ts';

/** Where an entry stands in a list that is ordered by the time it names, then by its position in the log. */
export interface Place {
  readonly occurredAt: Date;
  readonly seq: number;
}

/** A page of such a list by keyset, so that a page deep inside costs what the first one costs. */
export interface PlacePage {
  /** Null: of all agents. */
  readonly agentId: string | null;
  readonly limit: number;
  /** Newest first, or oldest first when reading backwards. */
  readonly newestFirst: boolean;
  readonly olderThan: Place | null;
  readonly newerThan: Place | null;
}

/** The page as a page of any list. */
export function pageIn({ limit, newestFirst, olderThan, newerThan }: PlacePage) {
  return {
    limit,
    newestFirst,
    olderThan: olderThan && { at: olderThan.occurredAt, seq: olderThan.seq },
    newerThan: newerThan && { at: newerThan.occurredAt, seq: newerThan.seq },
  };
}

/** A place as clients see it: opaque. */
export function placeText({ occurredAt, seq }: Place): string {
  return Buffer.from(`${occurredAt.getTime()}:${seq}`).toString('base64url');
}

/** @throws AppError BAD_USER_INPUT that names the argument. */
export function parsePlace(text: string | undefined, argument: string): Place | null {
  if (text === undefined) return null;
  const match = /^(-?\d{1,16}):(\d{1,16})$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  const occurredAt = new Date(Number(match?.[1]));
  if (match === null || Number.isNaN(occurredAt.getTime()))
    throw new AppError('BAD_USER_INPUT', `${argument} must be a cursor of this list.`, {
      details: { argument },
    });
  return { occurredAt, seq: Number(match[2]) };
}
