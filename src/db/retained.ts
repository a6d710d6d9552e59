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
  { transact, signal, sliceRows = sliceRowsDefault }: RemoveOptions,
): Promise<number> {
  let removed = 0;
  let rowsMax = sliceRows;
  let position: Position | null = null;
  for (;;) {
    signal?.throwIfAborted();
    const began = performance.now();
    try {
      const slice: Slice | null = await nextSlice(db, retained, { before, after: position, rowsMax });
      if (slice === null) return removed;
      if (slice.old > 0) removed += await transact((trx) => removeSlice(trx, retained, before, slice));
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
      select count(*)::float8 as rows from ${sql.table(retained.table)} where ${isOld(retained, before)}
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

async function nextSlice(
  db: Kysely<Database>,
  retained: Retained,
  { before, after, rowsMax }: { before: Date; after: Position | null; rowsMax: number },
): Promise<Slice | null> {
  const columns = keyColumns(retained);
  const names = columns.map((name) => sql.ref(name));
  const texts = names.map((name) => sql`${name}::text`);
  const { rows } = await sql<{ up_to: string[]; rows: number; old: number }>`
    select array[${sql.join(texts)}] as up_to, count(*) over ()::int as rows,
      count(*) filter (where old) over ()::int as old
    from (
      select ${sql.join(names)}, (${isOld(retained, before)}) as old from ${sql.table(retained.table)}
      where ${scopeOf(retained)} and ${beyond(retained, after)}
      order by ${sql.join(names)} limit ${rowsMax}
    ) as slice
    order by ${sql.join(names.map((name) => sql`${name} desc`))} limit 1`.execute(db);
  const [last] = rows;
  return last === undefined ? null : { after, upTo: last.up_to, rows: last.rows, old: last.old };
}

async function removeSlice(
  db: Kysely<Database>,
  retained: Retained,
  before: Date,
  { after, upTo }: Slice,
): Promise<number> {
  const old = sql<SqlBool>`${isOld(retained, before)} and ${beyond(retained, after)}
    and ${keyOf(retained)} <= ${valuesOf(retained, upTo)}`;
  if (retained.remove !== undefined) return retained.remove(db, old);
  const { numAffectedRows } = await sql`delete from ${sql.table(retained.table)} where ${old}`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

function isOld(retained: Retained, before: Date): RawBuilder<SqlBool> {
  const and = retained.and ?? sql<SqlBool>`true`;
  return sql`${scopeOf(retained)} and coalesce(${timeOf(retained)} < ${before}, false) and (${and})`;
}

function timeOf({ by }: Retained): RawBuilder<unknown> {
  return typeof by === 'string' ? sql.ref(by) : by;
}

function beyond(retained: Retained, after: Position | null): RawBuilder<SqlBool> {
  return after === null ? sql`true` : sql`${keyOf(retained)} > ${valuesOf(retained, after)}`;
}

function scopeOf({ scope }: Retained): RawBuilder<SqlBool> {
  return scope ?? sql`true`;
}

function keyOf(retained: Retained): RawBuilder<unknown> {
  return sql`(${sql.join(keyColumns(retained).map((name) => sql.ref(name)))})`;
}

function valuesOf({ key = seqKey }: Retained, position: Position): RawBuilder<unknown> {
  const types = Object.values(key);
  return sql`(${sql.join(position.map((value, index) => sql`${value}::text::${sql.raw(types[index] ?? 'text')}`))})`;
}

const seqKey: Readonly<Record<string, string>> = { seq: 'bigint' };

function keyColumns({ key = seqKey }: Retained): readonly string[] {
  return Object.keys(key);
}

function adapted(rows: number, tookMs: number, targetMs: number): number {
  if (tookMs > targetMs) return Math.max(sliceRowsMin, Math.floor(rows / 2));
  return tookMs < targetMs / 4 ? Math.min(sliceRowsMax, rows * 2) : rows;
}
