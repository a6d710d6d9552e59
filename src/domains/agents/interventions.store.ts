import type { Selectable } from 'kysely';
import { keysetList } from '../../db/keyset-list.ts';
import { indexed } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { agentEvents, payloadIf, type AgentIntervention } from './events.ts';

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

export const interventionList = keysetList({
  table: 'interventions',
  at: 'occurred_at',
  id: 'seq',
  filter: ({ agentId }: { readonly agentId: string | null }) => ({
    conditions: agentId === null ? [] : [indexed('agent_id', [agentId])],
  }),
});

export function toIntervention(row: Selectable<InterventionsTable>): InterventionRecord {
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
  };
}

/** Interventions, by when they were stored. */
export const retainedInterventions: Retained = {
  table: 'interventions',
  by: 'recorded_at',
  inOrderOfTime: true,
};
