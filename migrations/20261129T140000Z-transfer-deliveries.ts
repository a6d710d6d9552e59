import { sql, type Kysely } from 'kysely';

/** Deliveries of transfers to users. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table transfer_deliveries (
    seq bigint primary key,
    id text not null unique,
    transfer_id text not null,
    data_id text not null,
    total_bytes bigint not null,
    sha256 text not null,
    sender text not null,
    user_id text not null,
    delivered_by text not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null
  )`.execute(db);
  await sql`comment on table transfer_deliveries is
    'Transfers that were delivered to users, whether or not they had a connection. seq is the position in events.'
  `.execute(db);
}
