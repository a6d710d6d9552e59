import { sql, type RawBuilder } from 'kysely';
import type { Database } from './database.ts';

/**
 * Statements that write many rows of one table. The rows are one JSON parameter, so the text of a statement does not
 * depend on their number, and PostgreSQL converts each value to the type of its column. Without rows no statement is
 * sent.
 */

/** Inserts whole rows: a column without a property is null, and a property without a column is ignored. */
export function insertRows(table: keyof Database, rows: readonly object[]): readonly RawBuilder<unknown>[] {
  return rows.length === 0 ? [] : [insertion(table, rows)];
}

export interface UpsertOptions {
  /** The columns of the unique index that identifies the stored row. */
  readonly key: readonly string[];
  /** New values of columns when `excluded` is not enough; the stored row is named `old`. Default: the given value. */
  readonly merge?: Readonly<Record<string, RawBuilder<unknown>>>;
  /** A stored row for which this is false is not changed. */
  readonly where?: RawBuilder<unknown>;
}

/**
 * Inserts rows, or updates the stored rows with the same key. Every row has the columns of the first one. The given
 * rows must have distinct keys.
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
