import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import type { Database } from '../db/database.ts';
import type { PageRequest, PagedList } from '../db/keyset-list.ts';
import { searchedRowsMax, type Found } from '../db/list-page.ts';
import { largest } from '../lib/extremes.ts';
import type { StoredRow } from './event-rows.ts';
import type { Topic } from './topic.ts';

/** Selects the events with one key. */
export interface EventsOfKey {
  readonly key: string;
  /** Only events of these types. Null: of all types. */
  readonly types: readonly string[] | null;
  /** Only events from this position on. */
  readonly from?: number;
  /** Only events up to this position. */
  readonly to?: number;
  /** For the condition `about`. */
  readonly subject?: string;
  /** Position of one more event of the topic, which has another key. */
  readonly also?: number;
}

/** Minimum of the events to examine for each of several pages with a condition. */
const examinedMin = 50;
const endOfLog = Number.MAX_SAFE_INTEGER;

/**
 * The stored events of a topic as lists, one for each key, in the order of the log. The pages of many keys are read with
 * one statement, each by a scan of the index of topic, key and position. With types or `about`, a bounded number of
 * events is examined, and one more statement tells the end of the data from that of the examination.
 * @param about a condition on the row `examined`, with `wanted.subject`: for keys that several objects share.
 */
export function eventList(
  topic: Topic<unknown, 'EVERY'>,
  about?: RawBuilder<SqlBool>,
): PagedList<EventsOfKey, StoredRow> {
  const holds = sql`(wanted.types is null or examined.type = any(string_to_array(wanted.types, ',')))
    ${about === undefined ? sql`` : sql`and ${about}`}`;

  async function readAll(
    db: Kysely<Database>,
    requests: readonly PageRequest<EventsOfKey>[],
  ): Promise<readonly Found<StoredRow>[]> {
    const [first] = requests;
    if (first === undefined) return [];
    const direction = sql.raw(first.page.newestFirst ? 'desc' : 'asc');
    const examinedMax = largest(requests.map((request) => examinedFor(request, requests.length))) ?? 0;
    const isInPage = sql`topic = ${topic.name} and seq > wanted.after and seq < wanted.before`;
    /** The limit is a number, and no column of `wanted`, so that the planner knows it. */
    const withKey = (limit: RawBuilder<unknown>) => sql`
      select * from events where ${isInPage} and ${isWantedKey}
      order by key ${direction}, seq ${direction} ${limit}`;
    const hasOthers = requests.some(({ filter }) => filter.also !== undefined);
    const order = hasOthers ? sql`seq ${direction}` : sql`key ${direction}, seq ${direction}`;
    const examined = (limit: RawBuilder<unknown>) =>
      hasOthers
        ? sql`
          select * from (
            (${withKey(sql`limit ${examinedMax}`)}) union all
            (select * from events where ${isInPage} and seq = wanted.also and key <> wanted.key)
          ) as both_keys order by ${order} ${limit}`
        : withKey(limit);
    const { rows } = await sql<StoredRow & { readonly page_number: number }>`
      select found.*, wanted.number as page_number
      from ${wantedPages(requests)} cross join lateral (
        select * from (${examined(sql`limit ${examinedMax}`)}) as examined where ${holds}
        order by ${order} limit wanted.size
      ) as found
      order by page_number, seq ${direction}`.execute(db);
    const found = requests.map(() => [] as StoredRow[]);
    for (const { page_number, ...row } of rows) found[page_number]?.push(row);
    const short = requests.flatMap(({ filter, page }, number) =>
      isSearched(filter) && (found[number]?.length ?? 0) < page.limit ? [number] : [],
    );
    const ends = new Map<number, number>();
    if (short.length > 0) {
      const { rows: last } = await sql<{ readonly number: number; readonly seq: number }>`
        select wanted.number, last.seq
        from ${wantedPages(requests, short)} cross join lateral (
          select seq from (${examined(sql`offset ${examinedMax - 1} limit 1`)}) as examined
        ) as last`.execute(db);
      for (const { number, seq } of last) ends.set(number, seq);
    }
    return found.map((own, number) => {
      const upTo = ends.get(number);
      return { rows: own, searchedUpTo: upTo === undefined ? null : rowKey(upTo) };
    });
  }

  function isSearched({ types }: EventsOfKey): boolean {
    return types !== null || about !== undefined;
  }

  function examinedFor({ filter, page }: PageRequest<EventsOfKey>, pages: number): number {
    if (!isSearched(filter)) return page.limit;
    return Math.max(examinedMin, page.limit, Math.floor((page.searchedMax ?? searchedRowsMax) / pages));
  }

  async function countAll(db: Kysely<Database>, filters: readonly EventsOfKey[]): Promise<readonly number[]> {
    if (filters.length === 0) return [];
    const requests = filters.map((filter) => ({ filter, page: wholeList }));
    const { rows } = await sql<{ readonly number: number; readonly count: number }>`
      select wanted.number, (
        select count(*) from events as examined
        where topic = ${topic.name} and ${isWantedKey} and seq > wanted.after and seq < wanted.before and ${holds}
      )::int as count
      from ${wantedPages(requests)}`.execute(db);
    const counts = new Map(rows.map(({ number, count }) => [number, count]));
    return filters.map((_filter, number) => counts.get(number) ?? 0);
  }

  return { readAll, countAll, idIsNumber: true, keyOf: ({ seq }) => rowKey(seq) };
}

/**
 * A range instead of an equation: the planner ignores the order of a column that equals one value, and may then scan the
 * index of the topic and skip the events with other keys.
 */
const isWantedKey = sql`key >= wanted.key and key <= wanted.key`;

const wholeList = { limit: 0, newestFirst: true, olderThan: null, newerThan: null } as const;

/** @param numbers of the requests. Default: all. */
function wantedPages(
  requests: readonly PageRequest<EventsOfKey>[],
  numbers: readonly number[] = requests.map((_request, number) => number),
): RawBuilder<unknown> {
  const wanted = numbers.flatMap((number) => requests[number] ?? []);
  return sql`unnest(
    ${numbers}::int[], ${wanted.map(({ filter }) => filter.key)}::text[],
    ${wanted.map(({ filter }) => filter.types?.join(',') ?? null)}::text[],
    ${wanted.map(({ filter }) => filter.subject ?? null)}::text[],
    ${wanted.map(({ filter }) => filter.also ?? null)}::bigint[],
    ${wanted.map(({ filter: { from = 0 }, page }) => Math.max(from - 1, Number(page.newerThan?.id ?? 0)))}::bigint[],
    ${wanted.map(({ filter: { to = endOfLog - 1 }, page }) => Math.min(to + 1, Number(page.olderThan?.id ?? endOfLog)))}::bigint[],
    ${wanted.map(({ page }) => page.limit)}::int[]
  ) as wanted (number, key, types, subject, also, after, before, size)`;
}

/** The list is ordered by the position alone. */
function rowKey(seq: number) {
  return { at: new Date(0), id: seq };
}
