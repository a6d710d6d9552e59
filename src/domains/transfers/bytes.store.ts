import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';

declare module '../../db/database.ts' {
  interface Database {
    transfer_parts: TransferPartsTable;
    transfer_stagings: TransferStagingsTable;
  }
}

export interface TransferPartsTable {
  transfer_id: string;
  /** Zero-based. */
  part: number;
  bytes: Buffer;
}

/**
 * The bytes of a transfer are stored before its event, part by part and without the lock of the log, which blocks other
 * writers. A row of this table marks bytes whose event is not stored yet.
 */
export interface TransferStagingsTable {
  transfer_id: string;
  staged_at: Date;
}

type Db = Kysely<Database>;

export async function stageBytes(db: Db, id: string, chunks: Iterable<Buffer>): Promise<void> {
  await sql`insert into transfer_stagings (transfer_id) values (${id})`.execute(db);
  let part = 0;
  for (const bytes of splitIntoParts(chunks))
    await db.insertInto('transfer_parts').values({ transfer_id: id, part: part++, bytes }).execute();
}

/** Removes the mark, in the transaction that stores the event. @returns false if the bytes no longer exist. */
export async function keepStaged(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('transfer_stagings')
    .where('transfer_id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Removes bytes that still have their mark. A transaction whose outcome is unknown may have removed it. */
export async function dropStaged(db: Db, id: string): Promise<void> {
  await sql`
    with dropped as (delete from transfer_stagings where transfer_id = ${id} returning transfer_id)
    delete from transfer_parts using dropped where transfer_parts.transfer_id = dropped.transfer_id`.execute(
    db,
  );
}

/** Removes marked bytes that killed instances have left behind. @returns the number of transfers. */
export async function dropAbandoned(db: Db, olderThanMs: number): Promise<number> {
  const { rows } = await sql<{ dropped: number }>`
    with dropped as (
      delete from transfer_stagings
      where staged_at < now() - make_interval(secs => ${olderThanMs / 1_000}::float8)
      returning transfer_id
    ), emptied as (
      delete from transfer_parts using dropped where transfer_parts.transfer_id = dropped.transfer_id
    )
    select count(*)::int as dropped from dropped`.execute(db);
  return rows[0]?.dropped ?? 0;
}

export interface ByteRange {
  readonly transferId: string;
  readonly first: number;
  /** Exclusive. */
  readonly past: number;
}

/** The bytes of each range, in order; empty if the transfer does not exist. Reads only the parts that overlap a range. */
export async function readRanges(db: Db, ranges: readonly ByteRange[]): Promise<readonly Buffer[]> {
  const ids = ranges.map(({ transferId }) => transferId);
  const { rows } = await sql<{ bytes: Buffer | null }>`
    select string_agg(
      substring(
        parts.bytes
        from (greatest(wanted.first - parts.part::bigint * ${partBytes}::int, 0) + 1)::int
        for (
          least(wanted.past - parts.part::bigint * ${partBytes}::int, ${partBytes}::int)
          - greatest(wanted.first - parts.part::bigint * ${partBytes}::int, 0)
        )::int
      ),
      ''::bytea order by parts.part
    ) as bytes
    from unnest(
      ${ids}::text[], ${ranges.map(({ first }) => first)}::bigint[], ${ranges.map(({ past }) => past)}::bigint[]
    ) with ordinality as wanted (transfer_id, first, past, place)
    left join transfer_parts as parts on parts.transfer_id = wanted.transfer_id
      and parts.part between wanted.first / ${partBytes}::int and (wanted.past - 1) / ${partBytes}::int
    group by wanted.place
    order by wanted.place`.execute(db);
  return rows.map(({ bytes }) => bytes ?? Buffer.alloc(0));
}

/** Size of a stored part. Stored transfers depend on this value. */
export const partBytes = 1_048_576;

/** Splits pieces of any size into parts of one size. The last part can be shorter. */
export function* splitIntoParts(pieces: Iterable<Buffer>, size = partBytes): Generator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < size) continue;
    const bytes = Buffer.concat(waiting, length);
    let from = 0;
    for (; length - from >= size; from += size) yield bytes.subarray(from, from + size);
    waiting = from === length ? [] : [bytes.subarray(from)];
    length -= from;
  }
  if (length > 0) yield Buffer.concat(waiting, length);
}
