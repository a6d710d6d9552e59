import { sql, type Kysely } from 'kysely';

/** Data providers, the logs of requests to them, and their statistics. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table providers (
      id integer generated always as identity primary key,
      name text not null unique,
      category text not null,
      endpoint_url text not null,
      health_check_url text not null,
      requires_key boolean not null,
      rate_limit_type text,
      rate_limit_value integer,
      timeout_ms integer not null,
      priority_tier integer not null,
      collect boolean not null,
      configured boolean not null,
      history jsonb
    );
    comment on table providers is 'Providers as the newest start configured them; history is how the log says they do, null before the first request.';

    create table provider_logs (
      seq bigint primary key,
      log_type text not null,
      provider_id integer not null,
      provider text not null,
      occurred_at timestamptz not null,
      recorded_at timestamptz not null,
      payload jsonb not null
    );
    create index provider_logs_time on provider_logs (occurred_at, seq);
    create index provider_logs_type on provider_logs (log_type, occurred_at, seq);
    create index provider_logs_provider on provider_logs (provider, log_type, occurred_at, seq);
    create index provider_logs_recorded on provider_logs (recorded_at);
    comment on table provider_logs is 'Attempts, failures, collections and snapshots of rate limits; seq is the position in events.';

    create table provider_metrics (
      at timestamptz primary key,
      total_providers integer not null,
      online_count integer not null,
      degraded_count integer not null,
      offline_count integer not null,
      avg_response_time_ms float8,
      total_requests_hour integer not null,
      total_failures_hour integer not null,
      system_health text not null
    );
    comment on table provider_metrics is 'All providers in short, a row a minute.';
  `.execute(db);
}
