import {
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from './fragments.ts';

/** How often one selection set may select the same response name. Tools that merge selections repeat a few. */
const repetitionsMax = 20;

/**
 * A response name that one selection set selects too often, or null. Checked before validation, which compares all
 * fields with the same name in pairs: a document of repetitions alone takes it 100 ms.
 */
export function findRepeatedField(
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

/** Pairs of fields that validation may compare in one document: about 10 ms. */
const comparisonsMax = 10_000;
/** Selections to visit while counting. Nested fragments can expand a short document to millions. */
const visitsMax = 20_000;
/** Depth to visit. Only cyclic fragments are deeper, because a document has no more tokens than this. */
const levelsMax = 1_500;

/**
 * Whether validation would compare too many pairs of fields. It compares every two fields with the same response name
 * in one object of the result, including fields from fragments and from repeated parents.
 */
export function exceedsComparisonLimit(document: DocumentNode): boolean {
  const fragments = fragmentsOf(document);
  const counts = { pairs: 0, visits: 0 };
  return document.definitions.some(
    (definition) =>
      'selectionSet' in definition && !isWithinLimit([definition.selectionSet], fragments, counts, 1),
  );
}

function isWithinLimit(
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
    if (below.length > 0 && !isWithinLimit(below, fragments, counts, level + 1)) return false;
  }
  return true;
}
