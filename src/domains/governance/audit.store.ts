import { sql, type ColumnType, type Kysely, type Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import {
  indexed,
  readListPage,
  rowsInOrder,
  searchedRowsMax,
  type Condition,
  type List,
  type ListPage,
} from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { audited, type AuditPayload } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    audit_log: AuditLogTable;
    audit_counts: AuditCountsTable;
  }
}

/** Append-only, also in its types. */
export interface AuditLogTable {
  seq: ColumnType<number, number, never>;
  id: string;
  event_type: string;
  actor_id: string;
  target_id: string | null;
  action: string;
  role: string | null;
  status: string;
  details: string | null;
  occurred_at: Date;
  recorded_at: Date;
  reported_by: string | null;
}

/** How many entries of each type the audit log holds; changed in the transactions that change the log. */
export interface AuditCountsTable {
  event_type: string;
  entries: number;
}

type Db = Kysely<Database>;

/** The audit log's own table, in the transaction that stores the events. */
export const auditTable = topicHandler({
  topics: [audited],
  project: (entries) => [
    sql`
      with stored as (
        insert into audit_log
        select * from jsonb_populate_recordset(null::audit_log, ${JSON.stringify(entries.map(toRow))}::jsonb)
        returning event_type
      )
      insert into audit_counts as counts (event_type, entries)
      select event_type, count(*) from stored group by event_type order by event_type
      on conflict (event_type) do update set entries = counts.entries + excluded.entries`,
  ],
});

function toRow({ seq, id, occurredAt, recordedAt, reportedBy, payload }: Entry<AuditPayload>) {
  return {
    seq,
    id,
    event_type: payload.eventType,
    actor_id: payload.actorId,
    target_id: payload.targetId,
    action: payload.action,
    role: payload.role,
    status: payload.status,
    details: payload.details,
    occurred_at: new Date(occurredAt),
    recorded_at: new Date(recordedAt),
    reported_by: reportedBy ?? null,
  };
}

export interface AuditFilter {
  readonly eventTypes?: readonly string[] | null | undefined;
  readonly actorId?: string | null | undefined;
  readonly targetId?: string | null | undefined;
  readonly status?: string | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

/** Where a page begins: behind this entry in the direction of reading. */
export interface AuditKey {
  readonly occurredAt: Date;
  readonly seq: number;
}

export interface AuditPage extends Pick<ListPage, 'limit' | 'newestFirst' | 'searchedMax'> {
  readonly filter: AuditFilter;
  /** Entries older than this one. */
  readonly olderThan: AuditKey | null;
  /** Entries newer than this one. */
  readonly newerThan: AuditKey | null;
  /**
   * Entries to leave out first; null: the page is not one of those that are counted. With a number the page is full
   * where there are enough entries, and costs as much as reading the keys before it; keys do not. Of several parts of a
   * filter together, `searchesMax` times as many entries are looked at as without a number.
   */
  readonly offset: number | null;
}

export interface AuditFound {
  readonly entries: readonly Entry<AuditPayload>[];
  /** The page is not full, but the search was ended here; null: it was not. */
  readonly searchedUpTo: AuditKey | null;
}

const list: List = { table: 'audit_log', at: 'occurred_at', id: 'seq' };
type AuditRow = Selectable<AuditLogTable>;

/** Each looks at `searchedRowsMax` entries: some 200 ms together. */
const searchesMax = 20;

/**
 * One page of the audit log by keyset, so that a page deep inside costs what the first one costs, for each part of the
 * filter alone as for none. Of several parts together, `searchedRowsMax` entries are looked at.
 */
export async function readAudit(db: Db, page: AuditPage): Promise<AuditFound> {
  if (page.offset !== null) return readCounted(db, page, page.offset);
  const { rows, searchedUpTo } = await readListPage<AuditRow>(db, list, listPageOf(page));
  return {
    entries: rows.map(toEntry),
    searchedUpTo: searchedUpTo && { occurredAt: searchedUpTo.at, seq: Number(searchedUpTo.id) },
  };
}

/** An offset is counted from the nearer end of the log, where an index counts. */
async function readCounted(db: Db, page: AuditPage, offset: number): Promise<AuditFound> {
  const { filter, limit, newestFirst } = page;
  const wanted = listPageOf(page);
  if (wanted.conditions.length > 1) return searchBehind(db, wanted, offset);
  const fromStart = page.olderThan === null && page.newerThan === null;
  if (!fromStart || offset <= limit) return readBehind(db, page, offset);
  const behind = (await countAudit(db, filter)) - offset;
  if (behind > offset) return readBehind(db, page, offset);
  const turned = { ...page, newestFirst: !newestFirst, limit: Math.min(limit, behind) };
  if (behind <= 0) return { entries: [], searchedUpTo: null };
  const { entries } = await readBehind(db, turned, Math.max(0, behind - limit));
  return { entries: entries.toReversed(), searchedUpTo: null };
}

/** The entries behind so many others. */
async function readBehind(db: Db, page: AuditPage, offset: number): Promise<AuditFound> {
  const wanted = listPageOf(page);
  const direction = page.newestFirst ? 'desc' : 'asc';
  const keys = rowsInOrder(list, { ...wanted, limit: offset + page.limit }, ['occurred_at', 'seq']);
  const rows = await db
    .selectFrom('audit_log')
    .selectAll()
    // keys first: what an offset leaves out is not read beyond its index
    .where('seq', 'in', sql<number>`(select seq from (${keys}) as keys offset ${offset})`)
    .orderBy('occurred_at', direction)
    .orderBy('seq', direction)
    .execute();
  return { entries: rows.map(toEntry), searchedUpTo: null };
}

/** Searches on until the page is full or `searchesMax` is reached. What the offset leaves out is not read whole. */
async function searchBehind(db: Db, page: ListPage, offset: number): Promise<AuditFound> {
  let found: readonly AuditRow[] = [];
  let [left, from] = [offset, page];
  for (let searches = 1; ; searches++) {
    const limit = Math.min(left > 0 ? left : page.limit - found.length, searchedRowsMax);
    const columns = left > 0 ? ['occurred_at', 'seq'] : undefined;
    const { rows, searchedUpTo } = await readListPage<AuditRow>(db, list, { ...from, limit }, columns);
    if (left > 0) left -= rows.length;
    else found = [...found, ...rows];
    const last = rows.at(-1);
    const reached =
      rows.length === limit && last !== undefined ? { at: last.occurred_at, id: last.seq } : searchedUpTo;
    const entries = found.map(toEntry);
    if (found.length === page.limit || reached === null) return { entries, searchedUpTo: null };
    if (searches === searchesMax)
      return { entries, searchedUpTo: { occurredAt: reached.at, seq: Number(reached.id) } };
    from = { ...from, [page.newestFirst ? 'olderThan' : 'newerThan']: reached };
  }
}

function listPageOf({ filter, offset: _offset, olderThan, newerThan, ...page }: AuditPage): ListPage {
  return {
    ...page,
    conditions: conditionsOf(filter),
    since: filter.since,
    until: filter.until,
    olderThan: olderThan && { at: olderThan.occurredAt, seq: olderThan.seq },
    newerThan: newerThan && { at: newerThan.occurredAt, seq: newerThan.seq },
  };
}

function conditionsOf({ eventTypes, actorId, targetId, status }: AuditFilter): readonly Condition[] {
  return [
    ...(eventTypes ? [indexed('event_type', eventTypes)] : []),
    ...(actorId ? [indexed('actor_id', [actorId])] : []),
    ...(targetId ? [indexed('target_id', [targetId])] : []),
    ...(status ? [indexed('status', [status])] : []),
  ];
}

/** How many entries satisfy a filter. By type, or all of them: without counting. */
export async function countAudit(db: Db, filter: AuditFilter): Promise<number> {
  const { eventTypes, actorId, targetId, status, since, until } = filter;
  const byTypeOnly = !actorId && !targetId && !status && !since && !until;
  const row = byTypeOnly
    ? await db
        .selectFrom('audit_counts')
        .$if(Boolean(eventTypes), (query) =>
          query.where(sql<boolean>`event_type = any(${eventTypes ?? []}::text[])`),
        )
        .select(sql<number>`coalesce(sum(entries), 0)::bigint`.as('count'))
        .executeTakeFirst()
    : await filtered(db, filter)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirst();
  return row?.count ?? 0;
}

function filtered(db: Db, filter: AuditFilter) {
  let query = db.selectFrom('audit_log');
  for (const { holds } of conditionsOf(filter)) query = query.where(holds);
  if (filter.since) query = query.where('occurred_at', '>=', filter.since);
  if (filter.until) query = query.where('occurred_at', '<', filter.until);
  return query;
}

function toEntry(row: Selectable<AuditLogTable>): Entry<AuditPayload> {
  return {
    topic: audited.name,
    key: row.actor_id,
    type: row.event_type,
    id: row.id,
    seq: row.seq,
    occurredAt: row.occurred_at.getTime(),
    recordedAt: row.recorded_at.getTime(),
    urgent: false,
    reportedBy: row.reported_by,
    payload: {
      eventType: row.event_type,
      actorId: row.actor_id,
      targetId: row.target_id,
      action: row.action,
      role: row.role,
      status: row.status,
      details: row.details,
    },
  };
}

/** The audit log, whose trigger lets only retention remove entries, and the counts of its types. */
export const retainedAudit: Retained = {
  table: 'audit_log',
  by: 'recorded_at',
  keptFor: 'auditDays',
  inOrderOfTime: true,
  async remove(db, old) {
    await sql`select set_config('opsgraph.retention', 'on', true)`.execute(db);
    const removed = await sql<{ entries: number }>`
      with removed as (
        delete from audit_log where ${old} returning event_type
      ), counted as (
        select event_type, count(*) as entries from removed group by event_type order by event_type
      ), uncounted as (
        update audit_counts set entries = audit_counts.entries - counted.entries
        from counted where counted.event_type = audit_counts.event_type
      )
      select coalesce(sum(entries), 0)::bigint as entries from counted`.execute(db);
    return removed.rows[0]?.entries ?? 0;
  },
};

/** Reads that see the same state, whatever is written meanwhile. */
export function inOneSnapshot<Value>(db: Db, read: (db: Db) => Promise<Value>): Promise<Value> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
}
