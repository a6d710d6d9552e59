import { sql, type RawBuilder } from 'kysely';
import type { Database } from './database.ts';

/**
 * Statements that write many rows of one table. The rows go as one JSON parameter, so a statement has the same text
 * whatever their number, and PostgreSQL converts each value to the type of its column. Without rows there is no
 * statement.
 */

/** Inserts whole rows: a column that a row does not have is null, and a property that is no column is left out. */
export function insertRows(table: keyof Database, rows: readonly object[]): readonly RawBuilder<unknown>[] {
  return rows.length === 0 ? [] : [insertion(table, rows)];
}

export interface UpsertOptions {
  /** The columns of the unique index that finds the stored row. */
  readonly key: readonly string[];
  /** New values of columns where `excluded` is not enough; the stored row is named `old`. Default: the given value. */
  readonly merge?: Readonly<Record<string, RawBuilder<unknown>>>;
  /** A stored row for which this does not hold stays as it is. */
  readonly where?: RawBuilder<unknown>;
}

/**
 * Inserts rows, or updates the stored rows with the same key. Every row has the columns of the first one. No two of
 * the given rows may have the same key.
 */
export function upsertRows(
  table: keyof Database,
  rows: readonly object[],
  { key, merge = {}, where }: UpsertOptions,
): readonly RawBuilder<unknown>[] {
  const [first] = rows;
  if (first === undefined) return [];
  const all = columns(Object.keys(first));
  const changed = Object.keys(first).filter((column) => !key.includes(column));
  const values = changed.map((column) => sql`${sql.ref(column)} = ${merge[column] ?? excluded(column)}`);
  const condition = where === undefined ? sql`` : sql` where ${where}`;
  return [
    sql`insert into ${sql.table(table)} as old (${all}) select ${all} from ${recordset(table, rows)}
      order by ${columns(key)} on conflict (${columns(key)}) do update set ${sql.join(values)}${condition}`,
  ];
}

/** The insertion of whole rows, at least one, to be completed. */
export function insertion(table: keyof Database, rows: readonly object[]): RawBuilder<unknown> {
  return sql`insert into ${sql.table(table)} select * from ${recordset(table, rows)}`;
}

function recordset(table: string, rows: readonly object[]): RawBuilder<unknown> {
  return sql`jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`;
}

function columns(names: readonly string[]): RawBuilder<unknown> {
  return sql.join(names.map((name) => sql.id(name)));
}

function excluded(column: string): RawBuilder<unknown> {
  return sql`excluded.${sql.id(column)}`;
}
