import { reservedNames } from '../lib/reserved-names.ts';

/** For people: what a subject has to be. */
export const subjectRule = '1 to 256 characters, and neither anonymous nor system';

/** Whom nobody can be: those without a credential, and the server itself. */
export const reservedSubjects: ReadonlySet<string> = new Set(['anonymous', 'system']);

const isReserved = reservedNames(reservedSubjects);

/** Whether a credential may name somebody so. Case, spaces and invisible characters make nobody another one. */
export function isSubject(text: string): boolean {
  return text.trim() !== '' && text.length <= 256 && !/\p{Cc}/u.test(text) && !isReserved(text);
}
