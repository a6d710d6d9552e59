import { sql, type Generated, type Kysely, type Selectable, type SqlBool } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexedIf, unindexedIf } from '../../db/list-conditions.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows, upsertRows } from '../../db/write-rows.ts';
import { entryColumns, type EntryColumns } from '../../journal/entry-columns.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import {
  agentEvents,
  kpiNames,
  payloadIf,
  type AgentEventPayload,
  type AgentIntervention,
  type AgentState,
  type InterventionAction,
  type KpiName,
} from './events.ts';
import { reportTime, unknownAgent, type AgentRow } from './agent-row.ts';
import { requireAgentsWithin } from './agents-max.ts';

declare module '../../db/database.ts' {
  interface Database {
    agents: AgentsTable;
    interventions: InterventionsTable;
    kpis: KpisTable;
  }
}

/** Reported values, whether an operator has paused the agent, and statistics of its stored decisions. */
export interface AgentsTable {
  agent_id: string;
  /** When the first row of the agent was stored. */
  registered_at: Generated<Date>;
  name: string | null;
  status: AgentState | null;
  current_activity: string | null;
  reported_at: Date | null;
  paused: boolean;
  last_decision_at: Date | null;
  decisions: number;
  /** Decisions with a known outcome. */
  outcomes: number;
  successes: number;
  /** Seconds. */
  response_time_sum: number;
  /** Decisions with a known response time. */
  response_times: number;
}

export type InterventionsTable = SnakeKeys<AgentIntervention> & EntryColumns;

export interface KpisTable {
  name: KpiName;
  value: number;
  reported_at: Date;
}

type Db = Kysely<Database>;

/** One row for each id, in their order, including agents of which nothing is stored. */
export async function readAgents(db: Db, agentIds: readonly string[]): Promise<readonly AgentRow[]> {
  const rows = await agentRows(db)
    .where(sql<boolean>`agent_id = any(${agentIds}::text[])`)
    .execute();
  return inOrder(agentIds, rows);
}

/** These agents in their order, then all others that have reported, in the order of their first reports. */
export async function readAllAgents(db: Db, first: readonly string[]): Promise<readonly AgentRow[]> {
  const rows = await agentRows(db).orderBy('registered_at').orderBy('agent_id').execute();
  const others = rows.filter((row) => !first.includes(row.agent_id));
  return [...inOrder(first, rows), ...others.map(toRow)];
}

function agentRows(db: Db) {
  return db
    .selectFrom('agents')
    .selectAll()
    .select(sql<number>`response_time_sum::float8`.as('response_time_sum'));
}

function toRow({ registered_at: _registeredAt, ...row }: Selectable<AgentsTable>): AgentRow {
  return camelKeys(row);
}

function inOrder(agentIds: readonly string[], rows: readonly Selectable<AgentsTable>[]): readonly AgentRow[] {
  const known = new Map(rows.map((row) => [row.agent_id, toRow(row)]));
  return agentIds.map((agentId) => known.get(agentId) ?? unknownAgent(agentId));
}

/**
 * Rejects reports of agents beyond a number. It is checked under the lock of the log, so it holds for all instances
 * together.
 * @param first the agents that are known without a report.
 */
export function agentRegistration(first: readonly string[], agentsMax: number) {
  return topicHandler({
    topics: [agentEvents],
    async read(db, drafts) {
      const agentIds = reporters(drafts);
      if (agentIds.length === 0) return { known: new Set<string>(), count: 0 };
      const { rows } = await sql<{ known: string[]; count: number }>`
        select array(select agent_id from agents where agent_id = any(${agentIds}::text[])) as known,
          (select count(*) from agents where agent_id <> all(${first}::text[]))::int as count`.execute(db);
      return { known: new Set(rows[0]?.known), count: first.length + (rows[0]?.count ?? 0) };
    },
    enrich(drafts, { known, count }) {
      const added = reporters(drafts).filter((agentId) => !known.has(agentId) && !first.includes(agentId));
      requireAgentsWithin(agentsMax, count, added);
      return drafts;
    },
  });
}

/** The agents of reports and decisions, each once. */
function reporters(drafts: readonly Pick<Entry<AgentEventPayload>, 'type' | 'payload'>[]): string[] {
  return [
    ...new Set(
      drafts.flatMap((draft) => {
        const report = payloadIf('agentReported', draft) ?? payloadIf('decisionMade', draft);
        return report === null ? [] : [report.agentId];
      }),
    ),
  ];
}

/** Stores what an intervention changes. */
export async function storeIntervened(db: Db, { agentId, paused, currentActivity }: AgentRow): Promise<void> {
  await sql`
    insert into agents (agent_id, paused, current_activity)
    values (${agentId}, ${paused}, ${currentActivity})
    on conflict (agent_id) do update set
      paused = excluded.paused, current_activity = excluded.current_activity`.execute(db);
}

type ReportRow = Pick<Selectable<AgentsTable>, 'agent_id' | 'name' | 'status' | 'current_activity'> & {
  reported_at: Date;
};

/** Stores the last report of each agent. An older report changes nothing. */
export const agentTable = topicHandler({
  topics: [agentEvents],
  project(entries) {
    const reports = new Map<string, ReportRow>();
    for (const entry of entries) {
      const report = payloadIf('agentReported', entry);
      if (report === null) continue;
      const { agentId: agent_id, status, currentActivity: current_activity } = report;
      const before = reports.get(agent_id);
      const reported_at = reportTime(entry);
      if (before !== undefined && before.reported_at > reported_at) continue;
      const name = report.name ?? before?.name ?? null;
      reports.set(agent_id, { agent_id, name, status, current_activity, reported_at });
    }
    return upsertRows('agents', [...reports.values()], {
      key: ['agent_id'],
      merge: { name: sql`coalesce(excluded.name, old.name)` },
      where: sql`old.reported_at is null or old.reported_at <= excluded.reported_at`,
    });
  },
});

/** An agent is forgotten when its last report is old and its decisions are removed, unless an operator paused it. */
export const retainedAgents: Retained = {
  table: 'agents',
  by: sql`greatest(reported_at, last_decision_at)`,
  key: { agent_id: 'text' },
  and: sql<SqlBool>`decisions = 0 and not paused`,
};

export interface InterventionRecord extends AgentIntervention {
  readonly occurredAt: Date;
}

export const interventionTable = topicHandler({
  topics: [agentEvents],
  project: (entries) =>
    insertRows(
      'interventions',
      entries.flatMap((entry) => {
        const intervention = payloadIf('agentIntervened', entry);
        return intervention === null ? [] : [{ ...snakeKeys(intervention), ...entryColumns(entry) }];
      }),
    ),
});

export interface InterventionFilter {
  readonly agentId?: string | null | undefined;
  readonly actorId?: string | null | undefined;
  readonly actions?: readonly InterventionAction[] | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

export const interventionList = keysetList({
  table: 'interventions',
  at: 'occurred_at',
  id: 'seq',
  key: 'intervention_id',
  filter: ({ agentId, actorId, actions, since, until }: InterventionFilter) => ({
    conditions: [
      ...indexedIf('agent_id', agentId),
      ...unindexedIf('actor_id', actorId),
      ...unindexedIf('action', actions),
    ],
    since,
    until,
  }),
});

export const retainedInterventions: Retained = {
  table: 'interventions',
  by: 'recorded_at',
  inOrderOfTime: true,
};

/** Stores the last value of each KPI. An older value changes nothing. */
export const kpiTable = topicHandler({
  topics: [agentEvents],
  project(entries) {
    const values = new Map<string, KpisTable>();
    for (const entry of entries) {
      const report = payloadIf('kpisReported', entry) ?? {};
      const reportedAt = reportTime(entry);
      for (const name of kpiNames) {
        const value = report[name];
        const before = values.get(name);
        if (value === undefined || (before !== undefined && before.reported_at > reportedAt)) continue;
        values.set(name, { name, value, reported_at: reportedAt });
      }
    }
    return upsertRows('kpis', [...values.values()], {
      key: ['name'],
      where: sql`old.reported_at <= excluded.reported_at`,
    });
  },
});

export async function readKpis(db: Db): Promise<Readonly<Record<KpiName, number | null>>> {
  const rows = await db.selectFrom('kpis').selectAll().execute();
  const values = new Map(rows.map(({ name, value }) => [name, value]));
  return Object.fromEntries(kpiNames.map((name) => [name, values.get(name) ?? null])) as Record<
    KpiName,
    number | null
  >;
}
