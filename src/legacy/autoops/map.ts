/** The graph's results in autoops' words. Pure; times are ISO 8601. */
import type { Message, Moment, Reply } from '../dialect.ts';
import { RestFailure } from '../rest-failure.ts';
import { reportedNumbers } from './reported-numbers.ts';
import type {
  AutoopsAgentEverySubscription,
  AutoopsAgentFragment,
  AutoopsAgentsQuery,
  AutoopsAlertsQuery,
  AutoopsDashboardEverySubscription,
  AutoopsDashboardFragment,
  AutoopsDashboardNowQuery,
  AutoopsDecisionsQuery,
  AutoopsEventsSubscription,
  AutoopsFiguresEverySubscription,
  AutoopsFiguresFragment,
  AutoopsInterveneMutation,
} from '../documents.generated.ts';

// Objects that several messages and endpoints show

function agentStatus(agent: AutoopsAgentFragment) {
  return {
    agent_id: agent.id,
    name: agent.name,
    status: lower(agent.status),
    current_activity: agent.currentActivity,
    last_decision_time: agent.lastDecisionAt,
    decisions_count: agent.decisionCount,
    ...reportedNumbers({
      success_rate: agent.successRate,
      avg_response_time: agent.meanResponseTimeSeconds,
    }),
  };
}

function systemMetrics(figures: AutoopsFiguresFragment) {
  return reportedNumbers({
    total_revenue: figures.totalRevenue,
    total_profit: figures.totalProfit,
    inventory_turnover: figures.inventoryTurnover,
    stockout_incidents: figures.stockoutIncidents,
    waste_reduction_percentage: figures.wasteReductionPercentage,
    price_optimization_score: figures.priceOptimizationScore,
    promotion_effectiveness: figures.promotionEffectiveness,
    agent_collaboration_score: figures.agentCollaborationScore,
    decision_count: figures.decisionCount,
    response_time_avg: figures.meanResponseTimeSeconds,
  });
}

function dashboardMetrics(kpis: AutoopsDashboardFragment) {
  return {
    timestamp: kpis.sampledAt,
    system_metrics: systemMetrics(kpis),
    agent_statuses: kpis.agents.map(agentStatus),
    active_alerts_count: kpis.activeAlertCount,
    recent_decisions_count: kpis.recentDecisionCount,
  };
}

// live-updates

export function connectionEstablished({ atMs }: Moment): Message {
  return {
    type: 'connection_established',
    timestamp: isoTime(atMs),
    message: 'Connected to live updates stream',
  };
}

export function metricsUpdate({ kpis }: AutoopsDashboardEverySubscription): Message {
  return { type: 'metrics_update', timestamp: kpis.sampledAt, data: dashboardMetrics(kpis) };
}

type Happened = AutoopsEventsSubscription['events'];
type Intervention = NonNullable<Extract<Happened, { __typename: 'AgentEvent' }>['intervention']>;

/** Of all that happens to agents, alerts and systems: interventions, alerts raised and resolved, and system events. */
export function happened({ events: event }: AutoopsEventsSubscription): Message | null {
  const { occurredAt } = event;
  if (event.__typename === 'AgentEvent')
    return event.intervention === null ? null : agentIntervention(event.intervention, occurredAt);
  if (event.__typename === 'SystemEvent') return systemEvent(event.eventType, event, occurredAt);
  if (event.__typename !== 'AlertEvent' || event.change === 'ACKNOWLEDGED') return null;
  const { level: severity, ...alert } = event.alert;
  return systemEvent(`alert_${lower(event.change)}`, { severity, ...alert }, occurredAt);
}

function agentIntervention(done: Intervention, timestamp: string): Message {
  const about = { agent_id: done.agentId, action: lower(done.action) };
  return {
    type: 'agent_intervention',
    timestamp,
    ...about,
    reason: done.reason,
    data: {
      intervention_id: done.id,
      ...about,
      parameters: done.parameters,
      reason: done.reason,
      previous_status: lower(done.previousStatus),
      new_status: lower(done.newStatus),
    },
  };
}

function systemEvent(
  eventType: string,
  told: {
    readonly severity: string;
    readonly title: string;
    readonly message: string;
    readonly source: string;
    readonly agentId: string | null;
  },
  timestamp: string,
): Message {
  return {
    type: 'system_event',
    timestamp,
    data: {
      event_type: eventType,
      severity: told.severity.toLowerCase(),
      title: told.title,
      message: told.message,
      source: told.source,
      agent_id: told.agentId,
    },
  };
}

// An agent's status

export function firstStatus(data: AutoopsAgentEverySubscription, moment: Moment): Message {
  return statusMessage('agent_status', data, moment);
}

export function statusUpdate(data: AutoopsAgentEverySubscription, moment: Moment): Message {
  return statusMessage('agent_status_update', data, moment);
}

function statusMessage(
  type: string,
  { agentStatus: agent }: AutoopsAgentEverySubscription,
  { atMs }: Moment,
): Message {
  return { type, agent_id: agent.id, timestamp: isoTime(atMs), data: agentStatus(agent) };
}

// Real-time metrics: flat, whatever live-updates calls by the same name

export function firstFigures({ kpis }: AutoopsFiguresEverySubscription): Message {
  return { type: 'metrics_stream', timestamp: kpis.sampledAt, data: systemMetrics(kpis) };
}

export function figuresUpdate({ kpis }: AutoopsFiguresEverySubscription): Message {
  return { type: 'metrics_update', timestamp: kpis.sampledAt, data: systemMetrics(kpis) };
}

// REST

export function agents({ agents: all }: AutoopsAgentsQuery): Reply {
  return { body: all.map(agentStatus) };
}

export function currentMetrics({ kpis }: AutoopsDashboardNowQuery): Reply {
  return { body: dashboardMetrics(kpis) };
}

export function recentDecisions({ decisions: { edges } }: AutoopsDecisionsQuery): Reply {
  return {
    body: edges.map(({ node }) => ({
      decision_id: node.id,
      agent_id: node.agentId,
      timestamp: node.at,
      action_type: node.actionType,
      parameters: node.parameters,
      rationale: node.rationale,
      expected_outcome: node.expectedOutcome,
      success: node.success,
      ...reportedNumbers({ confidence_score: node.confidenceScore, response_time: node.responseTimeSeconds }),
    })),
  };
}

export function alerts({ activeAlerts }: AutoopsAlertsQuery): Reply {
  return {
    body: activeAlerts.map((alert) => ({
      id: alert.id,
      timestamp: alert.raisedAt,
      severity: lower(alert.level),
      title: alert.title,
      message: alert.message,
      agent_id: alert.agentId,
      auto_dismiss: alert.autoDismiss,
      source: alert.source,
    })),
  };
}

/** @throws RestFailure NOT_FOUND, INVALID_PARAMETER */
export function intervention({ intervene: result }: AutoopsInterveneMutation): Reply {
  if (result.__typename === 'NotFound') throw new RestFailure(404, 'NOT_FOUND', result.message);
  if (result.__typename === 'InvalidInput')
    throw new RestFailure(400, 'INVALID_PARAMETER', result.message, { param: result.field });
  const { id, agentId, at, action, newStatus, message } = result.intervention;
  return {
    body: {
      success: true,
      message,
      agent_id: agentId,
      action: lower(action),
      intervention_id: id,
      status: lower(newStatus),
      timestamp: at,
    },
  };
}

function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** Closed sets are upper case in the graph. */
function lower<Word extends string>(word: Word): Lowercase<Word> {
  return word.toLowerCase() as Lowercase<Word>;
}
