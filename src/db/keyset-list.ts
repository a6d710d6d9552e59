import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely';
import { append } from '../lib/append.ts';
import type { Database } from './database.ts';
import {
  all,
  readListPages,
  within,
  withoutIndexes,
  type Condition,
  type Found,
  type ListPage,
  type RowKey,
} from './list-page.ts';

/** A list in pages, as `graph/keyset-connection.ts` exposes it. */
export interface PagedList<Filter, Row> {
  /** Several pages in the same direction, with few statements, however many pages there are. */
  readonly readAll: (
    db: Kysely<Database>,
    requests: readonly PageRequest<Filter>[],
  ) => Promise<readonly Found<Row>[]>;
  /** The number of rows that satisfy each filter. One statement for `countsMax` filters. */
  readonly countAll: (db: Kysely<Database>, filters: readonly Filter[]) => Promise<readonly number[]>;
  /** The position of a row in an order of the list. */
  readonly keyOf: (row: Row, order?: string | null) => RowKey;
  /** `seq` columns are numbers, all others are text. */
  readonly idIsNumber: boolean;
  /** The orders by a number. Default: all orders are by a time. */
  readonly numericOrders?: ReadonlySet<string>;
}

/**
 * A table as a list with keyset pagination: ordered by a time and, within one instant, by a unique column. A domain
 * declares its lists in its store.
 */
export interface KeysetList<Filter, Row> extends PagedList<Filter, Row> {
  readonly read: (db: Kysely<Database>, filter: Filter, page: KeysetPage) => Promise<Found<Row>>;
  readonly count: (db: Kysely<Database>, filter: Filter) => Promise<number>;
  /** The rows with these natural keys, by key, regardless of the filter. One statement. */
  readonly findAll: (db: Kysely<Database>, keys: readonly string[]) => Promise<ReadonlyMap<string, Row>>;
}

/** The page: its size, its direction, and its boundary rows. */
export interface KeysetPage extends Pick<
  ListPage,
  'limit' | 'newestFirst' | 'olderThan' | 'newerThan' | 'searchedMax'
> {
  /** One of `KeysetListOptions.orders`. Default: the list is ordered by `at`. */
  readonly order?: string | null;
}

export interface PageRequest<Filter> {
  readonly filter: Filter;
  readonly page: KeysetPage;
}

/** All conditions have to hold. */
export interface ListFilter extends Pick<ListPage, 'since' | 'until'> {
  readonly conditions?: readonly Condition[];
}

export interface KeysetListOptions<Table extends keyof Database, Filter> {
  readonly table: Table;
  /** Of the type `timestamptz`. There is an index of `at` and `id`, and one for each indexed condition. */
  readonly at: keyof Database[Table] & string;
  readonly id: keyof Database[Table] & string;
  /** Further orders by name, each by a column that is never null, with an index of it and `id`. */
  readonly orders?: Readonly<Record<string, KeysetOrder<keyof Database[Table] & string, Filter>>>;
  /** The column of the natural key, a unique text with an index. Default: `id`. */
  readonly key?: keyof Database[Table] & string;
  /** Default: the list has no filter. */
  readonly filter?: (filter: Filter) => ListFilter;
  /** A query with one row and one column. Default, and for null: counts the rows that satisfy the filter. */
  readonly count?: (filter: Filter) => RawBuilder<unknown> | null;
}

interface KeysetOrder<Column extends string, Filter> {
  readonly column: Column;
  /** Whether the type of the column is `integer`. Default: `timestamptz`. */
  readonly isNumber?: boolean;
  /**
   * The conditions of a filter with their indexes in this order. Default: those of the list, without indexes, so the number
   * of rows that are read for a page with a filter is bounded.
   */
  readonly conditions?: (filter: Filter) => readonly Condition[];
}

/** Maximum number of filters whose rows one statement counts. */
const countsMax = 200;

/**
 *     export const workflowList = keysetList({
 *       table: 'workflows',
 *       at: 'started_at',
 *       id: 'workflow_id',
 *       filter: ({ statuses, since, until }: WorkflowFilter) => ({
 *         conditions: indexedIf('status', statuses),
 *         since,
 *         until,
 *       }),
 *     });
 */
export function keysetList<Table extends keyof Database, Filter = unknown>(
  options: KeysetListOptions<Table, Filter>,
): KeysetList<Filter, Selectable<Database[Table]>> {
  type Row = Selectable<Database[Table]>;
  const { table, at, id, key = id, filter: partsOf = (): ListFilter => ({}) } = options;
  const countQuery = (filter: Filter): RawBuilder<unknown> =>
    options.count?.(filter) ?? countingQuery({ table, at }, partsOf(filter));
  const { orders = {} } = options;
  const columnOf = (order: string | null | undefined): string => (order ? (orders[order]?.column ?? at) : at);
  const listPage = ({ filter, page: { order, ...page } }: PageRequest<Filter>): ListPage => {
    const { conditions = [], ...span } = partsOf(filter);
    const other = order ? orders[order] : undefined;
    if (other === undefined) return { ...page, ...span, conditions };
    const parts = other.conditions?.(filter) ?? withoutIndexes(conditions);
    const range = within({ at }, span).map((holds) => ({ holds: holds as Condition['holds'] }));
    return { ...page, conditions: [...parts, ...range] };
  };
  const readAll: KeysetList<Filter, Row>['readAll'] = async (db, requests) => {
    const found: Found<Row>[] = [];
    for (const column of new Set(requests.map(({ page }) => columnOf(page.order)))) {
      const same = [...requests.entries()].filter(([, { page }]) => columnOf(page.order) === column);
      const pages = same.map(([, request]) => listPage(request));
      const read = await readListPages<Row>(db, { table, at: column, id }, pages);
      for (const [number, [place]] of same.entries()) found[place] = read[number] ?? nothingFound;
    }
    return found;
  };
  const countAll: KeysetList<Filter, Row>['countAll'] = async (db, filters) => {
    const counted: number[] = [];
    for (let from = 0; from < filters.length; from += countsMax) {
      const batch = filters.slice(from, from + countsMax);
      const counts = batch.map((filter) => sql`(${countQuery(filter)})`);
      const { rows } = await sql<{ counts: readonly (number | string)[] }>`
        select array[${sql.join(counts)}]::bigint[] as counts`.execute(db);
      append(
        counted,
        batch.map((_filter, number) => Number(rows[0]?.counts[number] ?? 0)),
      );
    }
    return counted;
  };
  return {
    readAll,
    read: (db, filter, page) => firstPage(readAll(db, [{ filter, page }])),
    countAll,
    count: async (db, filter) => (await countAll(db, [filter]))[0] ?? 0,
    idIsNumber: id === 'seq',
    numericOrders: new Set(Object.keys(orders).filter((order) => orders[order]?.isNumber)),
    keyOf: (row, order) => {
      const columns = row as Readonly<Record<string, unknown>>;
      return { at: columns[columnOf(order)] as RowKey['at'], id: columns[id] as number | string };
    },
    findAll: async (db, wanted) => {
      const { rows } = await sql<Row>`
        select * from ${sql.table(table)} where ${sql.ref(key)} = any(${wanted}::text[])`.execute(db);
      return new Map(rows.map((row) => [(row as Readonly<Record<string, unknown>>)[key] as string, row]));
    },
  };
}

/** For `KeysetList.read`: the only page of those that `readAll` returns. */
export async function firstPage<Row>(pages: Promise<readonly Found<Row>[]>): Promise<Found<Row>> {
  const [found] = await pages;
  return found ?? nothingFound;
}

const nothingFound = { rows: [], searchedUpTo: null } as const;

function countingQuery(
  { table, at }: { readonly table: string; readonly at: string },
  { conditions = [], ...range }: ListFilter,
): RawBuilder<unknown> {
  const where = all([...conditions.map(({ holds }) => holds), ...within({ at }, range)]);
  return sql`select count(*) from ${sql.table(table)} where ${where}`;
}

/** Reads a consistent snapshot. */
export function inOneSnapshot<Value>(
  db: Kysely<Database>,
  read: (db: Kysely<Database>) => Promise<Value>,
): Promise<Value> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
}
