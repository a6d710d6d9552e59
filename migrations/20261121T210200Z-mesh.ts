import { sql, type Kysely } from 'kysely';

/** Workflows, notifications, and large data received in chunks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table workflows (
      workflow_id text primary key,
      status text not null,
      stage text not null,
      progress integer not null,
      message text,
      estimated_completion timestamptz,
      owner_user_id text,
      started_at timestamptz not null,
      updated_at timestamptz not null,
      recorded_at timestamptz not null
    );
    create index workflows_started_at on workflows (started_at, workflow_id);
    create index workflows_status on workflows (status, started_at, workflow_id);
    create index workflows_recorded_at on workflows (recorded_at);
    comment on table workflows is 'Workflows as their newest reports tell of them.';

    create table notifications (
      seq bigint primary key,
      id text not null,
      notification_id text not null,
      user_id text,
      title text not null,
      message text not null,
      category text not null,
      priority text not null,
      action jsonb,
      metadata jsonb not null,
      occurred_at timestamptz not null,
      recorded_at timestamptz not null
    );
    create index notifications_to_all on notifications (occurred_at, seq) where user_id is null;
    create index notifications_to_one on notifications (user_id, occurred_at, seq) where user_id is not null;
    create index notifications_recorded_at on notifications using brin (recorded_at);
    comment on table notifications is 'Notifications; without a user they are for everybody. seq is the position in events.';

    create table transfers (
      seq bigint primary key,
      id text not null unique,
      data_id text not null,
      sender text not null,
      total_bytes bigint not null,
      sha256 text not null,
      received_at timestamptz not null
    );
    create index transfers_received_at on transfers (received_at, seq);
    create index transfers_sender on transfers (sender, data_id);
    comment on table transfers is 'Large data that was received whole; seq is the position in events.';

    create table transfer_parts (
      transfer_id text not null,
      part integer not null,
      bytes bytea not null,
      primary key (transfer_id, part)
    );
    -- as it is: compressing it would keep the writers of the log waiting
    alter table transfer_parts alter column bytes set storage external;
    comment on table transfer_parts is 'The bytes of transfers: parts of 1 MiB from 0, the last one shorter.';
  `.execute(db);
}
