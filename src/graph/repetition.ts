import {
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

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

/** Pairs of fields that validation may have to compare in one document: about ten milliseconds of them. */
export const comparisonsMax = 10_000;
/** Selections that are looked at to count them. Fragments in fragments can make millions of a short document. */
const visitsMax = 20_000;
/** How deep it is looked. Only fragments in a circle are deeper: a document has no more tokens. */
const levelsMax = 1_500;

/**
 * Whether validation would compare more pairs of fields than that. It compares every two fields with one name that end
 * up in one object of the result, wherever fragments and repeated parents bring them from.
 */
export function comparesTooMuch(document: DocumentNode): boolean {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions)
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const counts = { pairs: 0, visits: 0 };
  return document.definitions.some(
    (one) => 'selectionSet' in one && !isWithin([one.selectionSet], fragments, counts, 1),
  );
}

function isWithin(
  sets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  counts: { pairs: number; visits: number },
  level: number,
): boolean {
  if (level > levelsMax) return false;
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const open = [...sets];
  for (let set = open.pop(); set !== undefined; set = open.pop()) {
    for (const selection of set.selections) {
      if (++counts.visits > visitsMax) return false;
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const same = fields.get(name);
        if (same === undefined) fields.set(name, [selection]);
        else counts.pairs += same.push(selection) - 1;
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (spread.has(selection.name.value)) continue;
        spread.add(selection.name.value);
      }
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (inner !== undefined) open.push(inner.selectionSet);
    }
    if (counts.pairs > comparisonsMax) return false;
  }
  for (const same of fields.values()) {
    const below = same.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
    if (below.length > 0 && !isWithin(below, fragments, counts, level + 1)) return false;
  }
  return true;
}
