import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import { append } from '../lib/append.ts';
import type { Database } from './database.ts';

/**
 * One page of a list by keyset, with a cost that depends on the page and not on the table.
 *
 * PostgreSQL may answer "this value, newest first, 100 rows" by scanning the index of all times and skipping rows with
 * other values. That is fast when the value is frequent, and reads the whole table when it is rare, or frequent but
 * old; statistics cannot distinguish these cases. So a page uses an index that starts with the value, and requests the
 * order of that index, which no other index has. When a filter has several parts and no index covers all of them, a
 * bounded number of rows is read through the index that gets furthest, and the page may end before it is full.
 */

/** A table as a list: its rows by a time or a number and, where it is equal, by a unique column. */
export interface List {
  readonly table: keyof Database;
  /** Of the type `timestamptz` or `integer`. */
  readonly at: string;
  readonly id: string;
}

/** A row's position in its list: its time or number, and the column that orders rows for which it is equal. */
export interface RowKey {
  readonly at: Date | number;
  readonly id: number | string;
}

/** One condition of a filter: all conditions have to hold. */
export interface Condition {
  readonly holds: RawBuilder<SqlBool>;
  /**
   * There is an index of these columns, followed by those of the list, and the condition holds where each column has
   * one of its values. Without columns: an index of the list's columns that contains only the rows for which the
   * condition holds.
   */
  readonly index?: Readonly<Record<string, readonly (string | null)[]>>;
}

export interface ListPage {
  readonly conditions: readonly Condition[];
  /** Inclusive. */
  readonly since?: Date | null | undefined;
  /** Exclusive. */
  readonly until?: Date | null | undefined;
  readonly limit: number;
  /** Newest first; oldest first when reading backwards. */
  readonly newestFirst: boolean;
  readonly olderThan: RowKey | null;
  readonly newerThan: RowKey | null;
  /** Maximum number of rows to read when no index covers the whole filter. Default: `searchedRowsMax`. */
  readonly searchedMax?: number;
}

export interface Found<Row> {
  readonly rows: readonly Row[];
  /** Not null when the search ended at its limit before the page was full: more rows may follow. */
  readonly searchedUpTo: RowKey | null;
}

/** Maximum number of rows to read for one page when no index covers the whole filter: about 10 ms. */
export const searchedRowsMax = 5_000;

/**
 * Rows that satisfy the conditions.
 * @param columns of the result; default all.
 */
export async function readListPage<Row>(
  db: Kysely<Database>,
  list: List,
  page: ListPage,
  columns?: readonly string[],
): Promise<Found<Row>> {
  const [found = nothingFound] = await readListPages<Row>(db, list, [page], columns);
  return found;
}

const nothingFound = { rows: [], searchedUpTo: null } as const;

/** Maximum number of indexes that one statement reads, because PostgreSQL plans each of them. */
const waysMax = 200;
/** Minimum of the rows to read for each of several pages when no index covers the whole filter. */
const searchedRowsMin = 50;

/**
 * The pages of several filters, in the same direction and read together: with one statement, and one more if no index
 * covers the whole filter of a page. The pages share the rows that may be read in the latter case. Pages that read more
 * than `waysMax` indexes together take several statements.
 */
export async function readListPages<Row>(
  db: Kysely<Database>,
  list: List,
  pages: readonly ListPage[],
  columns?: readonly string[],
): Promise<readonly Found<Row>[]> {
  const found: Found<Row>[] = [];
  for (const batch of batchesOf(pages)) {
    const sharing = batch.map((page) => sharingSearch(page, pages.length));
    append(found, await readBatch<Row>(db, list, sharing, columns));
  }
  return found;
}

function sharingSearch(page: ListPage, pages: number): ListPage {
  if (pages === 1) return page;
  const { searchedMax = searchedRowsMax } = page;
  const each = Math.max(Math.min(searchedRowsMin, searchedMax), Math.floor(searchedMax / pages));
  return { ...page, searchedMax: each };
}

function batchesOf(pages: readonly ListPage[]): readonly (readonly ListPage[])[] {
  const batches: ListPage[][] = [];
  let free = 0;
  for (const page of pages) {
    const needed = page.conditions.reduce((sum, condition) => sum + ways(condition).length, 1);
    if (batches.length === 0 || needed > free) {
      batches.push([]);
      free = waysMax;
    }
    batches.at(-1)?.push(page);
    free -= needed;
  }
  return batches;
}

async function readBatch<Row>(
  db: Kysely<Database>,
  list: List,
  pages: readonly ListPage[],
  columns?: readonly string[],
): Promise<readonly Found<Row>[]> {
  const searched = pages.filter((page) => !page.conditions.some(isNever) && !isCovered(page));
  const reaches = new Map(
    (await furthest(db, list, searched)).map((reach, number) => [searched[number], reach]),
  );
  const queries = pages.map((page) => {
    if (page.conditions.some(isNever)) return null;
    const reach = reaches.get(page);
    return reach === undefined
      ? rowsInOrder(list, page, columns)
      : searchedRows(list, page, { ...reach, columns });
  });
  const rows = await rowsOfQueries<Row>(db, list, { queries, page: pages[0] });
  return pages.map((page, number) => {
    const own = rows[number] ?? [];
    const upTo = reaches.get(page)?.upTo ?? null;
    return { rows: own, searchedUpTo: own.length < page.limit ? upTo : null };
  });
}

/** Whether one index covers the whole filter. */
function isCovered({ conditions: [condition, ...others] }: ListPage): boolean {
  return others.length === 0 && (condition === undefined || condition.index !== undefined);
}

function searchedRows(
  list: List,
  page: ListPage,
  { access, upTo, columns }: Reach & { readonly columns: readonly string[] | undefined },
): RawBuilder<unknown> {
  const rest = page.conditions.filter((one) => one !== access).map(({ holds }) => holds);
  const scanned = ways(access).map((way) => rowsOf(list, way, page, { limit: share(access, page), upTo }));
  return sql`select ${columnsOf(columns)} from (${union(scanned)}) as scanned where ${all(rest)}
    order by ${orderOf(list, page)} limit ${page.limit}`;
}

/** Executes several queries as one statement. Null: a query without rows. */
async function rowsOfQueries<Row>(
  db: Kysely<Database>,
  list: List,
  {
    queries,
    page,
  }: { readonly queries: readonly (RawBuilder<unknown> | null)[]; readonly page: ListPage | undefined },
): Promise<readonly (readonly Row[])[]> {
  const results: Row[][] = queries.map(() => []);
  const executed = queries.flatMap((query, number) => (query === null ? [] : [{ query, number }]));
  const [first] = executed;
  if (first === undefined || page === undefined) return results;
  if (executed.length === 1) {
    const { rows } = await sql<Row>`${first.query}`.execute(db);
    results[first.number] = rows;
    return results;
  }
  const numbered = executed.map(
    ({ query, number }) => sql`select ${number}::int as page_number, page.* from (${query}) as page`,
  );
  const { rows } = await sql<Row & { page_number: number }>`
    select * from (${union(numbered)}) as pages order by page_number, ${orderOf(list, page)}`.execute(db);
  for (const { page_number, ...row } of rows) results[page_number]?.push(row as Row);
  return results;
}

/**
 * A query for rows that satisfy at most one condition, which has an index.
 * @param columns of the result; default all.
 */
export function rowsInOrder(list: List, page: ListPage, columns?: readonly string[]): RawBuilder<unknown> {
  const [access = null] = page.conditions;
  const rows = ways(access).map((way) =>
    rowsOf(list, way, page, { limit: page.limit, ...(columns && { columns }) }),
  );
  if (rows.length === 0) return rowsOf(list, sql`false`, page, { limit: 0, ...(columns && { columns }) });
  if (rows.length === 1) return sql`${rows[0]}`;
  return sql`select * from (${union(rows)}) as found order by ${orderOf(list, page)} limit ${page.limit}`;
}

/** An index, and the last row that may be read through it; null: no limit. */
interface Reach {
  readonly access: Condition | null;
  readonly upTo: Found<unknown>['searchedUpTo'];
}

/** The reach of each page, in their order. Reads indexes only, with one statement for all pages. */
async function furthest(
  db: Kysely<Database>,
  list: List,
  pages: readonly ListPage[],
): Promise<readonly Reach[]> {
  const [first] = pages;
  if (first === undefined) return [];
  const accesses = pages.flatMap((page) => {
    const usable = page.conditions.filter(({ index }) => index !== undefined);
    return (usable.length === 0 ? [null] : usable).map((access) => ({ page, access }));
  });
  const ends = accesses.flatMap(({ page, access }, number) =>
    ways(access).map((way) => {
      const keys = rowsOf(list, way, page, { limit: share(access, page), columns: [list.at, list.id] });
      return sql`(select ${number}::int as number, ${sql.ref(list.at)} as at, ${sql.ref(list.id)} as id
        from (${keys}) as keys offset ${share(access, page) - 1} limit 1)`;
    }),
  );
  const { rows } = await sql<RowKey & { readonly number: number }>`
    select number, at, id from (${union(ends)}) as ends order by ${orderOf({ at: 'at', id: 'id' }, first)}
  `.execute(db);
  return pages.map((page) => {
    // Of several scans of one index the nearest end counts: rows behind it may be missing.
    const reaches = accesses.flatMap((one, number) =>
      one.page === page ? [{ access: one.access, end: rows.findIndex((row) => row.number === number) }] : [],
    );
    const whole = reaches.find(({ end }) => end === -1);
    if (whole !== undefined) return { access: whole.access, upTo: null };
    const best = reaches.reduce((a, b) => (b.end > a.end ? b : a));
    return { access: best.access, upTo: rows[best.end] ?? null };
  });
}

/** Values of an index's columns, one each. */
type Way = readonly (readonly [column: string, value: string | null])[] | RawBuilder<SqlBool>;

function ways(access: Condition | null): readonly Way[] {
  if (access === null) return [[]];
  const columns = Object.entries(access.index ?? {});
  if (columns.length === 0) return [access.holds];
  return columns.reduce<readonly (readonly (readonly [string, string | null])[])[]>(
    (begun, [column, values]) =>
      begun.flatMap((way) => [...new Set(values)].map((value) => [...way, [column, value] as const])),
    [[]],
  );
}

/** For an order in which there is no index for them. */
export function withoutIndexes(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.map((condition) => (isNever(condition) ? condition : { holds: condition.holds }));
}

/** No value matches. */
function isNever({ index = {} }: Condition): boolean {
  return Object.values(index).some((values) => values.length === 0);
}

/** Maximum number of rows to read in each scan. */
function share(access: Condition | null, { searchedMax = searchedRowsMax }: ListPage): number {
  return Math.max(1, Math.floor(searchedMax / Math.max(1, ways(access).length)));
}

function rowsOf(
  list: List,
  way: Way,
  page: ListPage,
  { limit, upTo = null, columns }: { limit: number; upTo?: RowKey | null; columns?: readonly string[] },
): RawBuilder<unknown> {
  const given = 'length' in way ? way : [];
  const [leading] = given;
  const key = sql`(${sql.ref(list.at)}, ${sql.ref(list.id)})`;
  const where = [
    // An array of one value, because the planner ignores the order of a column that equals a constant.
    ...given.map(([column, value], number) =>
      value === null
        ? sql`${sql.ref(column)} is null`
        : number === 0
          ? sql`${sql.ref(column)} = any(array[${value}]::text[])`
          : sql`${sql.ref(column)} = ${value}`,
    ),
    ...('length' in way ? [] : [way]),
    ...within(list, page),
    ...(page.olderThan ? [sql`${key} < ${valuesOf(page.olderThan)}`] : []),
    ...(page.newerThan ? [sql`${key} > ${valuesOf(page.newerThan)}`] : []),
    ...(upTo ? [sql`${key} ${sql.raw(page.newestFirst ? '>=' : '<=')} ${valuesOf(upTo)}`] : []),
  ];
  const order =
    leading === undefined || leading[1] === null ? sql`` : sql`${sql.ref(leading[0])} ${directionOf(page)}, `;
  return sql`select ${columnsOf(columns)}
    from ${sql.table(list.table)} where ${all(where)}
    order by ${order}${orderOf(list, page)} limit ${limit}`;
}

function columnsOf(columns: readonly string[] | undefined): RawBuilder<unknown> {
  return columns === undefined ? sql`*` : sql.join(columns.map((column) => sql.ref(column)));
}

function orderOf({ at, id }: Pick<List, 'at' | 'id'>, page: ListPage): RawBuilder<unknown> {
  return sql`${sql.ref(at)} ${directionOf(page)}, ${sql.ref(id)} ${directionOf(page)}`;
}

function valuesOf(key: RowKey): RawBuilder<unknown> {
  return sql`(${key.at}, ${key.id})`;
}

function directionOf({ newestFirst }: ListPage): RawBuilder<unknown> {
  return sql.raw(newestFirst ? 'desc' : 'asc');
}

function union(queries: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(
    queries.map((query) => sql`(${query})`),
    sql` union all `,
  );
}

/** The conditions of a time range. */
export function within({ at }: Pick<List, 'at'>, { since, until }: Pick<ListPage, 'since' | 'until'>) {
  return [
    ...(since ? [sql`${sql.ref(at)} >= ${since}`] : []),
    ...(until ? [sql`${sql.ref(at)} < ${until}`] : []),
  ];
}

/** All of these conditions; true without any. */
export function all(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0
    ? sql`true`
    : sql.join(
        conditions.map((one) => sql`(${one})`),
        sql` and `,
      );
}
