import { Kind, visit, type DocumentNode } from 'graphql';

/** How often a selection may ask for the same thing. Once is enough; tools that join selections ask a few times. */
const repetitionsMax = 20;

/**
 * The field that one selection asks for too often, or null. Validation compares each field of a name with every other
 * of that name, which takes a document of nothing else a tenth of a second, so this is looked at before.
 */
export function repeatedTooOften(
  document: DocumentNode,
): { readonly name: string; readonly max: number } | null {
  let found: string | null = null;
  visit(document, {
    SelectionSet({ selections }) {
      const counts = new Map<string, number>();
      for (const selection of selections) {
        if (selection.kind !== Kind.FIELD) continue;
        const name = (selection.alias ?? selection.name).value;
        const count = (counts.get(name) ?? 0) + 1;
        counts.set(name, count);
        if (count > repetitionsMax) found ??= name;
      }
    },
  });
  return found === null ? null : { name: found, max: repetitionsMax };
}
