import pg from 'pg';
import { AppError } from '../errors.ts';

const unstorableCodes: ReadonlySet<string> = new Set([
  '22021', // character_not_in_repertoire
  '22P05', // untranslatable_character
]);

/**
 * Whether PostgreSQL rejected the text of a search or of a value because it cannot store it: a mistake of the client.
 */
export function isUnstorable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && unstorableCodes.has(error.code ?? '');
}

/** The client's error when `isUnstorable(cause)`. */
export function unstorable(cause: unknown): AppError {
  const allowed = 'text without U+0000 and without halves of surrogate pairs';
  return new AppError('BAD_USER_INPUT', `Text must be ${allowed}.`, { details: { allowed }, cause });
}
