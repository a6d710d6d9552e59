import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import { upsertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import { agentEvents, payloadIf, type AgentState } from './events.ts';
import { unknownAgent, type AgentRow } from './status.ts';

declare module '../../db/database.ts' {
  interface Database {
    agents: AgentsTable;
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
    agentId: row.agent_id,
    name: row.name,
    status: row.status,
    currentActivity: row.current_activity,
    reportedAt: row.reported_at?.getTime() ?? null,
    paused: row.paused,
    lastDecisionAt: row.last_decision_at?.getTime() ?? null,
    decisions: row.decisions,
    outcomes: row.outcomes,
    successes: row.successes,
    responseTimeSum: row.response_time_sum,
    responseTimes: row.response_times,
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
