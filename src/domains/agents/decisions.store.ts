import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexedIf, unindexedIf } from '../../db/list-conditions.ts';
import type { Retained } from '../../db/retained.ts';
import { insertion } from '../../db/write-rows.ts';
import { entryColumns, type EntryColumns } from '../../journal/entry-columns.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import { agentEvents, decisionIdOf, payloadIf, type DecisionMade } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    decisions: DecisionsTable;
    early_outcomes: EarlyOutcomesTable;
    decision_minutes: DecisionMinutesTable;
  }
}

/** The response time is in seconds. */
export type DecisionsTable = SnakeKeys<Omit<DecisionRecord, 'occurredAt' | 'responseTimeSeconds'>> &
  EntryColumns & { response_time: number | null };

/** Outcomes that were reported before their decisions. */
export interface EarlyOutcomesTable {
  decision_id: string;
  success: boolean;
  response_time: number | null;
  recorded_at: Date;
}

/** Statistics of the stored decisions of each minute, so that sums over a day read no decisions. */
export interface DecisionMinutesTable {
  minute: Date;
  decisions: number;
  /** Seconds. */
  response_time_sum: number;
  /** Decisions with a known response time. */
  response_times: number;
}

type Db = Kysely<Database>;

/** A decision with its outcome as far as it is known. */
export interface DecisionRecord extends DecisionMade {
  readonly decisionId: string;
  /** Position of `decisionMade` in the log. */
  readonly seq: number;
  readonly occurredAt: Date;
}

export interface DecisionFilter {
  readonly agentId?: string | null | undefined;
  readonly actionTypes?: readonly string[] | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

/** The decisions of an agent are counted when they are stored, not for each query. */
export const decisionList = keysetList({
  table: 'decisions',
  at: 'occurred_at',
  id: 'seq',
  key: 'decision_id',
  filter: ({ agentId, actionTypes, since, until }: DecisionFilter) => ({
    conditions: [...indexedIf('agent_id', agentId), ...unindexedIf('action_type', actionTypes)],
    since,
    until,
  }),
  count({ agentId, actionTypes, since, until }) {
    if (actionTypes || since || until) return null;
    const ofAgent = typeof agentId === 'string' ? sql`agent_id = ${agentId}` : sql`true`;
    return sql`select coalesce(sum(decisions), 0) from agents where ${ofAgent}`;
  },
});

export function toDecision({ response_time: responseTimeSeconds, ...row }: DecisionsTable): DecisionRecord {
  return { ...camelKeys(row), responseTimeSeconds };
}

type Outcome = Omit<EarlyOutcomesTable, 'recorded_at'>;

/**
 * Maintains the decisions with their outcomes, and the statistics of agents and minutes. A decision whose id is already
 * stored changes nothing. An outcome without a decision is kept until the decision is reported.
 */
export const decisionTable = topicHandler({
  topics: [agentEvents],
  async read(db, drafts): Promise<readonly Outcome[]> {
    const ids = drafts.flatMap((draft) => {
      const decision = payloadIf('decisionMade', draft);
      return decision === null ? [] : [decisionIdOf(draft.id, decision)];
    });
    return ids.length === 0 ? [] : readEarlyOutcomes(db, ids);
  },
  project(entries, early) {
    const decisions = new Map<string, DecisionsTable>();
    const outcomes = new Map<string, Outcome>();
    for (const entry of entries) {
      const decision = payloadIf('decisionMade', entry);
      if (decision !== null) {
        const row = toRow(entry, decision);
        if (!decisions.has(row.decision_id)) decisions.set(row.decision_id, row);
      }
      const outcome = payloadIf('decisionOutcomeKnown', entry);
      if (outcome === null) continue;
      const { decisionId: decision_id, success, responseTimeSeconds: response_time } = outcome;
      outcomes.set(decision_id, merged(outcomes.get(decision_id), { decision_id, success, response_time }));
    }
    const matched = early.filter(({ decision_id }) => decisions.has(decision_id));
    for (const outcome of matched)
      outcomes.set(outcome.decision_id, merged(outcome, outcomes.get(outcome.decision_id) ?? outcome));
    return [
      ...(decisions.size === 0 ? [] : [insertDecisions([...decisions.values()])]),
      ...(matched.length === 0 ? [] : [deleteEarlyOutcomes(matched)]),
      ...(outcomes.size === 0 ? [] : [storeOutcomes([...outcomes.values()])]),
    ];
  },
});

function toRow(entry: Entry, { responseTimeSeconds, ...decision }: DecisionMade): DecisionsTable {
  return {
    ...snakeKeys(decision),
    decision_id: decisionIdOf(entry.id, { ...decision, responseTimeSeconds }),
    response_time: responseTimeSeconds,
    ...entryColumns(entry),
  };
}

/** The later outcome counts. If it has no response time, the earlier one is kept. */
function merged(before: Outcome | undefined, after: Outcome): Outcome {
  return { ...after, response_time: after.response_time ?? before?.response_time ?? null };
}

/**
 * Common table expressions that add the rows of `change` to the statistics of agents and minutes. Its columns are
 * agent_id, occurred_at, decisions, outcomes, successes, seconds and times; removed decisions count negatively.
 */
const addToStats = sql`by_minute as (
    insert into decision_minutes as old (minute, decisions, response_time_sum, response_times)
    select date_trunc('minute', occurred_at), sum(decisions), sum(seconds), sum(times) from change group by 1
    on conflict (minute) do update set
      decisions = old.decisions + excluded.decisions,
      response_time_sum = old.response_time_sum + excluded.response_time_sum,
      response_times = old.response_times + excluded.response_times
  ), by_agent as (
    insert into agents as old (
      agent_id, last_decision_at, decisions, outcomes, successes, response_time_sum, response_times
    )
    select agent_id, max(occurred_at), sum(decisions), sum(outcomes), sum(successes), sum(seconds), sum(times)
    from change group by agent_id
    on conflict (agent_id) do update set
      last_decision_at = greatest(old.last_decision_at, excluded.last_decision_at),
      decisions = old.decisions + excluded.decisions,
      outcomes = old.outcomes + excluded.outcomes,
      successes = old.successes + excluded.successes,
      response_time_sum = old.response_time_sum + excluded.response_time_sum,
      response_times = old.response_times + excluded.response_times
  )`;

/** The rows of `change` for whole decisions in `source`, stored (1) or removed (-1). */
function wholeDecisions(source: string, sign: 1 | -1): RawBuilder<unknown> {
  return sql`
    select
      agent_id, occurred_at, ${sql.lit(sign)} as decisions, ${sql.lit(sign)} * (success is not null)::int as outcomes,
      ${sql.lit(sign)} * coalesce(success, false)::int as successes,
      ${sql.lit(sign)} * coalesce(response_time::numeric, 0) as seconds,
      ${sql.lit(sign)} * (response_time is not null)::int as times
    from ${sql.table(source)}`;
}

function insertDecisions(rows: readonly object[]): RawBuilder<unknown> {
  return sql`
    with stored as (
      ${insertion('decisions', rows)}
      on conflict (decision_id) do nothing
      returning agent_id, success, response_time, occurred_at
    ), change as (${wholeDecisions('stored', 1)}), ${addToStats}
    select`;
}

async function readEarlyOutcomes(db: Db, decisionIds: readonly string[]): Promise<readonly Outcome[]> {
  return db
    .selectFrom('early_outcomes')
    .select(['decision_id', 'success', 'response_time'])
    .where(sql<boolean>`decision_id = any(${decisionIds}::text[])`)
    .execute();
}

function deleteEarlyOutcomes(outcomes: readonly Outcome[]): RawBuilder<unknown> {
  return sql`
    delete from early_outcomes
    where decision_id = any(${outcomes.map(({ decision_id }) => decision_id)}::text[])`;
}

function storeOutcomes(outcomes: readonly Outcome[]): RawBuilder<unknown> {
  return sql`
    with outcome as (
      select * from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as row (
        decision_id text, success boolean, response_time float8
      )
    ), before as (
      select
        decisions.decision_id, agent_id, occurred_at, decisions.success, decisions.response_time,
        outcome.success as new_success, coalesce(outcome.response_time, decisions.response_time) as new_time
      from decisions join outcome using (decision_id)
    ), updated as (
      update decisions set success = new_success, response_time = new_time
      from before where before.decision_id = decisions.decision_id
    ), change as (
      select
        agent_id, occurred_at, 0 as decisions, (success is null)::int as outcomes,
        new_success::int - coalesce(success, false)::int as successes,
        coalesce(new_time::numeric, 0) - coalesce(response_time::numeric, 0) as seconds,
        (new_time is not null)::int - (response_time is not null)::int as times
      from before
    ), ${addToStats}
    insert into early_outcomes as old (decision_id, success, response_time, recorded_at)
    select decision_id, success, response_time, now() from outcome
    where not exists (select from before where before.decision_id = outcome.decision_id)
    on conflict (decision_id) do update set
      success = excluded.success,
      response_time = coalesce(excluded.response_time, old.response_time),
      recorded_at = excluded.recorded_at`;
}

/** Statistics of the stored decisions of all agents. */
export interface DecisionStats {
  readonly decisions: number;
  /** Of the last hour. */
  readonly recentDecisions: number;
  /** Of the last 24 hours, in seconds. */
  readonly responseTimeSum: number;
  readonly responseTimes: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Sums over whole minutes, and over the decisions in the minute in which a period begins. */
export async function readDecisionStats(db: Db, at: number): Promise<DecisionStats> {
  const hour = periodFrom(at - hourMs);
  const day = periodFrom(at - 24 * hourMs);
  const { rows } = await sql<DecisionStats>`
    select
      (select coalesce(sum(decisions), 0) from agents)::bigint as decisions,
      (
        (select coalesce(sum(decisions), 0) from decision_minutes where minute >= ${hour.minute}) +
        (select count(*) from decisions where occurred_at >= ${hour.start} and occurred_at < ${hour.minute})
      )::bigint as "recentDecisions",
      (minutes.seconds + first.seconds)::float8 as "responseTimeSum",
      (minutes.times + first.times)::bigint as "responseTimes"
    from (
      select coalesce(sum(response_time_sum), 0) as seconds, coalesce(sum(response_times), 0) as times
      from decision_minutes where minute >= ${day.minute}
    ) as minutes, (
      select coalesce(sum(response_time::numeric), 0) as seconds, count(response_time) as times
      from decisions where occurred_at >= ${day.start} and occurred_at < ${day.minute}
    ) as first`.execute(db);
  return rows[0] ?? { decisions: 0, recentDecisions: 0, responseTimeSum: 0, responseTimes: 0 };
}

/** The start of a period, and of its first whole minute. */
function periodFrom(start: number): { start: Date; minute: Date } {
  return { start: new Date(start), minute: new Date(Math.ceil(start / minuteMs) * minuteMs) };
}

/** Removes decisions from the statistics too. Topic handlers change these, so removal takes the lock of the log. */
const decisionsWithStats: Retained = {
  table: 'decisions',
  by: 'recorded_at',
  key: { occurred_at: 'timestamptz', seq: 'bigint' },
  withLog: true,
  async remove(db, old) {
    const removed = await sql<{ decisions: number }>`
      with removed as (
        delete from decisions where ${old} returning agent_id, success, response_time, occurred_at
      ), change as (${wholeDecisions('removed', -1)}), ${addToStats}
      select count(*)::int as decisions from removed`.execute(db);
    await sql`delete from decision_minutes where decisions = 0`.execute(db);
    return removed.rows[0]?.decisions ?? 0;
  },
};

/** Includes outcomes whose decisions were never reported. */
export const retainedDecisions: readonly Retained[] = [
  decisionsWithStats,
  { table: 'early_outcomes', by: 'recorded_at', key: { decision_id: 'text' } },
];
