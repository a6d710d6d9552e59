import type { DocumentNode, Location } from 'graphql';
import { append } from '../lib/append.ts';

/** The part of a location that errors use. */
type LightLocation = Pick<Location, 'start' | 'end' | 'source'>;

/** The part of a token that links it to the next one. */
interface LinkedToken {
  readonly next: LinkedToken | null;
}

/**
 * Removes the tokens from a parsed document, in place. The location of each node refers to the list of all tokens,
 * which takes more memory than the document itself. Errors need only the positions.
 * @returns the number of tokens.
 */
export function dropTokens(document: DocumentNode): number {
  let tokens = 0;
  for (let token: LinkedToken | null = document.loc?.startToken ?? null; token !== null; token = token.next)
    tokens++;
  const unvisited: unknown[] = [document];
  while (unvisited.length > 0) {
    const value = unvisited.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      append(unvisited, value);
      continue;
    }
    const node = value as Record<string, unknown> & { loc?: LightLocation };
    if (node.loc !== undefined) {
      const { start, end, source } = node.loc;
      node.loc = { start, end, source };
    }
    for (const key in node) if (key !== 'loc') unvisited.push(node[key]);
  }
  return tokens;
}
