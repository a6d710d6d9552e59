import { setTimeout as delay } from 'node:timers/promises';
import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import { faultReason } from './database-fault.ts';
import type { Database } from './database.ts';

/**
 * Removes old rows of any table: scans it in slices in the order of its key and removes the old rows of each slice in a
 * transaction of its own. So no statement runs into its timeout, other writers proceed between slices, and an
 * interrupted run keeps its progress.
 */
export interface Retained {
  readonly table: string;
  /** When a row was stored or last changed: a column or an expression of the type `timestamptz`. */
  readonly by: string | RawBuilder<unknown>;
  readonly keptFor?: 'days' | 'auditDays';
  /** Columns of a unique index with their types; default `seq bigint`. */
  readonly key?: Readonly<Record<string, string>>;
  /** The part of the table. The index of the key begins with its columns. */
  readonly scope?: RawBuilder<SqlBool>;
  /** A further condition for removal. */
  readonly and?: RawBuilder<SqlBool>;
  /** Whether later keys have later times: the scan then ends at the first slice without an old row. */
  readonly inOrderOfTime?: boolean;
  /** Whether removal changes counts that topic handlers change too. */
  readonly withLog?: boolean;
  /** Removes the rows for which `old` holds, with dependent rows. @returns the number of removed rows. */
  readonly remove?: (db: Kysely<Database>, old: RawBuilder<SqlBool>) => Promise<number>;
}

/** Runs work in a transaction. */
export type Transact = (work: (db: Kysely<Database>) => Promise<number>) => Promise<number>;

export interface RemoveOptions {
  readonly transact: Transact;
  readonly signal?: AbortSignal;
  /** Called after each slice with the number of rows removed so far. */
  readonly removed?: (rows: number) => void;
  /** The initial number of rows in a slice. */
  readonly sliceRows?: number;
}

const sliceRowsDefault = 5_000;
const sliceRowsMin = 50;
const sliceRowsMax = 20_000;
/** Slices that take longer are made smaller; those for which writers of the log wait, earlier. */
const sliceTargetMs = 500;
const sliceWithLogTargetMs = 100;

/** @returns the number of removed rows. */
export async function removeOld(
  db: Kysely<Database>,
  retained: Retained,
  before: Date,
  { transact, signal, removed: report, sliceRows = sliceRowsDefault }: RemoveOptions,
): Promise<number> {
  const parts = partsOf(retained, before);
  let removed = 0;
  let rowsMax = sliceRows;
  let position: Position | null = null;
  for (;;) {
    signal?.throwIfAborted();
    const began = performance.now();
    try {
      const slice: Slice | null = await nextSlice(db, parts, position, rowsMax);
      if (slice === null) return removed;
      if (slice.old > 0) removed += await transact((trx) => removeSlice(trx, parts, slice));
      report?.(removed);
      if (slice.rows < rowsMax || (slice.old === 0 && retained.inOrderOfTime === true)) return removed;
      position = slice.upTo;
    } catch (error) {
      const reason = faultReason(error);
      if ((reason !== 'TIMEOUT' && reason !== 'LOCKED') || rowsMax === sliceRowsMin) throw error;
      rowsMax = Math.max(sliceRowsMin, Math.floor(rowsMax / 8));
      continue;
    }
    const tookMs = performance.now() - began;
    rowsMax = adapted(rowsMax, tookMs, retained.withLog === true ? sliceWithLogTargetMs : sliceTargetMs);
    await delay(Math.min(tookMs, sliceTargetMs), undefined, signal && { signal }); // lets other writers proceed
  }
}

/** The number of old rows; null when counting takes too long. */
export async function countOld(
  db: Kysely<Database>,
  retained: Retained,
  before: Date,
): Promise<number | null> {
  try {
    const { rows } = await sql<{ rows: number }>`
      select count(*)::float8 as rows from ${sql.table(retained.table)} where ${partsOf(retained, before).old}
    `.execute(db);
    return rows[0]?.rows ?? 0;
  } catch (error) {
    if (faultReason(error) === 'TIMEOUT') return null;
    throw error;
  }
}

/** The values of the key as text, because a `Date` would lose the microseconds. */
type Position = readonly string[];

interface Slice {
  readonly after: Position | null;
  readonly upTo: Position;
  readonly rows: number;
  readonly old: number;
}

/** The parts of the statements for one table. */
function partsOf(retained: Retained, before: Date) {
  const { table, by, key = { seq: 'bigint' }, scope = sql`true`, and = sql`true` } = retained;
  const time = typeof by === 'string' ? sql.ref(by) : by;
  const columns = Object.keys(key).map((name) => sql.ref(name));
  const types = Object.values(key).map((type) => sql.raw(type));
  const valuesOf = (position: Position): RawBuilder<unknown> =>
    sql`(${sql.join(position.map((value, index) => sql`${value}::text::${types[index]}`))})`;
  return {
    table: sql.table(table),
    remove: retained.remove,
    scope,
    columns,
    old: sql<SqlBool>`${scope} and coalesce(${time} < ${before}, false) and (${and})`,
    after: (position: Position | null): RawBuilder<unknown> =>
      position === null ? sql`true` : sql`(${sql.join(columns)}) > ${valuesOf(position)}`,
    upTo: (position: Position): RawBuilder<unknown> => sql`(${sql.join(columns)}) <= ${valuesOf(position)}`,
  };
}

type Parts = ReturnType<typeof partsOf>;

async function nextSlice(
  db: Kysely<Database>,
  { table, columns, scope, old, after }: Parts,
  position: Position | null,
  rowsMax: number,
): Promise<Slice | null> {
  const { rows } = await sql<{ up_to: string[]; rows: number; old: number }>`
    select array[${sql.join(columns.map((name) => sql`${name}::text`))}] as up_to,
      count(*) over ()::int as rows, count(*) filter (where old) over ()::int as old
    from (
      select ${sql.join(columns)}, (${old}) as old from ${table}
      where ${scope} and ${after(position)} order by ${sql.join(columns)} limit ${rowsMax}
    ) as slice
    order by ${sql.join(columns.map((name) => sql`${name} desc`))} limit 1`.execute(db);
  const [last] = rows;
  return last === undefined ? null : { after: position, upTo: last.up_to, rows: last.rows, old: last.old };
}

async function removeSlice(db: Kysely<Database>, parts: Parts, slice: Slice): Promise<number> {
  const old = sql<SqlBool>`${parts.old} and ${parts.after(slice.after)} and ${parts.upTo(slice.upTo)}`;
  if (parts.remove !== undefined) return parts.remove(db, old);
  const { numAffectedRows } = await sql`delete from ${parts.table} where ${old}`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

function adapted(rows: number, tookMs: number, targetMs: number): number {
  if (tookMs > targetMs) return Math.max(sliceRowsMin, Math.floor(rows / 2));
  return tookMs < targetMs / 4 ? Math.min(sliceRowsMax, rows * 2) : rows;
}
