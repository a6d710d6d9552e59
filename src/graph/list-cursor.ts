import { AppError } from '../errors.ts';
import type { RowKey } from '../db/list-page.ts';

/**
 * The cursor of a row in a list that is ordered by a time and an id. Opaque to clients. Unlike the scalar `Cursor`, it
 * is not a position in the event log.
 */
export function listCursor({ at, id }: RowKey): string {
  return Buffer.from(`${at.getTime()}:${id}`).toString('base64url');
}

/** @throws AppError BAD_USER_INPUT that names the argument, which is `after` or `before`. */
export function parseListCursor(
  text: string | undefined,
  { argument, idIsNumber }: { readonly argument: string; readonly idIsNumber: boolean },
): RowKey | null {
  if (text === undefined) return null;
  const [, ms, id = ''] = /^(-?\d{1,16}):(.+)$/s.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  const at = new Date(Number(ms));
  const isId = idIsNumber ? /^\d{1,16}$/.test(id) : id !== '' && !id.includes('\u0000');
  if (!isId || Number.isNaN(at.getTime()))
    throw new AppError('BAD_USER_INPUT', `${argument} must be a cursor of this list.`, {
      details: { argument },
    });
  return { at, id: idIsNumber ? Number(id) : id };
}
