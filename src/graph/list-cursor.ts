import { AppError } from '../errors.ts';
import type { RowKey } from '../db/list-page.ts';

/**
 * The cursor of a row in a list that is ordered by a time or a number, and by an id. Opaque to clients. Unlike the
 * scalar `Cursor`, it is not a position in the event log. It begins with the list, because the rows of another list
 * have the same kind of keys.
 */
export function listCursor({ at, id }: RowKey, { list, order = '' }: CursorOf): string {
  const position = `${Number(at)}:${id}`;
  return Buffer.from(`${list} ${order === '' ? '' : `${order} `}${position}`).toString('base64url');
}

interface CursorOf {
  /** Name of the list, such as `Alert`. */
  readonly list: string;
  /** Of the list, such as `UPDATED_AT DESC`. Empty: its default order. */
  readonly order?: string;
}

interface CursorArgument extends CursorOf {
  readonly argument: string;
  readonly idIsNumber: boolean;
  /** Whether the list is ordered by a number. */
  readonly atIsNumber?: boolean;
}

/** Of the type `integer` of PostgreSQL. */
const integerMax = 2 ** 31 - 1;

/** @throws AppError BAD_USER_INPUT that names the argument, which is `after` or `before`. */
export function parseListCursor(
  text: string | undefined,
  { argument, list, idIsNumber, order = '', atIsNumber = false }: CursorArgument,
): RowKey | null {
  if (text === undefined) return null;
  const [, name, given = '', value, id = ''] =
    /^(\w+) (?:([A-Z_]+ (?:ASC|DESC)) )?(-?\d{1,16}):(.+)$/s.exec(
      Buffer.from(text, 'base64url').toString(),
    ) ?? [];
  const at = atIsNumber ? Number(value) : new Date(Number(value));
  const isId = idIsNumber ? /^\d{1,16}$/.test(id) : id !== '' && !id.includes('\u0000');
  const isAt =
    given !== order || (atIsNumber ? Math.abs(Number(at)) <= integerMax : !Number.isNaN(Number(at)));
  if (name !== list || !isId || !isAt) throw rejected(argument, `${argument} must be a cursor of this list.`);
  if (given !== order)
    throw rejected(
      argument,
      `${argument} is a cursor of the order ${given || 'by default'}, and must be one of the order ${order || 'by default'}.`,
    );
  return { at, id: idIsNumber ? Number(id) : id };
}

function rejected(argument: string, message: string): AppError {
  return new AppError('BAD_USER_INPUT', message, { details: { argument } });
}
