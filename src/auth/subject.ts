import { reservedNames } from '../lib/reserved-names.ts';

/** The rule in words, for error messages. */
export const subjectRule = '1 to 256 characters, and neither anonymous nor system';

/** Subjects that no credential may name: requests without a credential, and the server itself. */
export const reservedSubjects: ReadonlySet<string> = new Set(['anonymous', 'system']);

const isReserved = reservedNames(reservedSubjects);

/**
 * Whether a credential may name this subject. Subjects are stored, so they have no control characters and no lone
 * surrogates. Case, spaces and invisible characters do not make a reserved name valid.
 */
export function isSubject(text: string): boolean {
  return text.trim() !== '' && text.length <= 256 && !/[\p{Cc}\p{Cs}]/u.test(text) && !isReserved(text);
}
