import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import {
  transferDelivered,
  transferDeliveries,
  transferEvents,
  type TransferDelivered,
  type TransferReceived,
} from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    transfers: TransfersTable;
    transfer_deliveries: TransferDeliveriesTable;
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

export async function readTransfersOf(db: Db, ids: readonly string[]): Promise<readonly TransfersTable[]> {
  return db.selectFrom('transfers').selectAll().where('id', 'in', ids).execute();
}

export const transferList = keysetList({ table: 'transfers', at: 'received_at', id: 'seq' });

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

export interface TransferDeliveriesTable {
  seq: number;
  /** Of the event. */
  id: string;
  transfer_id: string;
  data_id: string;
  total_bytes: number;
  /** Hexadecimal. */
  sha256: string;
  sender: string;
  user_id: string;
  delivered_by: string;
  occurred_at: Date;
  recorded_at: Date;
}

/** The list of deliveries, in the transaction that stores the events. */
export const deliveryTable = topicHandler({
  topics: [transferDeliveries],
  project: (entries) =>
    insertRows(
      'transfer_deliveries',
      entries.map(({ seq, id, occurredAt, recordedAt, payload }): Selectable<TransferDeliveriesTable> => ({
        seq,
        id,
        transfer_id: payload.transferId,
        data_id: payload.dataId,
        total_bytes: payload.totalBytes,
        sha256: payload.sha256,
        sender: payload.sender,
        user_id: payload.userId,
        delivered_by: payload.deliveredBy,
        occurred_at: new Date(occurredAt),
        recorded_at: new Date(recordedAt),
      })),
    ),
});

/** The event of a delivery; null when it is not stored (any more). */
export async function readDelivery(db: Db, id: string): Promise<Entry<TransferDelivered> | null> {
  const row = await db.selectFrom('transfer_deliveries').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  return {
    topic: transferDeliveries.name,
    key: row.user_id,
    type: transferDelivered,
    id: row.id,
    seq: row.seq,
    occurredAt: row.occurred_at.getTime(),
    recordedAt: row.recorded_at.getTime(),
    urgent: false,
    payload: {
      transferId: row.transfer_id,
      dataId: row.data_id,
      totalBytes: row.total_bytes,
      sha256: row.sha256,
      sender: row.sender,
      userId: row.user_id,
      deliveredBy: row.delivered_by,
    },
  };
}

/** Deliveries, by when they were stored. */
export const retainedDeliveries: Retained = {
  table: 'transfer_deliveries',
  by: 'recorded_at',
  inOrderOfTime: true,
};
