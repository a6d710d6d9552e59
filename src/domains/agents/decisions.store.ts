import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexed } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { insertion } from '../../db/write-rows.ts';
import { entryColumns, type EntryColumns } from '../../journal/entry-columns.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import { agentEvents, decisionIdOf, payloadIf, type DecisionMade, type DecisionOutcome } from './events.ts';

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

/** Outcomes of decisions that nobody has reported yet. */
export interface EarlyOutcomesTable {
  decision_id: string;
  success: boolean;
  response_time: number | null;
  recorded_at: Date;
}

/** Figures of the stored decisions of each minute; changed in the transactions that change those. */
export interface DecisionMinutesTable {
  minute: Date;
  decisions: number;
  response_time_sum: number;
  response_times: number;
}

type Db = Kysely<Database>;

/** A decision as it is known now. */
export interface DecisionRecord extends Omit<DecisionMade, 'decisionId'> {
  readonly decisionId: string;
  readonly occurredAt: Date;
}

/** Decisions are counted by agent as they are stored, so none is counted to answer. */
export const decisionList = keysetList({
  table: 'decisions',
  at: 'occurred_at',
  id: 'seq',
  filter: ({ agentId }: { readonly agentId: string | null }) => ({
    conditions: agentId === null ? [] : [indexed('agent_id', [agentId])],
  }),
  async count(db, { agentId }) {
    let query = db.selectFrom('agents').select(sql<number>`coalesce(sum(decisions), 0)::bigint`.as('count'));
    if (agentId !== null) query = query.where('agent_id', '=', agentId);
    return (await query.executeTakeFirst())?.count ?? 0;
  },
});

export function toDecision({ response_time: responseTimeSeconds, ...row }: DecisionsTable): DecisionRecord {
  return { ...camelKeys(row), responseTimeSeconds };
}

interface Outcome {
  readonly decision_id: string;
  readonly success: boolean;
  readonly response_time: number | null;
}

/**
 * Decisions and their outcomes, with the figures of their agents and minutes, in the transaction that stores the
 * events. A decision whose id is stored already changes nothing; an outcome that comes before its decision waits for it.
 */
export const decisionTable = topicHandler({
  topics: [agentEvents],
  async read(db, drafts): Promise<readonly Outcome[]> {
    const ids = drafts.flatMap((draft) => {
      const made = payloadIf('decisionMade', draft);
      return made === null ? [] : [decisionIdOf({ id: draft.id, payload: made })];
    });
    return ids.length === 0 ? [] : readEarlyOutcomes(db, ids);
  },
  project(entries, early) {
    const decisions = new Map<string, object>();
    const outcomes = new Map<string, Outcome>();
    for (const entry of entries) {
      const made = payloadIf('decisionMade', entry);
      if (made !== null) {
        const row = toRow(entry, made);
        if (!decisions.has(row.decision_id)) decisions.set(row.decision_id, row);
      }
      const known = payloadIf('decisionOutcomeKnown', entry);
      if (known !== null)
        outcomes.set(known.decisionId, merged(outcomes.get(known.decisionId), toOutcome(known)));
    }
    const arrived = early.filter(({ decision_id: id }) => decisions.has(id));
    for (const outcome of arrived)
      outcomes.set(outcome.decision_id, merged(outcome, outcomes.get(outcome.decision_id) ?? outcome));
    return [
      ...(decisions.size === 0 ? [] : [insertDecisions([...decisions.values()])]),
      ...(arrived.length === 0 ? [] : [deleteEarlyOutcomes(arrived)]),
      ...(outcomes.size === 0 ? [] : [storeOutcomes([...outcomes.values()])]),
    ];
  },
});

function toRow(entry: Entry, made: DecisionMade): DecisionsTable {
  const { responseTimeSeconds, ...known } = made;
  return {
    ...snakeKeys(known),
    decision_id: decisionIdOf({ id: entry.id, payload: made }),
    response_time: responseTimeSeconds,
    ...entryColumns(entry),
  };
}

function toOutcome({ decisionId, success, responseTimeSeconds }: DecisionOutcome): Outcome {
  return { decision_id: decisionId, success, response_time: responseTimeSeconds };
}

/** The later one counts; a time that it does not say stays. */
function merged(before: Outcome | undefined, after: Outcome): Outcome {
  return { ...after, response_time: after.response_time ?? before?.response_time ?? null };
}

function insertDecisions(rows: readonly object[]): RawBuilder<unknown> {
  return sql`
    with stored as (
      ${insertion('decisions', rows)}
      on conflict (decision_id) do nothing
      returning agent_id, success, response_time, occurred_at
    ), by_minute as (
      insert into decision_minutes as old (minute, decisions, response_time_sum, response_times)
      select
        date_trunc('minute', occurred_at), count(*), coalesce(sum(response_time::numeric), 0), count(response_time)
      from stored group by 1
      on conflict (minute) do update set
        decisions = old.decisions + excluded.decisions,
        response_time_sum = old.response_time_sum + excluded.response_time_sum,
        response_times = old.response_times + excluded.response_times
    )
    insert into agents as old (
      agent_id, last_decision_at, decisions, outcomes, successes, response_time_sum, response_times
    )
    select
      agent_id, max(occurred_at), count(*), count(success), count(*) filter (where success),
      coalesce(sum(response_time::numeric), 0), count(response_time)
    from stored group by agent_id
    on conflict (agent_id) do update set
      last_decision_at = greatest(old.last_decision_at, excluded.last_decision_at),
      decisions = old.decisions + excluded.decisions,
      outcomes = old.outcomes + excluded.outcomes,
      successes = old.successes + excluded.successes,
      response_time_sum = old.response_time_sum + excluded.response_time_sum,
      response_times = old.response_times + excluded.response_times`;
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
    where decision_id = any(${outcomes.map(({ decision_id: id }) => id)}::text[])`;
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
    ), changed as (
      update decisions set success = new_success, response_time = new_time
      from before where before.decision_id = decisions.decision_id
    ), by_agent as (
      update agents set
        outcomes = agents.outcomes + change.outcomes,
        successes = agents.successes + change.successes,
        response_time_sum = agents.response_time_sum + change.seconds,
        response_times = agents.response_times + change.times
      from (
        select
          agent_id,
          count(*) filter (where success is null) as outcomes,
          count(*) filter (where new_success) - count(*) filter (where success) as successes,
          coalesce(sum(new_time::numeric), 0) - coalesce(sum(response_time::numeric), 0) as seconds,
          count(new_time) - count(response_time) as times
        from before group by agent_id
      ) as change
      where change.agent_id = agents.agent_id
    ), by_minute as (
      update decision_minutes set
        response_time_sum = decision_minutes.response_time_sum + change.seconds,
        response_times = decision_minutes.response_times + change.times
      from (
        select
          date_trunc('minute', occurred_at) as minute,
          coalesce(sum(new_time::numeric), 0) - coalesce(sum(response_time::numeric), 0) as seconds,
          count(new_time) - count(response_time) as times
        from before group by 1
      ) as change
      where change.minute = decision_minutes.minute
    )
    insert into early_outcomes as old (decision_id, success, response_time, recorded_at)
    select decision_id, success, response_time, now() from outcome
    where not exists (select from before where before.decision_id = outcome.decision_id)
    on conflict (decision_id) do update set
      success = excluded.success,
      response_time = coalesce(excluded.response_time, old.response_time),
      recorded_at = excluded.recorded_at`;
}

/** Figures of the stored decisions of all agents, at an instant. */
export interface DecisionFigures {
  readonly decisions: number;
  /** Of the last hour. */
  readonly recentDecisions: number;
  /** Of the last 24 hours, in seconds. */
  readonly responseTimeSum: number;
  readonly responseTimes: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Sums of whole minutes, and of the decisions in the minute in which a window begins. */
export async function readFigures(db: Db, at: number): Promise<DecisionFigures> {
  const hour = windowFrom(at - hourMs);
  const day = windowFrom(at - 24 * hourMs);
  const figures = await sql<DecisionFigures>`
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
  return figures.rows[0] ?? { decisions: 0, recentDecisions: 0, responseTimeSum: 0, responseTimes: 0 };
}

/** The start of a window, and of its first whole minute. */
function windowFrom(start: number): { start: Date; minute: Date } {
  return { start: new Date(start), minute: new Date(Math.ceil(start / minuteMs) * minuteMs) };
}

/** Decisions with their share of the figures. The projection changes those too, so both take turns. */
const retainedWithFigures: Retained = {
  table: 'decisions',
  by: 'recorded_at',
  key: { occurred_at: 'timestamptz', seq: 'bigint' },
  withLog: true,
  async remove(db, old) {
    const removed = await sql<{ decisions: number }>`
      with removed as (
        delete from decisions where ${old} returning agent_id, success, response_time, occurred_at
      ), by_agent as (
        update agents set
          decisions = agents.decisions - share.decisions,
          outcomes = agents.outcomes - share.outcomes,
          successes = agents.successes - share.successes,
          response_time_sum = agents.response_time_sum - share.seconds,
          response_times = agents.response_times - share.times
        from (
          select
            agent_id, count(*) as decisions, count(success) as outcomes, count(*) filter (where success) as successes,
            coalesce(sum(response_time::numeric), 0) as seconds, count(response_time) as times
          from removed group by agent_id
        ) as share
        where share.agent_id = agents.agent_id
      ), by_minute as (
        update decision_minutes set
          decisions = decision_minutes.decisions - share.decisions,
          response_time_sum = decision_minutes.response_time_sum - share.seconds,
          response_times = decision_minutes.response_times - share.times
        from (
          select
            date_trunc('minute', occurred_at) as minute, count(*) as decisions,
            coalesce(sum(response_time::numeric), 0) as seconds, count(response_time) as times
          from removed group by 1
        ) as share
        where share.minute = decision_minutes.minute
      )
      select count(*)::int as decisions from removed`.execute(db);
    await sql`delete from decision_minutes where decisions = 0`.execute(db);
    return removed.rows[0]?.decisions ?? 0;
  },
};

/** Decisions, and outcomes whose decisions were never reported. */
export const retainedDecisions: readonly Retained[] = [
  retainedWithFigures,
  { table: 'early_outcomes', by: 'recorded_at', key: { decision_id: 'text' } },
];
