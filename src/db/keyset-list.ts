import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database } from './database.ts';
import {
  all,
  readListPage,
  within,
  type Condition,
  type Found,
  type ListPage,
  type RowKey,
} from './list-page.ts';

/**
 * A table as a list with keyset pagination: ordered by a time and, within one instant, by a unique column. A domain
 * declares its lists in its store; `graph/keyset-connection.ts` exposes them.
 */
export interface KeysetList<Filter, Row> {
  readonly read: (db: Kysely<Database>, filter: Filter, page: KeysetPage) => Promise<Found<Row>>;
  readonly count: (db: Kysely<Database>, filter: Filter) => Promise<number>;
  /** The rows with these natural keys, by key, regardless of the filter. One statement. */
  readonly findAll: (db: Kysely<Database>, keys: readonly string[]) => Promise<ReadonlyMap<string, Row>>;
  readonly keyOf: (row: Row) => RowKey;
  /** `seq` columns are numbers, all others are text. */
  readonly idIsNumber: boolean;
}

/** The page: its size, its direction, and its boundary rows. */
export type KeysetPage = Pick<ListPage, 'limit' | 'newestFirst' | 'olderThan' | 'newerThan' | 'searchedMax'>;

/** All conditions have to hold. */
export interface ListFilter extends Pick<ListPage, 'since' | 'until'> {
  readonly conditions?: readonly Condition[];
}

export interface KeysetListOptions<Table extends keyof Database, Filter> {
  readonly table: Table;
  /** Of the type `timestamptz`. There is an index of `at` and `id`, and one for each indexed condition. */
  readonly at: keyof Database[Table] & string;
  readonly id: keyof Database[Table] & string;
  /** The column of the natural key, a unique text with an index. Default: `id`. */
  readonly key?: keyof Database[Table] & string;
  /** Default: the list has no filter. */
  readonly filter?: (filter: Filter) => ListFilter;
  /** Default: counts the rows that satisfy the filter. */
  readonly count?: KeysetList<Filter, unknown>['count'];
}

/**
 *     export const workflowList = keysetList({
 *       table: 'workflows',
 *       at: 'started_at',
 *       id: 'workflow_id',
 *       filter: ({ status }: { status: WorkflowStatus | null }) => ({
 *         conditions: status === null ? [] : [indexed('status', [status])],
 *       }),
 *     });
 */
export function keysetList<Table extends keyof Database, Filter = unknown>(
  options: KeysetListOptions<Table, Filter>,
): KeysetList<Filter, Selectable<Database[Table]>> {
  type Row = Selectable<Database[Table]>;
  const { table, at, id, key = id, filter: partsOf = (): ListFilter => ({}) } = options;
  return {
    idIsNumber: id === 'seq',
    keyOf: (row) => {
      const columns = row as Readonly<Record<string, unknown>>;
      return { at: columns[at] as Date, id: columns[id] as number | string };
    },
    read: (db, filter, page) => {
      const { conditions = [], ...span } = partsOf(filter);
      return readListPage<Row>(db, { table, at, id }, { ...page, ...span, conditions });
    },
    findAll: async (db, wanted) => {
      const { rows } = await sql<Row>`
        select * from ${sql.table(table)} where ${sql.ref(key)} = any(${wanted}::text[])`.execute(db);
      return new Map(rows.map((row) => [(row as Readonly<Record<string, unknown>>)[key] as string, row]));
    },
    count: options.count ?? ((db, filter) => countRows(db, { table, at }, partsOf(filter))),
  };
}

async function countRows(
  db: Kysely<Database>,
  { table, at }: { readonly table: string; readonly at: string },
  { conditions = [], ...range }: ListFilter,
): Promise<number> {
  const where = all([...conditions.map(({ holds }) => holds), ...within({ at }, range)]);
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(table)} where ${where}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Reads a consistent snapshot. */
export function inOneSnapshot<Value>(
  db: Kysely<Database>,
  read: (db: Kysely<Database>) => Promise<Value>,
): Promise<Value> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
}
