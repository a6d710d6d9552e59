import { formatCursor } from './cursor.ts';
import type { DraftWithId, PlacedDrafts } from './event-rows.ts';
import type { Receipt } from './journal.ts';

/** Creates one receipt per draft. The second draft with the same id is a duplicate. */
export function receiptsOf(
  drafts: readonly DraftWithId[],
  positions: PlacedDrafts['positions'],
  epoch: string,
): readonly Receipt[] {
  const seen = new Set<string>();
  return drafts.map(({ id }) => {
    const position = positions.get(id);
    if (position === undefined) throw new Error(`event ${id} was neither stored nor found`);
    const duplicate = !position.isNew || seen.has(id);
    seen.add(id);
    return { id, seq: position.seq, cursor: formatCursor(epoch, position.seq), duplicate };
  });
}
