/** Changes of a list that events report. */

export interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
}

/** Replaces the items that have changed and puts new ones first. Keeps the newest. */
export function upsert<Item>(
  items: readonly Item[],
  changed: readonly (Item | null | undefined)[],
  options: { readonly key: (item: Item) => string; readonly max?: number; readonly append?: boolean },
): readonly Item[] {
  const { key, max = 200, append = false } = options;
  let next = items;
  for (const item of changed) {
    if (item === null || item === undefined) continue;
    const index = next.findIndex((one) => key(one) === key(item));
    if (index >= 0) next = next.with(index, item);
    else next = append ? [...next, item] : [item, ...next];
  }
  return next.length > max ? next.slice(0, max) : next;
}

export function upsertNodes<Node>(
  connection: Connection<Node> | null,
  changed: readonly (Node | null | undefined)[],
  options: { readonly key: (node: Node) => string; readonly max?: number },
): { readonly edges: readonly { readonly node: Node }[] } {
  const nodes = connection?.edges.map(({ node }) => node) ?? [];
  return { edges: upsert(nodes, changed, options).map((node) => ({ node })) };
}

export function nodesOf<Node>(connection: Connection<Node> | null | undefined): readonly Node[] {
  return connection?.edges.map(({ node }) => node) ?? [];
}
