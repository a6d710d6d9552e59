import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import { indexed, rowsInOrder, type List } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { agentEvents, payloadIf, type AgentIntervention } from './events.ts';
import { pageIn, type Place, type PlacePage } from './place.ts';

declare module '../../db/database.ts' {
  interface Database {
    interventions: InterventionsTable;
  }
}

export interface InterventionsTable {
  seq: number;
  intervention_id: string;
  agent_id: string;
  action: AgentIntervention['action'];
  parameters: Readonly<Record<string, unknown>>;
  reason: string | null;
  previous_status: AgentIntervention['previousStatus'];
  new_status: AgentIntervention['newStatus'];
  actor_id: string;
  occurred_at: Date;
  recorded_at: Date;
}

export interface InterventionRecord extends AgentIntervention, Place {}

type Db = Kysely<Database>;

export const interventionTable = topicHandler({
  topics: [agentEvents],
  project: (entries) =>
    insertRows(
      'interventions',
      entries.flatMap((entry) => {
        const done = payloadIf('agentIntervened', entry);
        return done === null ? [] : [toRow(entry, done)];
      }),
    ),
});

function toRow({ seq, occurredAt, recordedAt }: Entry, done: AgentIntervention): InterventionsTable {
  return {
    seq,
    intervention_id: done.interventionId,
    agent_id: done.agentId,
    action: done.action,
    parameters: done.parameters,
    reason: done.reason,
    previous_status: done.previousStatus,
    new_status: done.newStatus,
    actor_id: done.actorId,
    occurred_at: new Date(occurredAt),
    recorded_at: new Date(recordedAt),
  };
}

const list: List = { table: 'interventions', at: 'occurred_at', id: 'seq' };

export async function readInterventions(db: Db, page: PlacePage): Promise<readonly InterventionRecord[]> {
  const conditions = page.agentId === null ? [] : [indexed('agent_id', [page.agentId])];
  const wanted = rowsInOrder(list, { ...pageIn(page), conditions });
  const { rows } = await sql<Selectable<InterventionsTable>>`${wanted}`.execute(db);
  return rows.map(toIntervention);
}

function toIntervention(row: Selectable<InterventionsTable>): InterventionRecord {
  return {
    interventionId: row.intervention_id,
    agentId: row.agent_id,
    action: row.action,
    parameters: row.parameters,
    reason: row.reason,
    previousStatus: row.previous_status,
    newStatus: row.new_status,
    actorId: row.actor_id,
    occurredAt: row.occurred_at,
    seq: row.seq,
  };
}

/** Interventions, by when they were stored. */
export const retainedInterventions: Retained = {
  table: 'interventions',
  by: 'recorded_at',
  inOrderOfTime: true,
};
