import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexed } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows, upsertRows } from '../../db/write-rows.ts';
import { entryColumns, type EntryColumns } from '../../journal/entry-columns.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { camelKeys, snakeKeys, type CamelKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import {
  agentEvents,
  kpiNames,
  payloadIf,
  type AgentIntervention,
  type AgentState,
  type KpiName,
} from './events.ts';

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

export type AgentRow = CamelKeys<AgentsTable>;

export type InterventionsTable = SnakeKeys<AgentIntervention> & EntryColumns;

export interface KpisTable {
  name: KpiName;
  value: number;
  reported_at: Date;
}

type Db = Kysely<Database>;

/** One row for each id, in their order, including agents of which nothing is stored. */
export async function readAgents(db: Db, agentIds: readonly string[]): Promise<readonly AgentRow[]> {
  const rows = await db
    .selectFrom('agents')
    .selectAll()
    .select(sql<number>`response_time_sum::float8`.as('response_time_sum'))
    .where('agent_id', 'in', [...agentIds])
    .execute();
  const known = new Map(rows.map((row) => [row.agent_id, camelKeys(row)]));
  return agentIds.map((agentId) => known.get(agentId) ?? unknownAgent(agentId));
}

/** The row of an agent of which nothing is stored. */
export function unknownAgent(agentId: string): AgentRow {
  return {
    agentId,
    name: null,
    status: null,
    currentActivity: null,
    reportedAt: null,
    paused: false,
    lastDecisionAt: null,
    decisions: 0,
    outcomes: 0,
    successes: 0,
    responseTimeSum: 0,
    responseTimes: 0,
  };
}

/** Stores what an intervention changes. */
export async function storeIntervened(db: Db, { agentId, paused, currentActivity }: AgentRow): Promise<void> {
  await sql`
    insert into agents (agent_id, paused, current_activity)
    values (${agentId}, ${paused}, ${currentActivity})
    on conflict (agent_id) do update set
      paused = excluded.paused, current_activity = excluded.current_activity`.execute(db);
}

type ReportRow = Pick<AgentsTable, 'agent_id' | 'name' | 'status' | 'current_activity'> & {
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

/** A report whose time is in the future, because of a wrong clock, is not newer than one that is stored later. */
function reportTime({ occurredAt, recordedAt }: Entry): Date {
  return new Date(Math.min(occurredAt, recordedAt));
}

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

export const interventionList = keysetList({
  table: 'interventions',
  at: 'occurred_at',
  id: 'seq',
  key: 'intervention_id',
  filter: ({ agentId }: { readonly agentId: string | null }) => ({
    conditions: agentId === null ? [] : [indexed('agent_id', [agentId])],
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
