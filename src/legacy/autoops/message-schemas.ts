/** The messages and response bodies of AutoOps. */
import * as t from '../schema-terms.ts';

/** The names of numbers that are 0 because no producer has reported them. */
function unreported(...names: Parameters<typeof t.oneOf>) {
  return t
    .list(t.oneOf(...names))
    .describe('The names of the numbers that no producer has reported. They are 0.');
}

const status = t.oneOf('active', 'idle', 'paused', 'error', 'offline');
const action = t.oneOf('pause', 'resume', 'reset', 'override');
const severity = t.oneOf('info', 'warning', 'error', 'critical');

const agentStatus = {
  'agent_id name': t.text,
  status,
  current_activity: t.text.nullable(),
  last_decision_time: t.isoTime.nullable(),
  decisions_count: t.count,
  success_rate: t.percent.describe(
    'The share of successful decisions among those with a known outcome, in percent.',
  ),
  avg_response_time: t.number.describe('Mean response time of the agent’s decisions, in seconds.'),
  unreported: unreported('success_rate', 'avg_response_time'),
};

const businessMetrics = [
  'total_revenue',
  'total_profit',
  'inventory_turnover',
  'waste_reduction_percentage',
  'price_optimization_score',
  'promotion_effectiveness',
  'agent_collaboration_score',
] as const;

const systemMetrics = {
  [businessMetrics.join(' ')]: t.number,
  stockout_incidents: t.count,
  decision_count: t.count.describe('The number of stored decisions.'),
  response_time_avg: t.number.describe(
    'Mean response time of the decisions of the last 24 hours, in seconds.',
  ),
  unreported: unreported(...businessMetrics, 'stockout_incidents', 'response_time_avg'),
};

export const currentMetrics = {
  timestamp: t.isoTime,
  system_metrics: systemMetrics,
  agent_statuses: t.list(agentStatus),
  active_alerts_count: t.count,
  recent_decisions_count: t.count.describe('The number of decisions in the last hour.'),
};

// REST

export const agents = t.list(agentStatus);

export const recentDecisions = t.list({
  'decision_id agent_id action_type': t.text,
  timestamp: t.isoTime,
  'parameters expected_outcome': t.jsonObject,
  rationale: t.text.nullable(),
  success: t.flag.nullable().describe('Null while the outcome is unknown.'),
  confidence_score: t.ratio,
  response_time: t.number.describe('In seconds.'),
  unreported: unreported('confidence_score', 'response_time'),
});

export const alerts = t.list({
  'id title message source': t.text,
  timestamp: t.isoTime,
  severity,
  agent_id: t.text.nullable(),
  auto_dismiss: t.flag,
});

export const intervention = {
  success: t.oneOf(true),
  'message agent_id intervention_id': t.text,
  action,
  status,
  timestamp: t.isoTime,
};

// Feeds

export const liveUpdates = t.messages({
  connection_established: t.message('The connection is open. Sent at connect.', {
    timestamp: t.isoTime,
    message: t.oneOf('Connected to live updates stream'),
  }),
  metrics_update: t.message('Business metrics and the status of every agent. Sent every 5 s.', {
    timestamp: t.isoTime,
    data: currentMetrics,
  }),
  agent_intervention: t.message('An operator intervened.', {
    timestamp: t.isoTime,
    agent_id: t.text,
    action,
    reason: t.text.nullable(),
    data: {
      'intervention_id agent_id': t.text,
      action,
      parameters: t.jsonObject,
      reason: t.text.nullable(),
      'previous_status new_status': status,
    },
  }),
  system_event: t.message(
    'An alert was raised (`alert_raised`) or resolved (`alert_resolved`), or a system reported an event.',
    {
      timestamp: t.isoTime,
      data: { 'event_type title message source': t.text, severity, agent_id: t.text.nullable() },
    },
  ),
});

const statusMessage = { agent_id: t.text, timestamp: t.isoTime, data: agentStatus };

export const agent = t.messages({
  agent_status: t.message('The status of the agent. Sent at connect.', statusMessage),
  agent_status_update: t.message(
    'The status of the agent. Sent every 3 s, and after each report or intervention.',
    statusMessage,
  ),
});

const metricsMessage = { timestamp: t.isoTime, data: systemMetrics };

export const realTime = t.messages({
  metrics_stream: t.message('The business metrics. Sent at connect.', metricsMessage),
  metrics_update: t.message('The business metrics. Sent every 2 s.', metricsMessage),
});
