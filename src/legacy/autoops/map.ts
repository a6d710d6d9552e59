/**
 * Turns results of the graph into AutoOps' messages and response bodies. Pure. Most names are aliases in
 * `documents.graphql`. Times are ISO 8601.
 */
import type { Message, Moment } from '../message.ts';
import type { Reply } from '../rest-route.ts';
import type * as graph from '../documents.generated.ts';
import { isoTime, lower, rounded, seconds } from '../labels.ts';
import { invalidParameter, notFound } from '../rest-errors.ts';
import { reportedNumbers } from './reported-numbers.ts';

/** With at most four decimals. */
function secondsOnAverage(ms: number | null): number | null {
  return rounded(seconds(ms), 4);
}

// Objects that several messages and endpoints share

function agentStatus(agent: graph.AutoopsAgentFragment) {
  return reportedNumbers(
    { ...agent, status: lower(agent.status), avg_response_time: secondsOnAverage(agent.avg_response_time) },
    'success_rate',
    'avg_response_time',
  );
}

function systemMetrics(metrics: Omit<graph.AutoopsMetricsEverySubscription['kpis'], 'sampledAt'>) {
  return reportedNumbers(
    { ...metrics, response_time_avg: secondsOnAverage(metrics.response_time_avg) },
    'total_revenue',
    'total_profit',
    'inventory_turnover',
    'stockout_incidents',
    'waste_reduction_percentage',
    'price_optimization_score',
    'promotion_effectiveness',
    'agent_collaboration_score',
    'decision_count',
    'response_time_avg',
  );
}

function dashboardMetrics({
  sampledAt,
  agents,
  activeAlertCount,
  recentDecisionCount,
  ...metrics
}: graph.AutoopsDashboardFragment) {
  return {
    timestamp: sampledAt,
    system_metrics: systemMetrics(metrics),
    agent_statuses: agents.map(agentStatus),
    active_alerts_count: activeAlertCount,
    recent_decisions_count: recentDecisionCount,
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

export function metricsUpdate({ kpis }: graph.AutoopsDashboardEverySubscription): Message {
  return { type: 'metrics_update', timestamp: kpis.sampledAt, data: dashboardMetrics(kpis) };
}

type AgentIntervened = Extract<graph.AutoopsEventsSubscription['events'], { __typename: 'AgentIntervened' }>;

/** Interventions, raised and resolved alerts, and system events; no other event of agents, alerts and systems. */
export function eventMessage({ events }: graph.AutoopsEventsSubscription): Message | null {
  const { occurredAt } = events;
  if (events.__typename === 'AgentIntervened') return agentIntervention(events, occurredAt);
  if (events.__typename === 'SystemEvent') {
    const { __typename: _type, cursor: _cursor, occurredAt: _at, ...data } = events;
    return systemEvent(data, occurredAt);
  }
  if (events.__typename === 'AlertRaised')
    return systemEvent({ event_type: 'alert_raised', ...events.alert }, occurredAt);
  if (events.__typename !== 'AlertResolved') return null;
  return systemEvent({ event_type: 'alert_resolved', ...events.alert }, occurredAt);
}

function agentIntervention({ intervention_id, intervention }: AgentIntervened, timestamp: string): Message {
  const { previous_status, new_status, ...done } = intervention;
  const data = { intervention_id, ...done, action: lower(done.action) };
  return {
    type: 'agent_intervention',
    timestamp,
    agent_id: data.agent_id,
    action: data.action,
    reason: data.reason,
    data: { ...data, previous_status: lower(previous_status), new_status: lower(new_status) },
  };
}

function systemEvent(
  data: { readonly event_type: string; readonly severity: string },
  timestamp: string,
): Message {
  return { type: 'system_event', timestamp, data: { ...data, severity: lower(data.severity) } };
}

// An agent's status

export function statusMessage(type: 'agent_status' | 'agent_status_update') {
  return ({ agentStatus: agent }: graph.AutoopsAgentEverySubscription, { atMs }: Moment): Message => ({
    type,
    agent_id: agent.agent_id,
    timestamp: isoTime(atMs),
    data: agentStatus(agent),
  });
}

// Real-time metrics: flat, unlike the message of the same type on live-updates

export function realTimeMessage(type: 'metrics_stream' | 'metrics_update') {
  return ({ kpis: { sampledAt, ...metrics } }: graph.AutoopsMetricsEverySubscription): Message => ({
    type,
    timestamp: sampledAt,
    data: systemMetrics(metrics),
  });
}

// REST

export function agents({ agents: all }: graph.AutoopsAgentsQuery): Reply {
  return { body: all.map(agentStatus) };
}

export function currentMetrics({ kpis }: graph.AutoopsDashboardNowQuery): Reply {
  return { body: dashboardMetrics(kpis) };
}

export function recentDecisions({ decisions: { edges } }: graph.AutoopsDecisionsQuery): Reply {
  return {
    body: edges.map(({ node }) =>
      reportedNumbers(
        { ...node, response_time: seconds(node.response_time) },
        'confidence_score',
        'response_time',
      ),
    ),
  };
}

export function alerts({ activeAlerts }: graph.AutoopsAlertsQuery): Reply {
  return { body: activeAlerts.map((alert) => ({ ...alert, severity: lower(alert.severity) })) };
}

/** @throws AppError NOT_FOUND, INVALID_PARAMETER */
export function intervention({ intervene: result }: graph.AutoopsInterveneMutation): Reply {
  if (result.__typename === 'NotFound') throw notFound(result.message);
  if (result.__typename === 'InvalidInput') throw invalidParameter(result.field, result.message);
  const { intervention: done } = result;
  return { body: { success: true, ...done, action: lower(done.action), status: lower(done.status) } };
}
