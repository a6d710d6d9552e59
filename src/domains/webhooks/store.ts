import { sql, type Kysely, type Selectable, type SqlBool } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { contains, indexed, unindexedIf } from '../../db/list-conditions.ts';
import type { Retained } from '../../db/retained.ts';
import { camelKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import type {
  CallResult,
  DeliveryRecord,
  DeliveryStatus,
  WebhookDefinition,
  WebhookEvent,
  WebhookRecord,
} from './webhook.ts';

declare module '../../db/database.ts' {
  interface Database {
    webhooks: WebhooksTable;
    webhook_deliveries: WebhookDeliveriesTable;
  }
}

export type WebhooksTable = SnakeKeys<WebhookRecord> & { secret: string };
export type WebhookDeliveriesTable = SnakeKeys<DeliveryRecord>;

type Db = Kysely<Database>;

/** Deliveries of one webhook that wait. Further events wait in the log. */
export const pendingMax = 1_000;

/** The ids of the webhooks that are enabled. */
export async function readEnabled(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('webhooks').select('webhook_id').where('enabled', '=', true).execute();
  return rows.map((row) => row.webhook_id);
}

/** Locks a webhook that is enabled, until the transaction ends. Undefined: another instance has locked it. */
export async function lockWebhook(db: Db, webhookId: string): Promise<WebhookRecord | undefined> {
  const row = await db
    .selectFrom('webhooks')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .where('enabled', '=', true)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row && toWebhook(row);
}

export async function countPending(db: Db, webhookId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from webhook_deliveries where webhook_id = ${webhookId} and status = 'PENDING'`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** An event to deliver. */
export interface QueuedEvent {
  /** Position of the event in the log. */
  readonly seq: number;
  /** Position of the event that raised the alert: the key of its row. */
  readonly alertSeq: number;
  readonly event: WebhookEvent;
  /** ISO 8601. */
  readonly occurredAt: string;
  /** The alert, without its id and number. */
  readonly alert: object;
}

/** Adds deliveries of events to a locked webhook, and sets its position. Alerts that are no longer stored are skipped. */
export async function queueDeliveries(
  db: Db,
  webhookId: string,
  { events, position }: { readonly events: readonly QueuedEvent[]; readonly position: number },
): Promise<void> {
  if (events.length > 0)
    await sql`insert into webhook_deliveries (delivery_id, webhook_id, event, alert_id, body, status, attempts,
        next_attempt_at, created_at)
      select 'msg_' || ${webhookId}::text || '_' || given.seq, ${webhookId}, given.event, alerts.id,
        jsonb_build_object('type', given.event, 'timestamp', given."occurredAt",
          'data', jsonb_build_object('alertId', alerts.id, 'number', alerts.number) || given.alert),
        'PENDING', 0, now(), now()
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
        as given(seq bigint, "alertSeq" bigint, event text, "occurredAt" text, alert jsonb)
        join alerts on alerts.seq = given."alertSeq"
      on conflict (delivery_id) do nothing`.execute(db);
  await db.updateTable('webhooks').set({ position }).where('webhook_id', '=', webhookId).execute();
}

/** The webhooks with deliveries that wait, and when the first of them is due. */
export async function readDue(
  db: Db,
): Promise<readonly { readonly webhookId: string; readonly waitMs: number }[]> {
  const { rows } = await sql<{ webhook_id: string; wait_ms: number }>`
    select webhook_id, extract(epoch from min(next_attempt_at) - now())::float8 * 1000 as wait_ms
    from webhook_deliveries where status = 'PENDING' group by webhook_id`.execute(db);
  return rows.map(({ webhook_id, wait_ms }) => ({ webhookId: webhook_id, waitMs: wait_ms }));
}

/** A delivery that this instance may make until the lease ends. */
export interface ClaimedDelivery extends DeliveryRecord {
  readonly url: string;
  readonly secret: string;
}

/**
 * Claims the delivery of a webhook that is due first. No other instance claims it before the lease has ended. The
 * subquery is a scalar, so it runs once: in a join it could run again and lock a delivery more.
 */
export async function claimDelivery(
  db: Db,
  webhookId: string,
  leaseMs: number,
): Promise<ClaimedDelivery | undefined> {
  const { rows } = await sql<WebhookDeliveriesTable & { url: string; secret: string }>`
    update webhook_deliveries as claimed
    set attempts = claimed.attempts + 1, last_attempt_at = now(),
      next_attempt_at = now() + ${`${leaseMs} milliseconds`}::interval
    from webhooks
    where claimed.delivery_id = (
        select delivery_id from webhook_deliveries
        where webhook_id = ${webhookId} and status = 'PENDING' and next_attempt_at <= now()
        order by next_attempt_at limit 1 for update skip locked
      )
      and webhooks.webhook_id = claimed.webhook_id
    returning claimed.*, webhooks.url, webhooks.secret`.execute(db);
  const [row] = rows;
  return row && camelKeys(row);
}

/** Stores the result of a call. @param retryMs null: no further call is made. */
export async function finishCall(
  db: Db,
  { deliveryId, attempts }: ClaimedDelivery,
  { responseStatus, error, durationMs }: CallResult,
  retryMs: number | null,
): Promise<void> {
  const status: DeliveryStatus = error === null ? 'DELIVERED' : retryMs === null ? 'FAILED' : 'PENDING';
  const next = status === 'PENDING' ? sql`now() + ${`${retryMs} milliseconds`}::interval` : sql`null`;
  await sql`update webhook_deliveries
    set status = ${status}, response_status = ${responseStatus}, error = ${error}, duration_ms = ${durationMs},
      next_attempt_at = ${next}, finished_at = ${status === 'PENDING' ? sql`null` : sql`now()`}
    where delivery_id = ${deliveryId} and attempts = ${attempts} and status = 'PENDING'`.execute(db);
}

/** Returns a delivery whose call was not made, so that another instance can make it now. */
export async function returnClaim(db: Db, { deliveryId, attempts }: ClaimedDelivery): Promise<void> {
  await sql`update webhook_deliveries set attempts = attempts - 1, next_attempt_at = now()
    where delivery_id = ${deliveryId} and attempts = ${attempts} and status = 'PENDING'`.execute(db);
}

export async function insertDelivery(db: Db, delivery: DeliveryRecord): Promise<void> {
  await sql`insert into webhook_deliveries (delivery_id, webhook_id, event, alert_id, body, status, attempts,
      next_attempt_at, created_at)
    values (${delivery.deliveryId}, ${delivery.webhookId}, ${delivery.event}, ${delivery.alertId},
      ${JSON.stringify(delivery.body)}::jsonb, ${delivery.status}, ${delivery.attempts}, ${delivery.nextAttemptAt},
      ${delivery.createdAt})`.execute(db);
}

/** Ends the deliveries of a webhook that wait. */
export async function cancelDeliveries(db: Db, webhookId: string): Promise<void> {
  await sql`update webhook_deliveries set status = 'CANCELLED', next_attempt_at = null, finished_at = now()
    where webhook_id = ${webhookId} and status = 'PENDING'`.execute(db);
}

export async function countWebhooks(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from webhooks`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function insertWebhook(db: Db, webhook: WebhookRecord, secret: string): Promise<void> {
  await db
    .insertInto('webhooks')
    .values({
      webhook_id: webhook.webhookId,
      ...definedColumns(webhook),
      secret,
      position: webhook.position,
      created_by: webhook.createdBy,
      created_at: webhook.createdAt,
      updated_at: webhook.updatedAt,
    })
    .execute();
}

/** @param position where a webhook that is enabled again begins; null: the position does not change. */
export async function updateWebhook(db: Db, webhook: WebhookRecord, position: number | null): Promise<void> {
  await db
    .updateTable('webhooks')
    .set({
      ...definedColumns(webhook),
      updated_at: webhook.updatedAt,
      ...(position !== null && { position }),
    })
    .where('webhook_id', '=', webhook.webhookId)
    .execute();
}

function definedColumns({ name, url, enabled, events, severities, alertTypes }: WebhookDefinition) {
  return { name, url, enabled, events, severities, alert_types: alertTypes };
}

export async function storeSecret(db: Db, webhookId: string, secret: string): Promise<void> {
  await db.updateTable('webhooks').set({ secret }).where('webhook_id', '=', webhookId).execute();
}

export async function deleteWebhook(db: Db, webhookId: string): Promise<void> {
  await db.deleteFrom('webhooks').where('webhook_id', '=', webhookId).execute();
}

export interface WebhookFilter {
  readonly enabled?: boolean | null | undefined;
  readonly createdBy?: string | null | undefined;
  readonly search?: string | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

export const webhookList = keysetList({
  table: 'webhooks',
  at: 'created_at',
  id: 'webhook_id',
  filter: ({ enabled, createdBy, search, since, until }: WebhookFilter) => ({
    conditions: [
      ...(typeof enabled === 'boolean' ? [{ holds: sql<SqlBool>`enabled = ${enabled}` }] : []),
      ...unindexedIf('created_by', createdBy),
      ...(search ? [contains(['name', 'url'], search)] : []),
    ],
    since,
    until,
  }),
});

/** Without the secret. */
export function toWebhook(row: Selectable<WebhooksTable>): WebhookRecord {
  const { secret: _secret, ...webhook } = camelKeys(row);
  return webhook;
}

export interface DeliveryFilter {
  readonly webhookId: string | null;
  readonly statuses: readonly DeliveryStatus[] | null;
}

export const deliveryList = keysetList({
  table: 'webhook_deliveries',
  at: 'created_at',
  id: 'delivery_id',
  filter: ({ webhookId, statuses }: DeliveryFilter) => ({
    conditions: [
      ...(webhookId === null ? [] : [indexed('webhook_id', [webhookId])]),
      ...(statuses === null ? [] : [indexed('status', statuses)]),
    ],
  }),
});

/** Deliveries that wait are kept. */
export const retainedDeliveries: Retained = {
  table: 'webhook_deliveries',
  by: 'finished_at',
  key: { delivery_id: 'text' },
};
