import { AppError } from '../errors.ts';

/** A row's place in a list that is ordered by a time and a position, as clients page through it. */
export interface ListKey {
  readonly at: Date;
  readonly seq: number;
}

/** Opaque for clients. @param at Unix milliseconds. */
export function keyText({ at, seq }: { readonly at: number; readonly seq: number }): string {
  return Buffer.from(`${at}:${seq}`).toString('base64url');
}

/** @throws AppError BAD_USER_INPUT that names the argument. */
export function parseKey(text: string | undefined, argument: string): ListKey | null {
  if (text === undefined) return null;
  const match = /^(-?\d{1,16}):(\d{1,16})$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  const at = new Date(Number(match?.[1]));
  if (match === null || Number.isNaN(at.getTime()))
    throw new AppError('BAD_USER_INPUT', `${argument} must be a cursor of this list.`, {
      details: { argument },
    });
  return { at, seq: Number(match[2]) };
}
