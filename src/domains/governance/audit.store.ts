import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import { inOneSnapshot, keysetList, type KeysetPage } from '../../db/keyset-list.ts';
import { indexedIf } from '../../db/list-conditions.ts';
import {
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

/** Append-only: a trigger lets only retention remove entries. */
export type AuditLogTable = SnakeKeys<AuditPayload> &
  EntryColumns & {
    id: string;
    reported_by: string | null;
  };

/** The number of entries of each type, so that they are not counted for each query. */
export interface AuditCountsTable {
  event_type: string;
  entries: number;
}

type Db = Kysely<Database>;

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
  readonly roleId?: string | null | undefined;
  readonly statuses?: readonly string[] | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

type AuditRow = Selectable<AuditLogTable>;

const list = { table: 'audit_log', at: 'occurred_at', id: 'seq' } as const;

export const auditList = keysetList({
  ...list,
  filter: ({ since, until, ...filter }: AuditFilter) => ({ since, until, conditions: conditionsOf(filter) }),
  count: storedCount,
});

/** Each search reads `searchedRowsMax` entries. Together they take about 200 ms. */
const searchesMax = 20;

export interface NumberedPage {
  readonly entries: readonly Entry<AuditPayload>[];
  readonly hasMore: boolean;
  /** Number of entries that match the filter. */
  readonly totalCount: number;
}

/** The entries after a number of newer ones, and their count, in one snapshot. */
export function readNumberedPage(
  db: Db,
  {
    filter,
    offset,
    limit,
  }: { readonly filter: AuditFilter; readonly offset: number; readonly limit: number },
): Promise<NumberedPage> {
  const page = { limit: limit + 1, newestFirst: true, olderThan: null, newerThan: null };
  return inOneSnapshot(db, async (snapshot) => {
    const { rows, searchedUpTo } = await readOffset(snapshot, { filter, page, offset });
    return {
      entries: rows.slice(0, limit).map(toEntry),
      hasMore: rows.length > limit || searchedUpTo !== null,
      totalCount: await auditList.count(snapshot, filter),
    };
  });
}

export interface OffsetPage {
  readonly filter: AuditFilter;
  readonly page: KeysetPage;
  /** Number of entries to skip. */
  readonly offset: number;
}

/**
 * A page of the audit log after a number of entries. It costs as much as reading the keys of the skipped entries, which
 * are skipped from the nearer end of the log if an index covers the filter. With several conditions it searches
 * `searchesMax` times as many entries as a page by keyset.
 */
export async function readOffset(db: Db, query: OffsetPage): Promise<Found<AuditRow>> {
  const { filter, page, offset } = query;
  if (conditionsOf(filter).length > 1) return searchAfter(db, query);
  const fromStart = page.olderThan === null && page.newerThan === null;
  if (!fromStart || offset <= page.limit) return readAfter(db, query);
  const remaining = (await auditList.count(db, filter)) - offset;
  if (remaining > offset) return readAfter(db, query);
  if (remaining <= 0) return { rows: [], searchedUpTo: null };
  const reversed = { ...page, newestFirst: !page.newestFirst, limit: Math.min(page.limit, remaining) };
  const skipped = Math.max(0, remaining - page.limit);
  const { rows } = await readAfter(db, { filter, page: reversed, offset: skipped });
  return { rows: rows.toReversed(), searchedUpTo: null };
}

/** The entries after the skipped ones, through one index. */
async function readAfter(db: Db, { filter, page, offset }: OffsetPage): Promise<Found<AuditRow>> {
  const direction = page.newestFirst ? 'desc' : 'asc';
  const { since, until } = filter;
  const wanted = { ...page, since, until, conditions: conditionsOf(filter), limit: offset + page.limit };
  const keys = rowsInOrder(list, wanted, ['occurred_at', 'seq']);
  const rows = await db
    .selectFrom('audit_log')
    .selectAll()
    // only the keys of skipped entries are read
    .where('seq', 'in', sql<number>`(select seq from (${keys}) as keys offset ${offset})`)
    .orderBy('occurred_at', direction)
    .orderBy('seq', direction)
    .execute();
  return { rows, searchedUpTo: null };
}

/** Searches until the page is full, at most `searchesMax` times. Reads only the keys of skipped entries. */
async function searchAfter(db: Db, { filter, page, offset }: OffsetPage): Promise<Found<AuditRow>> {
  let found: readonly AuditRow[] = [];
  let [toSkip, from] = [offset, page];
  const { since, until } = filter;
  const conditions = conditionsOf(filter);
  for (let searches = 1; ; searches++) {
    const limit = Math.min(toSkip > 0 ? toSkip : page.limit - found.length, searchedRowsMax);
    const columns = toSkip > 0 ? ['occurred_at', 'seq'] : undefined;
    const wanted = { ...from, limit, since, until, conditions };
    const { rows, searchedUpTo } = await readListPage<AuditRow>(db, list, wanted, columns);
    if (toSkip > 0) toSkip -= rows.length;
    else found = [...found, ...rows];
    const last = rows.at(-1);
    const reached = rows.length === limit && last !== undefined ? auditList.keyOf(last) : searchedUpTo;
    if (found.length === page.limit || reached === null) return { rows: found, searchedUpTo: null };
    if (searches === searchesMax) return { rows: found, searchedUpTo: reached };
    from = { ...from, [page.newestFirst ? 'olderThan' : 'newerThan']: reached };
  }
}

function conditionsOf(filter: AuditFilter): readonly Condition[] {
  const { eventTypes, actorId, targetId, roleId, statuses } = filter;
  return [
    ...indexedIf('event_type', eventTypes),
    ...indexedIf('actor_id', actorId),
    ...indexedIf('target_id', targetId),
    ...indexedIf('role', roleId),
    ...indexedIf('status', statuses),
  ];
}

/** The stored counts, if the filter has no other condition than types. */
function storedCount({ eventTypes, actorId, targetId, roleId, statuses, since, until }: AuditFilter) {
  if (actorId || targetId || roleId || statuses || since || until) return null;
  const ofTypes = eventTypes ? sql`event_type = any(${eventTypes}::text[])` : sql`true`;
  return sql`select coalesce(sum(entries), 0) from audit_counts where ${ofTypes}`;
}

export function toEntry(row: AuditRow): Entry<AuditPayload> {
  const { id, seq: _seq, occurred_at: _at, recorded_at: _recorded, reported_by: _by, ...payload } = row;
  return entryOf(audited, row, { id, key: row.actor_id, type: row.event_type, payload: camelKeys(payload) });
}

/** Removes entries from the log and from the counts. */
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
