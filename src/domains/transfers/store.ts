import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import { transferEvents, type TransferReceived } from './events.ts';
import { partBytes } from './parts.ts';

declare module '../../db/database.ts' {
  interface Database {
    transfers: TransfersTable;
    transfer_parts: TransferPartsTable;
  }
}

export interface TransfersTable {
  seq: number;
  /** Of the event. */
  id: string;
  data_id: string;
  sender: string;
  total_bytes: number;
  /** Hexadecimal. */
  sha256: string;
  received_at: Date;
}

export interface TransferPartsTable {
  transfer_id: string;
  /** From 0. */
  part: number;
  bytes: Buffer;
}

type Db = Kysely<Database>;

/** The list of transfers, in the transaction that stores the events. */
export const transferTable = topicHandler({
  topics: [transferEvents],
  project: (entries) =>
    insertRows(
      'transfers',
      entries.map(({ seq, id, recordedAt, payload }): Selectable<TransfersTable> => ({
        seq,
        id,
        data_id: payload.dataId,
        sender: payload.sender,
        total_bytes: payload.totalBytes,
        sha256: payload.sha256,
        received_at: new Date(recordedAt),
      })),
    ),
});

/** What a sender has sent before under this name, with this content; null: nothing. */
export async function findTransfer(
  db: Db,
  { sender, dataId, sha256 }: Pick<TransferReceived, 'sender' | 'dataId' | 'sha256'>,
): Promise<string | null> {
  const row = await db
    .selectFrom('transfers')
    .select('id')
    .where('sender', '=', sender)
    .where('data_id', '=', dataId)
    .where('sha256', '=', sha256)
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function readTransfer(db: Db, id: string): Promise<TransfersTable | null> {
  return (await db.selectFrom('transfers').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Those that are stored of the ids. */
export async function readTransfersOf(db: Db, ids: readonly string[]): Promise<readonly TransfersTable[]> {
  return db.selectFrom('transfers').selectAll().where('id', 'in', ids).execute();
}

/** Bytes of a transfer from `first` up to, but not with, `past`. */
export interface Range {
  readonly transferId: string;
  readonly first: number;
  readonly past: number;
}

/** The bytes of each range, in their order, empty where there are none. Costs what is read, wherever it lies. */
export async function readRanges(db: Db, ranges: readonly Range[]): Promise<readonly Buffer[]> {
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

/** A transfer's place in the order of the list. */
export interface TransferKey {
  readonly at: Date;
  readonly seq: number;
}

export interface TransferPage {
  readonly limit: number;
  /** Newest first, or oldest first when reading backwards. */
  readonly newestFirst: boolean;
  readonly olderThan: TransferKey | null;
  readonly newerThan: TransferKey | null;
}

/** One page by keyset. */
export async function readTransfers(db: Db, page: TransferPage): Promise<readonly TransfersTable[]> {
  const direction = page.newestFirst ? 'desc' : 'asc';
  const { olderThan, newerThan } = page;
  let query = db.selectFrom('transfers').selectAll();
  if (olderThan !== null)
    query = query.where(sql<boolean>`(received_at, seq) < (${olderThan.at}, ${olderThan.seq})`);
  if (newerThan !== null)
    query = query.where(sql<boolean>`(received_at, seq) > (${newerThan.at}, ${newerThan.seq})`);
  return query.orderBy('received_at', direction).orderBy('seq', direction).limit(page.limit).execute();
}

export async function countTransfers(db: Db): Promise<number> {
  const row = await db
    .selectFrom('transfers')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return row?.count ?? 0;
}

/** Transfers with their bytes. */
export const retainedTransfers: Retained = {
  table: 'transfers',
  by: 'received_at',
  async remove(db, old) {
    const { rows } = await sql<{ removed: number }>`
      with removed as (
        delete from transfers where ${old} returning id
      ), emptied as (
        delete from transfer_parts using removed where transfer_parts.transfer_id = removed.id
      )
      select count(*)::int as removed from removed`.execute(db);
    return rows[0]?.removed ?? 0;
  },
};
