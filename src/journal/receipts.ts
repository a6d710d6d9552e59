import { formatCursor } from './cursor.ts';
import type { NamedDraft, Written } from './event-rows.ts';
import type { Receipt } from './journal.ts';

/** What whoever appended these drafts is told, one receipt for each. An id that they mention again is a duplicate. */
export function receiptsOf(
  drafts: readonly NamedDraft[],
  stored: Written['stored'],
  epoch: string,
): readonly Receipt[] {
  const mentioned = new Set<string>();
  return drafts.map(({ id }) => {
    const row = stored.get(id);
    if (row === undefined) throw new Error(`event ${id} was neither stored nor found`);
    const duplicate = !row.fresh || mentioned.has(id);
    mentioned.add(id);
    return { id, seq: row.seq, cursor: formatCursor(epoch, row.seq), duplicate };
  });
}
