import { sql, type Kysely } from 'kysely';

/** The log of all topics, and its metadata. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create sequence events_seq;

    create table events (
      seq bigint primary key default nextval('events_seq'),
      topic text not null,
      key text not null,
      type text not null,
      id text not null unique,
      occurred_at timestamptz not null,
      recorded_at timestamptz not null default clock_timestamp(),
      payload jsonb not null
    );
    create index events_topic_seq on events (topic, seq);
    create index events_recorded_at on events using brin (recorded_at);
    comment on table events is 'Append-only log of every topic; seq is the order of commit.';

    create table event_floors (
      topic text primary key,
      seq bigint not null
    );
    comment on table event_floors is 'Up to which seq retention has removed the events of a topic.';

    create table journal_identity (
      "only" boolean primary key default true check ("only"),
      epoch text not null
    );
    comment on table journal_identity is 'One row: the epoch in every cursor, by which the cursors of another log are told apart.';
    insert into journal_identity (epoch) values (substr(md5(random()::text || clock_timestamp()::text), 1, 8));
  `.execute(db);
}
