import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from '../db/database.ts';
import { AppError } from '../errors.ts';
import { timeOrderedId } from '../lib/time-ordered-id.ts';
import type { LogEnd } from './log-end.ts';
import type { Draft, Entry } from './topic.ts';

/** Conversion of drafts to rows of the table `events`, and of rows to entries. */

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

/** A draft with its id. */
export type DraftWithId<Payload = unknown> = Draft<Payload> & {
  readonly id: string;
  /** The id was generated, so it cannot be stored already. */
  readonly isNew?: boolean;
};

/** An id that was stored before. */
export interface StoredId {
  readonly seq: number;
  /** Null: the event has no digest. */
  readonly digest: string | null;
}

export type StoredIds = ReadonlyMap<string, StoredId>;

export interface PlacedDrafts {
  /** The new entries in order. */
  readonly entries: readonly Entry[];
  /** The JSON length of each entry's payload. */
  readonly sizes: readonly number[];
  /** The position of each id, and whether it is new. */
  readonly positions: ReadonlyMap<string, { readonly seq: number; readonly isNew: boolean }>;
}

export function withIds(drafts: readonly Draft[]): DraftWithId[] {
  return drafts.map((draft) => ({
    ...draft,
    id: draft.id ?? timeOrderedId(),
    isNew: draft.id === undefined,
  }));
}

/** Entries with their payloads as JSON. */
export type EventRows = readonly {
  readonly entry: Entry;
  readonly payload: string;
  readonly digest: string | null;
}[];

/** Assigns positions after the end of the log to drafts, except those whose id is stored. The caller holds the lock. */
export function assignPositions(
  drafts: readonly DraftWithId[],
  { end, known }: { readonly end: LogEnd; readonly known: StoredIds },
): PlacedDrafts & { readonly rows: EventRows } {
  const now = Date.now();
  const positions = new Map<string, { seq: number; isNew: boolean }>();
  for (const [id, { seq }] of known) positions.set(id, { seq, isNew: false });
  const rows: { entry: Entry; payload: string; digest: string | null }[] = [];
  for (const draft of drafts) {
    const { topic, key, type, id, occurredAt = now, reportedBy = null, payload, digest = null } = draft;
    if (positions.has(id)) continue;
    const seq = end.seq + rows.length + 1;
    positions.set(id, { seq, isNew: true });
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
    rows.push({ entry, payload: JSON.stringify(payload), digest });
  }
  return {
    entries: rows.map(({ entry }) => entry),
    sizes: rows.map(({ payload }) => payload.length),
    positions,
    rows,
  };
}

/** One statement for all rows. Times are sent as numbers, which are cheap to write and to parse. */
export function insertEvents(rows: EventRows, end: LogEnd): RawBuilder<unknown> {
  const entries = rows.map(({ entry }) => entry);
  return sql`
    insert into events (seq, topic, key, type, id, occurred_at, recorded_at, reported_by, report_digest, payload)
    select
      ${end.seq}::bigint + position, topic, key, type, id, to_timestamp(occurred_at / 1000.0),
      to_timestamp(${end.at}::float8 / 1000.0), reported_by, report_digest, payload::jsonb
    from unnest(
      ${entries.map(({ topic }) => topic)}::text[], ${entries.map(({ key }) => key)}::text[],
      ${entries.map(({ type }) => type)}::text[], ${entries.map(({ id }) => id)}::text[],
      ${entries.map(({ occurredAt }) => occurredAt)}::float8[],
      ${entries.map(({ reportedBy }) => reportedBy ?? null)}::text[], ${rows.map(({ digest }) => digest)}::text[],
      ${rows.map(({ payload }) => payload)}::text[]
    ) with ordinality as draft (
      topic, key, type, id, occurred_at, reported_by, report_digest, payload, position
    )
    where (select setval('events_seq', ${end.seq + entries.length}::bigint)) is not null`;
}

/** The ids of drafts that were stored before. Sends no query if all ids were generated. */
export async function storedIds(db: Kysely<Database>, drafts: readonly DraftWithId[]): Promise<StoredIds> {
  const ids = drafts.filter(({ isNew }) => isNew !== true).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('events')
    .select(['id', 'seq', 'report_digest as digest'])
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .execute();
  return new Map(rows.map(({ id, ...stored }) => [id, stored]));
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

/**
 * The first draft whose id was given before for something else: in the log, or in an earlier draft of the batch.
 * @param given digests of earlier drafts by id; those of these drafts are added.
 */
export function findReusedId(
  drafts: readonly DraftWithId[],
  known: StoredIds,
  given = new Map<string, string>(),
): DraftWithId | null {
  for (const draft of drafts) {
    const { id, digest } = draft;
    if (digest === undefined) continue;
    const before = known.get(id)?.digest ?? given.get(id) ?? digest;
    if (before !== digest) return draft;
    given.set(id, digest);
  }
  return null;
}

export function reusedId({ id }: DraftWithId): AppError {
  const allowed = 'a key that has not been used for another event';
  return new AppError('BAD_USER_INPUT', `key must be ${allowed}.`, {
    details: { field: 'key', allowed, key: id },
  });
}

/** @throws AppError BAD_USER_INPUT if an id was stored before for something else. For drafts of a transaction. */
export async function requireUnusedIds(db: Kysely<Database>, drafts: readonly Draft[]): Promise<void> {
  const own = withIds(drafts);
  const reused = findReusedId(own, await storedIds(db, own));
  if (reused !== null) throw reusedId(reused);
}
