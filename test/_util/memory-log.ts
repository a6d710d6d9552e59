import { randomUUID } from 'node:crypto';
import { disposable } from '../../src/lib/disposable.ts';
import { formatCursor } from '../../src/journal/cursor.ts';
import type { EventLog, LogListener, Page, Receipt } from '../../src/journal/journal.ts';
import { Ring, type RingBounds } from '../../src/journal/ring.ts';
import type { Draft, Entry } from '../../src/journal/topic.ts';

/**
 * An event log in memory, for tests and tools that need no durability. Entries that have left the ring are lost, and
 * cursors before the ring have expired.
 */
export function openMemoryLog(options: { bounds?: RingBounds; epoch?: string } = {}): EventLog {
  const ring = new Ring(0, options.bounds);
  const epoch = options.epoch ?? randomUUID().slice(0, 8);
  const listeners = new Set<LogListener>();
  const positions = new Map<string, number>();

  function entryOf(draft: Draft): Entry {
    const recordedAt = Date.now();
    return Object.freeze({
      topic: draft.topic.name,
      key: draft.key,
      type: draft.type,
      id: draft.id ?? randomUUID(),
      seq: ring.head() + 1,
      occurredAt: draft.occurredAt ?? recordedAt,
      recordedAt,
      urgent: false,
      reportedBy: draft.reportedBy ?? null,
      payload: draft.payload,
    });
  }

  return {
    epoch,
    async append(drafts) {
      const stored: Entry[] = [];
      const receipts = drafts.map((draft): Receipt => {
        const before = draft.id === undefined ? undefined : positions.get(draft.id);
        if (before !== undefined && before > ring.floor())
          return { id: draft.id ?? '', seq: before, cursor: formatCursor(epoch, before), duplicate: true };
        const entry = entryOf(draft);
        ring.push(entry, JSON.stringify(entry.payload).length);
        positions.set(entry.id, entry.seq);
        stored.push(entry);
        return { id: entry.id, seq: entry.seq, cursor: formatCursor(epoch, entry.seq), duplicate: false };
      });
      for (const [id, seq] of positions) {
        if (seq > ring.floor()) break;
        positions.delete(id);
      }
      if (stored.length > 0) for (const listener of listeners) void listener(stored);
      return receipts;
    },
    head: () => ring.head(),
    end: async () => ring.head(),
    holds: (seq) => seq >= ring.floor(),
    recent: (topics, seq, limit) => ring.after(topics, seq, limit),
    async page(topics, seq, limit): Promise<Page> {
      const entries = ring.after(topics, seq, limit);
      const full = entries.length === limit;
      return { entries, upTo: full ? (entries.at(-1)?.seq ?? seq) : ring.head(), floor: ring.floor() };
    },
    floor: async () => ring.floor(),
    async tail(topics, types, seq, keep) {
      const wanted = types === null ? null : new Set(types);
      const all = ring.after(topics, Math.max(seq, ring.floor()), Number.POSITIVE_INFINITY);
      const matching = wanted === null ? all : all.filter((entry) => wanted.has(entry.type));
      return matching.length <= keep ? seq : (matching[matching.length - keep - 1]?.seq ?? seq);
    },
    onAppend(listener) {
      listeners.add(listener);
      return disposable(() => listeners.delete(listener));
    },
    [Symbol.asyncDispose]: async () => listeners.clear(),
  };
}
