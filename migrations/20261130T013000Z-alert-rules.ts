import { sql, type Kysely } from 'kysely';

/** Rules that raise alerts: those of operators, and those of the configuration, which are stored to be shown. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table alert_rules (
    rule_id text primary key,
    origin text not null,
    enabled boolean not null,
    field text,
    metric_name text,
    metric_labels jsonb,
    comparison text,
    threshold double precision,
    up_to double precision,
    avg_over_ms integer,
    for_ms integer not null,
    clear_ms integer not null,
    no_data_ms integer,
    severity text not null,
    title text not null,
    message text,
    actions text[] not null,
    created_by text,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`.execute(db);
  await sql`create index alert_rules_time on alert_rules (created_at, rule_id)`.execute(db);
  await sql`create index alert_rules_origin on alert_rules (origin, created_at, rule_id)`.execute(db);
}
