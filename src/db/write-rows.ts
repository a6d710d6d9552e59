import { sql, type RawBuilder } from 'kysely';
import type { Database } from './database.ts';

/**
 * Statements that write many rows of one table. The rows go as one JSON parameter, so a statement has the same text
 * whatever their number, and PostgreSQL converts each value to the type of its column. Every row has the columns of the
 * first one. Without rows there is no statement.
 */

type Row = Readonly<Record<string, unknown>>;

export function insertRows(table: keyof Database, rows: readonly object[]): readonly RawBuilder<unknown>[] {
  const [first] = rows;
  return first === undefined ? [] : [insertion(table, first as Row, rows)];
}

export interface UpsertOptions {
  /** The columns of the unique index that finds the stored row. */
  readonly key: readonly string[];
  /** New values of columns where `excluded` is not enough; the stored row is named `old`. Default: the given value. */
  readonly merge?: Readonly<Record<string, RawBuilder<unknown>>>;
  /** A stored row for which this does not hold stays as it is. */
  readonly where?: RawBuilder<unknown>;
}

/** Inserts rows, or updates the stored rows with the same key. No two of the given rows may have the same key. */
export function upsertRows(
  table: keyof Database,
  rows: readonly object[],
  { key, merge = {}, where }: UpsertOptions,
): readonly RawBuilder<unknown>[] {
  const [first] = rows;
  if (first === undefined) return [];
  const changed = Object.keys(first).filter((column) => !key.includes(column));
  const values = changed.map((column) => sql`${sql.ref(column)} = ${merge[column] ?? excluded(column)}`);
  const condition = where === undefined ? sql`` : sql` where ${where}`;
  return [
    sql`${insertion(table, first as Row, rows)} order by ${columns(key)}
      on conflict (${columns(key)}) do update set ${sql.join(values)}${condition}`,
  ];
}

function insertion(table: string, first: Row, rows: readonly object[]): RawBuilder<unknown> {
  const all = columns(Object.keys(first));
  return sql`insert into ${sql.table(table)} as old (${all})
    select ${all} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`;
}

function columns(names: readonly string[]): RawBuilder<unknown> {
  return sql.join(names.map((name) => sql.id(name)));
}

function excluded(column: string): RawBuilder<unknown> {
  return sql`excluded.${sql.id(column)}`;
}
