import { sql, type Kysely } from 'kysely';

/**
 * Alerts and activities are numbered from 1, each kind separately; before, their ids contained positions in the log.
 * Existing ids do not change. Numbers start above those in the ids of today, so that ids stay unique.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table event_numbers (kind text primary key, last bigint not null);
    comment on table event_numbers is 'The number that was given last to an event of each kind that is numbered.';
    alter table alerts add column number bigint;
    update alerts set number = numbered.number
      from (select seq, row_number() over (order by seq) as number from alerts) as numbered
      where alerts.seq = numbered.seq;
    alter table alerts alter column number set not null;
    create unique index alerts_number on alerts (number);
    insert into event_numbers
      select 'alert', greatest(count(*), max(seq) filter (
        where id >= 'alert_' || to_char(now() at time zone 'utc', 'YYYYMMDD'))) from alerts
      union all
      select 'activity', greatest(count(*), max(seq) filter (
        where id >= 'act_' || to_char(now() at time zone 'utc', 'YYYYMMDD'))) from activities;
  `.execute(db);
}
