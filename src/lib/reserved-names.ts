/** Returns a test whether a name looks like a reserved one, ignoring case, spaces and punctuation. */
export function reservedNames(names: Iterable<string>): (name: string) => boolean {
  const reserved = new Set([...names].map(folded));
  return (name) => reserved.has(folded(name));
}

/** A name in comparable form: lower case, compatibility forms resolved, and letters and digits only. */
function folded(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
