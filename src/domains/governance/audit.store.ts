import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList, type KeysetList, type KeysetPage } from '../../db/keyset-list.ts';
import {
  indexed,
  readListPage,
  rowsInOrder,
  searchedRowsMax,
  type Condition,
  type Found,
} from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { insertion } from '../../db/write-rows.ts';
import { entryColumns, entryOf, type EntryColumns } from '../../journal/entry-columns.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import { audited, type AuditPayload } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    audit_log: AuditLogTable;
    audit_counts: AuditCountsTable;
  }
}

/** Append-only, also in its types. */
export type AuditLogTable = SnakeKeys<AuditPayload> &
  EntryColumns & {
    id: string;
    reported_by: string | null;
  };

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
        ${insertion('audit_log', entries.map(toRow))}
        returning event_type
      )
      insert into audit_counts as counts (event_type, entries)
      select event_type, count(*) from stored group by event_type order by event_type
      on conflict (event_type) do update set entries = counts.entries + excluded.entries`,
  ],
});

function toRow(entry: Entry<AuditPayload>): AuditLogTable {
  const { id, reportedBy = null, payload } = entry;
  return { ...snakeKeys(payload), id, reported_by: reportedBy, ...entryColumns(entry) };
}

export interface AuditFilter {
  readonly eventTypes?: readonly string[] | null | undefined;
  readonly actorId?: string | null | undefined;
  readonly targetId?: string | null | undefined;
  readonly status?: string | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

type AuditRow = Selectable<AuditLogTable>;

const list = { table: 'audit_log', at: 'occurred_at', id: 'seq' } as const;

const declared = keysetList({
  ...list,
  filter: ({ since, until, ...filter }: AuditFilter) => ({ since, until, conditions: conditionsOf(filter) }),
});

export interface AuditPosition {
  /**
   * Entries to leave out first; null: the page is not one of those that are counted. With a number the page is full
   * where there are enough entries, and costs as much as reading the keys before it; keys do not. Of several parts of a
   * filter together, `searchesMax` times as many entries are looked at as without a number.
   */
  readonly offset: number | null;
}

/**
 * The audit log by the time that entries name. A page deep inside costs what the first one costs, for each part of the
 * filter alone as for none. By type, or all of them, entries are not counted to answer.
 */
export const auditList: KeysetList<AuditFilter & AuditPosition, AuditRow> = {
  ...declared,
  read: (db, { offset, ...filter }, page) =>
    offset === null ? declared.read(db, filter, page) : readCounted(db, { filter, page, offset }),
  count: countAudit,
};

/** Each looks at `searchedRowsMax` entries: some 200 ms together. */
const searchesMax = 20;

interface CountedPage {
  readonly filter: AuditFilter;
  readonly page: KeysetPage;
  readonly offset: number;
}

/** An offset is counted from the nearer end of the log, where an index counts. */
async function readCounted(db: Db, counted: CountedPage): Promise<Found<AuditRow>> {
  const { filter, page, offset } = counted;
  if (conditionsOf(filter).length > 1) return searchBehind(db, counted);
  const fromStart = page.olderThan === null && page.newerThan === null;
  if (!fromStart || offset <= page.limit) return readBehind(db, counted);
  const behind = (await countAudit(db, filter)) - offset;
  if (behind > offset) return readBehind(db, counted);
  if (behind <= 0) return { rows: [], searchedUpTo: null };
  const turned = { ...page, newestFirst: !page.newestFirst, limit: Math.min(page.limit, behind) };
  const { rows } = await readBehind(db, { filter, page: turned, offset: Math.max(0, behind - page.limit) });
  return { rows: rows.toReversed(), searchedUpTo: null };
}

/** The entries behind so many others. */
async function readBehind(db: Db, { filter, page, offset }: CountedPage): Promise<Found<AuditRow>> {
  const direction = page.newestFirst ? 'desc' : 'asc';
  const { since, until } = filter;
  const wanted = { ...page, since, until, conditions: conditionsOf(filter), limit: offset + page.limit };
  const keys = rowsInOrder(list, wanted, ['occurred_at', 'seq']);
  const rows = await db
    .selectFrom('audit_log')
    .selectAll()
    // keys first: what an offset leaves out is not read beyond its index
    .where('seq', 'in', sql<number>`(select seq from (${keys}) as keys offset ${offset})`)
    .orderBy('occurred_at', direction)
    .orderBy('seq', direction)
    .execute();
  return { rows, searchedUpTo: null };
}

/** Searches on until the page is full or `searchesMax` is reached. What the offset leaves out is not read whole. */
async function searchBehind(db: Db, { filter, page, offset }: CountedPage): Promise<Found<AuditRow>> {
  let found: readonly AuditRow[] = [];
  let [left, from] = [offset, page];
  const { since, until } = filter;
  const conditions = conditionsOf(filter);
  for (let searches = 1; ; searches++) {
    const limit = Math.min(left > 0 ? left : page.limit - found.length, searchedRowsMax);
    const columns = left > 0 ? ['occurred_at', 'seq'] : undefined;
    const wanted = { ...from, limit, since, until, conditions };
    const { rows, searchedUpTo } = await readListPage<AuditRow>(db, list, wanted, columns);
    if (left > 0) left -= rows.length;
    else found = [...found, ...rows];
    const last = rows.at(-1);
    const reached = rows.length === limit && last !== undefined ? declared.keyOf(last) : searchedUpTo;
    if (found.length === page.limit || reached === null) return { rows: found, searchedUpTo: null };
    if (searches === searchesMax) return { rows: found, searchedUpTo: reached };
    from = { ...from, [page.newestFirst ? 'olderThan' : 'newerThan']: reached };
  }
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
async function countAudit(db: Db, filter: AuditFilter): Promise<number> {
  const { eventTypes, actorId, targetId, status, since, until } = filter;
  if (actorId || targetId || status || since || until) return declared.count(db, filter);
  const row = await db
    .selectFrom('audit_counts')
    .$if(Boolean(eventTypes), (query) =>
      query.where(sql<boolean>`event_type = any(${eventTypes ?? []}::text[])`),
    )
    .select(sql<number>`coalesce(sum(entries), 0)::bigint`.as('count'))
    .executeTakeFirst();
  return row?.count ?? 0;
}

export function toEntry(row: AuditRow): Entry<AuditPayload> {
  const { id, seq: _seq, occurred_at: _at, recorded_at: _recorded, reported_by: _by, ...payload } = row;
  return entryOf(audited, row, { id, key: row.actor_id, type: row.event_type, payload: camelKeys(payload) });
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
