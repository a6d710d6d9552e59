import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexedIf } from '../../db/list-conditions.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows } from '../../db/write-rows.ts';
import { entryColumns, entryOf, type EntryColumns } from '../../journal/entry-columns.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { camelKeys, snakeKeys, type CamelKeys, type SnakeKeys } from '../../lib/case-keys.ts';
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

/** `id` and `seq` are those of the event. */
export type TransfersTable = SnakeKeys<TransferReceived> & { seq: number; id: string; received_at: Date };
export type StoredTransfer = CamelKeys<TransfersTable>;

type Db = Kysely<Database>;

export const transferTable = topicHandler({
  topics: [transferEvents],
  project: (entries) =>
    insertRows(
      'transfers',
      entries.map(({ seq, id, recordedAt, payload }): TransfersTable => ({
        ...snakeKeys(payload),
        seq,
        id,
        received_at: new Date(recordedAt),
      })),
    ),
});

/** The id of the stored transfer with this sender, name and content, or null. */
export async function findTransferId(
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

export async function readTransfer(db: Db, id: string): Promise<StoredTransfer | null> {
  const row = await db.selectFrom('transfers').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : camelKeys(row);
}

export interface TransferFilter {
  readonly senderId?: string | null | undefined;
  readonly dataId?: string | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

export const transferList = keysetList({
  table: 'transfers',
  at: 'received_at',
  id: 'seq',
  key: 'id',
  filter: ({ senderId, dataId, since, until }: TransferFilter) => ({
    conditions: [...indexedIf('sender', senderId), ...indexedIf('data_id', dataId)],
    since,
    until,
  }),
});

/** Removes transfers together with their bytes. */
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

/** `id` is that of the event. */
export type TransferDeliveriesTable = EntryColumns & SnakeKeys<TransferDelivered> & { id: string };

export const deliveryTable = topicHandler({
  topics: [transferDeliveries],
  project: (entries) =>
    insertRows(
      'transfer_deliveries',
      entries.map((entry): TransferDeliveriesTable => ({
        ...entryColumns(entry),
        ...snakeKeys(entry.payload),
        id: entry.id,
      })),
    ),
});

/** The event of a delivery; null if it is unknown or no longer retained. */
export async function readDelivery(db: Db, id: string): Promise<Entry<TransferDelivered> | null> {
  const row = await db.selectFrom('transfer_deliveries').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toDelivery(row);
}

export interface DeliveryFilter {
  readonly transferId: string;
  readonly userId: string;
}

/** The deliveries of a transfer to a user. */
export const deliveryList = keysetList({
  table: 'transfer_deliveries',
  at: 'recorded_at',
  id: 'seq',
  filter: ({ transferId, userId }: DeliveryFilter) => ({
    conditions: [
      {
        holds: sql`transfer_id = ${transferId} and user_id = ${userId}`,
        index: { transfer_id: [transferId], user_id: [userId] },
      },
    ],
  }),
});

export function toDelivery(row: TransferDeliveriesTable): Entry<TransferDelivered> {
  const { id, seq: _seq, occurred_at: _at, recorded_at: _stored, ...payload } = row;
  const own = { key: row.user_id, type: transferDelivered, id, payload: camelKeys(payload) };
  return entryOf(transferDeliveries, row, own);
}

export const retainedDeliveries: Retained = {
  table: 'transfer_deliveries',
  by: 'recorded_at',
  inOrderOfTime: true,
};
