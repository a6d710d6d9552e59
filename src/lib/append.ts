/** Appends in place. `list.push(...more)` would put every item on the stack, which overflows with a hundred thousand. */
export function append<Item>(list: Item[], more: Iterable<Item>): void {
  for (const item of more) list.push(item);
}
