import { sql, type Kysely } from 'kysely';

/** Reports and decisions of agents, interventions of operators, and the KPIs of the business. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table agents (
    agent_id text primary key,
    name text,
    status text,
    current_activity text,
    reported_at timestamptz,
    paused boolean not null default false,
    last_decision_at timestamptz,
    decisions bigint not null default 0,
    outcomes bigint not null default 0,
    successes bigint not null default 0,
    response_time_sum numeric not null default 0,
    response_times bigint not null default 0
  )`.execute(db);
  await sql`comment on table agents is 'The last report of each agent, and figures of its stored decisions, so that nobody counts them.'`.execute(
    db,
  );

  await sql`create table decisions (
    decision_id text primary key,
    seq bigint not null unique,
    agent_id text not null,
    action_type text not null,
    parameters jsonb not null,
    rationale text,
    confidence_score double precision,
    expected_outcome jsonb not null,
    success boolean,
    response_time double precision,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null
  )`.execute(db);
  await sql`create index decisions_time on decisions (occurred_at, seq)`.execute(db);
  await sql`create index decisions_agent on decisions (agent_id, occurred_at, seq)`.execute(db);
  await sql`create index decisions_recorded on decisions using brin (recorded_at)`.execute(db);
  await sql`comment on table decisions is 'Decisions of agents; seq is the position in events. Times of response are seconds.'`.execute(
    db,
  );

  await sql`create table early_outcomes (
    decision_id text primary key,
    success boolean not null,
    response_time double precision,
    recorded_at timestamptz not null
  )`.execute(db);
  await sql`comment on table early_outcomes is 'Outcomes of decisions that nobody has reported yet.'`.execute(
    db,
  );

  await sql`create table decision_minutes (
    minute timestamptz primary key,
    decisions bigint not null,
    response_time_sum numeric not null,
    response_times bigint not null
  )`.execute(db);
  await sql`comment on table decision_minutes is 'Figures of the stored decisions of each minute, for sums over hours.'`.execute(
    db,
  );

  await sql`create table interventions (
    seq bigint primary key,
    intervention_id text not null,
    agent_id text not null,
    action text not null,
    parameters jsonb not null,
    reason text,
    previous_status text not null,
    new_status text not null,
    actor_id text not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null
  )`.execute(db);
  await sql`create index interventions_time on interventions (occurred_at, seq)`.execute(db);
  await sql`create index interventions_agent on interventions (agent_id, occurred_at, seq)`.execute(db);
  await sql`comment on table interventions is 'What operators did to agents; seq is the position in events.'`.execute(
    db,
  );

  await sql`create table kpis (
    name text primary key,
    value double precision not null,
    reported_at timestamptz not null
  )`.execute(db);
  await sql`comment on table kpis is 'The last reported value of each key figure.'`.execute(db);
}
