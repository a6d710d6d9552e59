import { AppError } from '../errors.ts';

/** Where something lies in a list that is ordered by an instant and, within it, by an id. */
export interface Place {
  readonly at: Date;
  readonly id: string;
}

/** Opaque for clients. */
export function placeText({ at, id }: Place): string {
  return Buffer.from(`${at.getTime()}:${id}`).toString('base64url');
}

/** @throws AppError BAD_USER_INPUT naming the argument. */
export function parsePlace(text: string | undefined, argument: string): Place | null {
  if (text === undefined) return null;
  const match = /^(-?\d{1,16}):(.+)$/s.exec(Buffer.from(text, 'base64url').toString());
  const at = new Date(Number(match?.[1]));
  const id = match?.[2] ?? '';
  if (match === null || Number.isNaN(at.getTime()) || id.includes('\u0000'))
    throw new AppError('BAD_USER_INPUT', `${argument} must be a cursor of this list.`, {
      details: { argument },
    });
  return { at, id };
}
