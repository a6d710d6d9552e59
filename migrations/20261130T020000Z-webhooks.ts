import { sql, type Kysely } from 'kysely';

/** Addresses that are called for alerts, and the calls: those that wait and those that ended. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table webhooks (
    webhook_id text primary key,
    name text not null,
    url text not null,
    secret text not null,
    enabled boolean not null,
    events text[],
    severities text[],
    alert_types text[],
    dropped bigint not null,
    created_by text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`.execute(db);
  await sql`create index webhooks_time on webhooks (created_at, webhook_id)`.execute(db);
  await sql`comment on table webhooks is 'Addresses that are called for alerts. A filter that is null selects all.'`.execute(
    db,
  );
  await sql`create table webhook_deliveries (
    delivery_id text primary key,
    webhook_id text not null,
    event text not null,
    alert_id text,
    body jsonb not null,
    status text not null,
    attempts integer not null,
    next_attempt_at timestamptz,
    last_attempt_at timestamptz,
    response_status integer,
    error text,
    duration_ms double precision,
    created_at timestamptz not null,
    finished_at timestamptz
  )`.execute(db);
  await sql`create index webhook_deliveries_time on webhook_deliveries (created_at, delivery_id)`.execute(db);
  await sql`create index webhook_deliveries_webhook on webhook_deliveries (webhook_id, created_at, delivery_id)`.execute(
    db,
  );
  await sql`create index webhook_deliveries_status on webhook_deliveries (status, created_at, delivery_id)`.execute(
    db,
  );
  await sql`create index webhook_deliveries_pending on webhook_deliveries (webhook_id, next_attempt_at)
    where status = 'PENDING'`.execute(db);
}
