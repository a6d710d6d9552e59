import type { Selectable } from 'kysely';
import type { Entry } from '../../journal/topic.ts';
import type { CamelKeys } from '../../lib/case-keys.ts';
import type { AgentsTable } from './store.ts';

export type AgentRow = CamelKeys<Omit<Selectable<AgentsTable>, 'registered_at'>>;

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

/** A report whose time is in the future, because of a wrong clock, is not newer than one that is stored later. */
export function reportTime({ occurredAt, recordedAt }: Entry): Date {
  return new Date(Math.min(occurredAt, recordedAt));
}
