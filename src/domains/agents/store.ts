import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexed } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows, upsertRows } from '../../db/write-rows.ts';
import { entryColumns, type EntryColumns } from '../../journal/entry-columns.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import {
  agentEvents,
  kpiNames,
  payloadIf,
  type AgentIntervention,
  type AgentState,
  type KpiName,
} from './events.ts';
import { unknownAgent, type AgentRow } from './status.ts';

declare module '../../db/database.ts' {
  interface Database {
    agents: AgentsTable;
    interventions: InterventionsTable;
    kpis: KpisTable;
  }
}

export interface AgentsTable {
  agent_id: string;
  name: string | null;
  /** As reported. */
  status: AgentState | null;
  current_activity: string | null;
  reported_at: Date | null;
  paused: boolean;
  last_decision_at: Date | null;
  /** Of the stored decisions: changed in the transactions that change those. */
  decisions: number;
  outcomes: number;
  successes: number;
  response_time_sum: number;
  response_times: number;
}

export type InterventionsTable = SnakeKeys<AgentIntervention> & EntryColumns;

export interface KpisTable {
  name: KpiName;
  value: number;
  reported_at: Date;
}

type Db = Kysely<Database>;

/** One row for each id, in their order, also of agents of which nothing is stored. */
export async function readAgents(db: Db, agentIds: readonly string[]): Promise<readonly AgentRow[]> {
  const rows = await db
    .selectFrom('agents')
    .selectAll()
    .select(sql<number>`response_time_sum::float8`.as('response_time_sum'))
    .where('agent_id', 'in', [...agentIds])
    .execute();
  const known = new Map(rows.map((row) => [row.agent_id, toAgent(row)]));
  return agentIds.map((agentId) => known.get(agentId) ?? unknownAgent(agentId));
}

function toAgent(row: Selectable<AgentsTable>): AgentRow {
  return {
    ...camelKeys(row),
    reportedAt: row.reported_at?.getTime() ?? null,
    lastDecisionAt: row.last_decision_at?.getTime() ?? null,
  };
}

/** What an operator changes of an agent. */
export async function storeIntervened(db: Db, { agentId, paused, currentActivity }: AgentRow): Promise<void> {
  await sql`
    insert into agents (agent_id, paused, current_activity)
    values (${agentId}, ${paused}, ${currentActivity})
    on conflict (agent_id) do update set
      paused = excluded.paused, current_activity = excluded.current_activity`.execute(db);
}

interface ReportRow extends Pick<AgentsTable, 'agent_id' | 'name' | 'status' | 'current_activity'> {
  readonly reported_at: Date;
}

/** The last report of each agent, in the transaction that stores the events. An older one changes nothing. */
export const agentTable = topicHandler({
  topics: [agentEvents],
  project(entries) {
    const reports = new Map<string, ReportRow>();
    for (const entry of entries) {
      const report = payloadIf('agentReported', entry);
      if (report === null) continue;
      const reportedAt = new Date(Math.min(entry.occurredAt, entry.recordedAt)); // a clock ahead of ours is not fresher
      const before = reports.get(report.agentId);
      if (before !== undefined && before.reported_at > reportedAt) continue;
      reports.set(report.agentId, {
        agent_id: report.agentId,
        name: report.name ?? before?.name ?? null,
        status: report.status,
        current_activity: report.currentActivity,
        reported_at: reportedAt,
      });
    }
    return upsertRows('agents', [...reports.values()], {
      key: ['agent_id'],
      merge: { name: sql`coalesce(excluded.name, old.name)` },
      where: sql`old.reported_at is null or old.reported_at <= excluded.reported_at`,
    });
  },
});

/** An intervention as a list, an event or the mutation shows it. */
export interface InterventionRecord extends AgentIntervention {
  readonly occurredAt: Date;
}

export const interventionTable = topicHandler({
  topics: [agentEvents],
  project: (entries) =>
    insertRows(
      'interventions',
      entries.flatMap((entry) => {
        const done = payloadIf('agentIntervened', entry);
        return done === null ? [] : [{ ...snakeKeys(done), ...entryColumns(entry) }];
      }),
    ),
});

export const interventionList = keysetList({
  table: 'interventions',
  at: 'occurred_at',
  id: 'seq',
  filter: ({ agentId }: { readonly agentId: string | null }) => ({
    conditions: agentId === null ? [] : [indexed('agent_id', [agentId])],
  }),
});

/** Interventions, by when they were stored. */
export const retainedInterventions: Retained = {
  table: 'interventions',
  by: 'recorded_at',
  inOrderOfTime: true,
};

/** The last value of each key figure, in the transaction that stores the events. An older one changes nothing. */
export const kpiTable = topicHandler({
  topics: [agentEvents],
  project(entries) {
    const values = new Map<string, KpisTable>();
    for (const entry of entries) {
      const report = payloadIf('kpisReported', entry) ?? {};
      const reportedAt = new Date(Math.min(entry.occurredAt, entry.recordedAt));
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
