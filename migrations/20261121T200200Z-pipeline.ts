import { sql, type Kysely } from 'kysely';

/** Reports of producers on deployed models, their training, and the files they are trained on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table deployed_models (
      model_id text primary key,
      model_name text,
      model_version text,
      model_size_bytes bigint,
      deployed_at timestamptz,
      deployed_seq bigint,
      operational_status text not null,
      status_at timestamptz,
      accuracy float8,
      health_score float8,
      total_predictions bigint not null,
      timed_predictions bigint not null,
      response_time_sum_ms float8 not null,
      last_prediction_at timestamptz
    );
    create index deployed_models_deployed_at on deployed_models (deployed_at, deployed_seq);
    comment on table deployed_models is 'Models in service, as deployments, status reports and predictions tell of them.';

    create table prediction_counts (
      at timestamptz not null,
      model_id text not null,
      predictions bigint not null,
      primary key (at, model_id)
    );
    comment on table prediction_counts is 'Predictions by the second for which they were reported; only the last minutes, for the rate.';

    create table prediction_volume (
      "only" boolean primary key default true check ("only"),
      milestone bigint not null,
      per_minute float8 not null
    );
    comment on table prediction_volume is 'One row: the highest milestone and the rate that were told last.';

    create table training_runs (
      run_id text primary key,
      model_id text,
      state text not null,
      started_at timestamptz not null,
      updated_at timestamptz not null,
      ended_at timestamptz,
      progress jsonb,
      ending jsonb,
      recorded_at timestamptz not null
    );
    create index training_runs_started_at on training_runs (started_at, run_id);
    create index training_runs_state on training_runs (state, started_at, run_id);
    comment on table training_runs is 'Training runs: the newest progress, and how they ended.';

    create table uploads (
      upload_id text primary key,
      filename text not null,
      started_at timestamptz not null,
      updated_at timestamptz not null,
      progress jsonb,
      progress_at timestamptz,
      validation jsonb,
      validated_at timestamptz,
      recorded_at timestamptz not null
    );
    create index uploads_started_at on uploads (started_at, upload_id);
    comment on table uploads is 'Uploaded files: the newest progress, and what their validation said.';
  `.execute(db);
}
