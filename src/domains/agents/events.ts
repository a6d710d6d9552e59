import { every, latest, type Entry } from '../../journal/topic.ts';

/** PAUSED: by an operator, or by itself. OFFLINE: it has not reported for too long, or says so. */
export type AgentState = 'ACTIVE' | 'IDLE' | 'PAUSED' | 'ERROR' | 'OFFLINE';

/** An agent as its reports, its decisions and its operators make it. Null is what nobody has said. */
export interface AgentStatus {
  readonly agentId: string;
  /** As reported; else made of the id. */
  readonly name: string;
  readonly status: AgentState;
  /** Of the last report; null when it is offline or was reset. */
  readonly currentActivity: string | null;
  /** Unix milliseconds. */
  readonly lastDecisionAt: number | null;
  /** Stored decisions. */
  readonly decisionCount: number;
  /** 0 to 100, of the decisions whose outcome is known; null without any. */
  readonly successRate: number | null;
  /** Of the decisions that say how long they took; null without any. */
  readonly meanResponseTimeSeconds: number | null;
  /** Unix milliseconds: the last report. */
  readonly reportedAt: number | null;
}

/** Keyed by agent id; every configured agent has a value, in the configured order. */
export const agentStatusChanged = latest<AgentStatus>('agents.status');

/** The only key of the key figures. */
export const everyAgent = 'all';

/** What an agent reported of itself. */
export interface AgentReport {
  readonly agentId: string;
  readonly status: AgentState;
  readonly currentActivity: string | null;
  /** For people; null: as before. */
  readonly name: string | null;
}

export interface DecisionMade {
  /** Null: the event's own id. `decisionIdOf` knows. */
  readonly decisionId: string | null;
  readonly agentId: string;
  readonly actionType: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly rationale: string | null;
  /** 0 to 1. */
  readonly confidenceScore: number | null;
  readonly expectedOutcome: Readonly<Record<string, unknown>>;
  /** Null: not known yet. */
  readonly success: boolean | null;
  readonly responseTimeSeconds: number | null;
}

export interface DecisionOutcome {
  readonly decisionId: string;
  readonly success: boolean;
  /** Null: as the decision said. */
  readonly responseTimeSeconds: number | null;
}

export type InterventionAction = 'PAUSE' | 'RESUME' | 'RESET' | 'OVERRIDE';

export interface AgentIntervention {
  readonly interventionId: string;
  readonly agentId: string;
  readonly action: InterventionAction;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly reason: string | null;
  readonly previousStatus: AgentState;
  readonly newStatus: AgentState;
  /** The subject of a credential. */
  readonly actorId: string;
}

export const kpiNames = [
  'totalRevenue',
  'totalProfit',
  'inventoryTurnover',
  'stockoutIncidents',
  'wasteReductionPercentage',
  'priceOptimizationScore',
  'promotionEffectiveness',
  'agentCollaborationScore',
] as const;

export type KpiName = (typeof kpiNames)[number];

/** Key figures as a producer reported them; at least one. */
export type KpiReport = Readonly<Partial<Record<KpiName, number>>>;

/** The last reported value of each key figure, null until there is one, and figures of the stored decisions. */
export interface Kpis extends Readonly<Record<KpiName, number | null>> {
  readonly decisionCount: number;
  /** Of the last hour. */
  readonly recentDecisionCount: number;
  /** Of the decisions of the last 24 hours that say how long they took; null without any. */
  readonly meanResponseTimeSeconds: number | null;
  /** Unix milliseconds. */
  readonly sampledAt: number;
}

/** The only key: `everyAgent`. */
export const kpisChanged = latest<Kpis>('agents.kpis');

/** The payload of each type of event. */
export interface AgentEventPayloads {
  /** The key is the agent's id. */
  readonly agentReported: AgentReport;
  /** The key is the agent's id. */
  readonly decisionMade: DecisionMade;
  /** The key is the decision's id. */
  readonly decisionOutcomeKnown: DecisionOutcome;
  /** The key is the agent's id. */
  readonly agentIntervened: AgentIntervention;
  /** The key is `everyAgent`. */
  readonly kpisReported: KpiReport;
}

export type AgentEventType = keyof AgentEventPayloads;
export type AgentEventPayload = AgentEventPayloads[AgentEventType];

export const agentEvents = every<AgentEventPayload>('agents.events');

/** The payload of an entry or a draft if it is of this type, else null. */
export function payloadIf<Type extends AgentEventType>(
  type: Type,
  entry: Pick<Entry<AgentEventPayload>, 'type' | 'payload'>,
): AgentEventPayloads[Type] | null {
  return entry.type === type ? (entry.payload as AgentEventPayloads[Type]) : null;
}

export function decisionIdOf({
  id,
  payload,
}: {
  readonly id: string;
  readonly payload: DecisionMade;
}): string {
  return payload.decisionId ?? id;
}
