import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { transferDelivered, transferDeliveries, type TransferDelivered } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    transfer_deliveries: TransferDeliveriesTable;
  }
}

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

type Db = Kysely<Database>;

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
