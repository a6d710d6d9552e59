/** For people: what a subject has to be. */
export const subjectRule = '1 to 256 characters, and neither anonymous nor system';

/** Whom nobody can be: those without a credential, and the server itself. */
export const reservedSubjects: ReadonlySet<string> = new Set(['anonymous', 'system']);

/** Whether a credential may name somebody so. Spaces make nobody another one. */
export function isSubject(text: string): boolean {
  const bare = text.trim();
  return bare !== '' && text.length <= 256 && !/\p{Cc}/u.test(text) && !reservedSubjects.has(bare);
}
