/** Says whether a name reads like one of those that are reserved: in any case, spacing and punctuation. */
export function reservedNames(names: Iterable<string>): (name: string) => boolean {
  const reserved = new Set([...names].map(folded));
  return (name) => reserved.has(folded(name));
}

/** What a reader sees of a name: lower case, compatibility forms resolved, and only letters and digits left. */
function folded(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
