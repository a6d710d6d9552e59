import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from '../db/database.ts';
import { timeOrderedId } from '../lib/time-ordered-id.ts';
import type { LogEnd } from './log-end.ts';
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
  reported_by: string | null;
  payload: unknown;
}

/** A draft with the id under which it is stored. */
export type NamedDraft<Payload = unknown> = Draft<Payload> & {
  readonly id: string;
  /** The id was made for it, so it cannot be stored already. */
  readonly isNew?: boolean;
};

/** Where ids lie that are stored already. */
export type StoredIds = ReadonlyMap<string, number>;

export interface Written {
  /** What was stored, in order. */
  readonly entries: readonly Entry[];
  /** Of each entry, the characters of its payload as JSON. */
  readonly sizes: readonly number[];
  /** Where each id lies, and whether it is new. */
  readonly stored: ReadonlyMap<string, { readonly seq: number; readonly fresh: boolean }>;
}

export function withIds(drafts: readonly Draft[]): NamedDraft[] {
  return drafts.map((draft) => {
    const { topic, key, type, payload, id, occurredAt, reportedBy } = draft;
    const named = { topic, key, type, payload, id: id ?? timeOrderedId(), isNew: id === undefined };
    return {
      ...named,
      ...(occurredAt === undefined ? {} : { occurredAt }),
      ...(reportedBy === undefined ? {} : { reportedBy }),
    };
  });
}

/** Each entry, and its payload as JSON text. */
export type EventRows = readonly { readonly entry: Entry; readonly payload: string }[];

/**
 * Gives drafts their positions behind the log's end: nobody else draws any while the lock is held. Drafts whose id is
 * known to be stored are left out.
 */
export function placed(
  drafts: readonly NamedDraft[],
  { end, known }: { readonly end: LogEnd; readonly known: StoredIds },
): Written & { readonly rows: EventRows } {
  const now = Date.now();
  const stored = new Map<string, { seq: number; fresh: boolean }>();
  for (const [id, seq] of known) stored.set(id, { seq, fresh: false });
  const rows: { entry: Entry; payload: string }[] = [];
  for (const { topic, key, type, id, occurredAt = now, reportedBy = null, payload } of drafts) {
    if (stored.has(id)) continue;
    const seq = end.seq + rows.length + 1;
    stored.set(id, { seq, fresh: true });
    const entry = Object.freeze({
      topic: topic.name,
      key,
      type,
      id,
      seq,
      occurredAt,
      recordedAt: end.at,
      urgent: false,
      reportedBy,
      payload,
    });
    rows.push({ entry, payload: JSON.stringify(payload) });
  }
  return {
    entries: rows.map(({ entry }) => entry),
    sizes: rows.map(({ payload }) => payload.length),
    stored,
    rows,
  };
}

/** One statement for all rows. Instants go as numbers, which cost neither side much to write and to read. */
export function insertEvents(rows: EventRows, end: LogEnd): RawBuilder<unknown> {
  const entries = rows.map(({ entry }) => entry);
  return sql`
    insert into events (seq, topic, key, type, id, occurred_at, recorded_at, reported_by, payload)
    select
      ${end.seq}::bigint + position, topic, key, type, id, to_timestamp(occurred_at / 1000.0),
      to_timestamp(${end.at}::float8 / 1000.0), reported_by, payload::jsonb
    from unnest(
      ${entries.map(({ topic }) => topic)}::text[], ${entries.map(({ key }) => key)}::text[],
      ${entries.map(({ type }) => type)}::text[], ${entries.map(({ id }) => id)}::text[],
      ${entries.map(({ occurredAt }) => occurredAt)}::float8[],
      ${entries.map(({ reportedBy }) => reportedBy ?? null)}::text[], ${rows.map(({ payload }) => payload)}::text[]
    ) with ordinality as draft (topic, key, type, id, occurred_at, reported_by, payload, position)
    where (select setval('events_seq', ${end.seq + entries.length}::bigint)) is not null`;
}

/** Which of the drafts are stored already. Asks nothing where all ids were made for them. */
export async function storedIds(db: Kysely<Database>, drafts: readonly NamedDraft[]): Promise<StoredIds> {
  const ids = drafts.filter(({ isNew }) => isNew !== true).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('events')
    .select(['id', 'seq'])
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .execute();
  return new Map(rows.map(({ id, seq }) => [id, seq]));
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
    reportedBy: row.reported_by,
    payload: row.payload,
  });
}
