import type { DocumentNode, Location } from 'graphql';

/** What errors say of a node's place. */
type LightLocation = Pick<Location, 'start' | 'end' | 'source'>;

/** A token of graphql-js, with the object that a chain of them hangs on. */
interface Chained {
  readonly next: Chained | null;
}

/**
 * Takes the tokens out of a parsed document, in place. Each node's location refers to the chain of all tokens, which
 * takes more memory than the document itself; errors need no more than the positions.
 * @returns how many tokens there were.
 */
export function dropTokens(document: DocumentNode): number {
  let tokens = 0;
  for (let token: Chained | null = document.loc?.startToken ?? null; token !== null; token = token.next)
    tokens++;
  const open: unknown[] = [document];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one !== 'object' || one === null) continue;
    if (Array.isArray(one)) {
      for (const item of one) open.push(item);
      continue;
    }
    const node = one as Record<string, unknown> & { loc?: LightLocation };
    if (node.loc !== undefined) {
      const { start, end, source } = node.loc;
      node.loc = { start, end, source };
    }
    for (const key in node) if (key !== 'loc') open.push(node[key]);
  }
  return tokens;
}
