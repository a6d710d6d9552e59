import { every, latest, type Entry } from '../../journal/topic.ts';

export type AgentState = 'ACTIVE' | 'IDLE' | 'PAUSED' | 'ERROR' | 'OFFLINE';

/** The state of an agent, derived from its reports, its decisions and the interventions of operators. */
export interface AgentStatus {
  readonly agentId: string;
  /** As reported; otherwise derived from the id. */
  readonly name: string;
  readonly status: AgentState;
  /** From the last report; null while the agent is offline and after a reset. */
  readonly currentActivity: string | null;
  /** Unix milliseconds. */
  readonly lastDecisionAt: number | null;
  /** Stored decisions. */
  readonly decisionCount: number;
  /** Percent of the decisions with a known outcome; null if there are none. */
  readonly successPercent: number | null;
  /** Over the decisions with a known response time; null if there are none. */
  readonly avgResponseTimeMs: number | null;
  /** Unix milliseconds. */
  readonly reportedAt: number | null;
}

/** Keyed by agent id. Every known agent has a value, in the order in which clients show them. */
export const agentStatusChanged = latest<AgentStatus>('agents.status');

export interface AgentReport {
  readonly agentId: string;
  readonly status: AgentState;
  readonly currentActivity: string | null;
  /** Null: the name does not change. */
  readonly name: string | null;
}

export interface DecisionMade {
  /** Null: the id of the event; see `decisionIdOf`. */
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
  /** Null: the response time does not change. */
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
  'stockoutIncidentCount',
  'wasteReductionPercent',
  'priceOptimizationScore',
  'promotionEffectiveness',
  'agentCollaborationScore',
] as const;

export type KpiName = (typeof kpiNames)[number];

/** At least one KPI. */
export type KpiReport = Readonly<Partial<Record<KpiName, number>>>;

/** The last reported value of each KPI, null before the first, and statistics of the stored decisions. */
export interface Kpis extends Readonly<Record<KpiName, number | null>> {
  readonly decisionCount: number;
  /** Of the last hour. */
  readonly recentDecisionCount: number;
  /** Over the decisions of the last 24 hours with a known response time; null if there are none. */
  readonly avgResponseTimeMs: number | null;
  /** Unix milliseconds. */
  readonly sampledAt: number;
}

/** The only key is `allAgents`. */
export const kpisChanged = latest<Kpis>('agents.kpis');
export const allAgents = 'all';

/** The payload of each type of event. The key is the agent's id if nothing else is stated. */
export interface AgentEventPayloads {
  readonly agentReported: AgentReport;
  readonly decisionMade: DecisionMade;
  /** The key is the decision's id. */
  readonly decisionOutcomeKnown: DecisionOutcome;
  readonly agentIntervened: AgentIntervention;
  /** The key is `allAgents`. */
  readonly kpisReported: KpiReport;
}

export type AgentEventType = keyof AgentEventPayloads;
export type AgentEventPayload = AgentEventPayloads[AgentEventType];

export const agentEvents = every<AgentEventPayload>('agents.events');

/** The payload of an entry or a draft of this type; null for other types. */
export function payloadIf<Type extends AgentEventType>(
  type: Type,
  entry: Pick<Entry<AgentEventPayload>, 'type' | 'payload'>,
): AgentEventPayloads[Type] | null {
  return entry.type === type ? (entry.payload as AgentEventPayloads[Type]) : null;
}

/** The id of a decision, by the id of its event and its payload. */
export function decisionIdOf(eventId: string, { decisionId }: DecisionMade): string {
  return decisionId ?? eventId;
}
