import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Draft, Entry } from './topic.ts';

/** The table `events`: how drafts become rows, and rows entries. */

export interface StoredRow {
  seq: number;
  topic: string;
  key: string;
  type: string;
  id: string;
  occurred_at: Date;
  recorded_at: Date;
  payload: unknown;
}

/** One statement for all drafts. Rows whose id is already stored are left out and looked up. */
export async function insertEvents(db: Kysely<Database>, drafts: readonly (Draft & { id: string })[]) {
  const stored = new Map<string, { seq: number; fresh: boolean }>();
  if (drafts.length === 0) return { entries: [], stored };
  const now = Date.now();
  const inserted = await sql<{ seq: number; id: string; recorded_at: Date }>`
    insert into events (topic, key, type, id, occurred_at, payload)
    select topic, key, type, id, occurred_at, payload::jsonb
    from unnest(
      ${drafts.map((draft) => draft.topic.name)}::text[], ${drafts.map((draft) => draft.key)}::text[],
      ${drafts.map((draft) => draft.type)}::text[], ${drafts.map((draft) => draft.id)}::text[],
      ${drafts.map((draft) => new Date(draft.occurredAt ?? now))}::timestamptz[],
      ${drafts.map((draft) => JSON.stringify(draft.payload))}::text[]
    ) with ordinality as draft (topic, key, type, id, occurred_at, payload, position)
    order by position
    on conflict (id) do nothing
    returning seq, id, recorded_at`.execute(db);
  const byId = new Map(drafts.toReversed().map((draft) => [draft.id, draft])); // of equal ids the first one was stored
  const entries: Entry[] = [];
  for (const row of inserted.rows) {
    const draft = byId.get(row.id);
    if (draft === undefined) continue;
    stored.set(row.id, { seq: row.seq, fresh: true });
    entries.push(
      Object.freeze({
        topic: draft.topic.name,
        key: draft.key,
        type: draft.type,
        id: row.id,
        seq: row.seq,
        occurredAt: draft.occurredAt ?? now,
        recordedAt: row.recorded_at.getTime(),
        urgent: false,
        payload: draft.payload,
      }),
    );
  }
  const missing = drafts.map((draft) => draft.id).filter((id) => !stored.has(id));
  if (missing.length > 0) {
    const earlier = await db.selectFrom('events').select(['id', 'seq']).where('id', 'in', missing).execute();
    for (const row of earlier) stored.set(row.id, { seq: row.seq, fresh: false });
  }
  entries.sort((a, b) => a.seq - b.seq);
  return { entries, stored };
}

export function toEntry(row: StoredRow): Entry {
  return Object.freeze({
    topic: row.topic,
    key: row.key,
    type: row.type,
    id: row.id,
    seq: row.seq,
    occurredAt: row.occurred_at.getTime(),
    recordedAt: row.recorded_at.getTime(),
    urgent: false,
    payload: row.payload,
  });
}
