import pg from 'pg';
import { AppError } from '../errors.ts';

const unstorableCodes: ReadonlySet<string> = new Set([
  '22021', // character_not_in_repertoire
  '22P05', // untranslatable_character
]);

/** Text that no PostgreSQL can hold, in a search or to be stored: it is the sender's mistake. */
export function isUnstorable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && unstorableCodes.has(error.code ?? '');
}

/** What a client receives when `isUnstorable(cause)`. */
export function unstorable(cause: unknown): AppError {
  const allowed = 'text without U+0000 and without halves of surrogate pairs';
  return new AppError('BAD_USER_INPUT', `Text must be ${allowed}.`, { details: { allowed }, cause });
}
