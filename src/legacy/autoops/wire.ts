/** The forms of autoops' messages and answers. */
import { z } from 'zod';
import { count, flag, isoTime, jsonObject, messageOf, number, percent, ratio, text } from '../wire.ts';

/** Names of numbers that are 0 because nobody has reported them. */
function unreported(...names: readonly string[]): z.ZodType {
  return z.array(z.enum(names)).describe('Which of the numbers nobody has reported: they are 0.');
}

// Objects that several messages and endpoints show

const status = z.enum(['active', 'idle', 'paused', 'error', 'offline']);
const action = z.enum(['pause', 'resume', 'reset', 'override']);
const severity = z.enum(['info', 'warning', 'error', 'critical']);

const agentStatus = z.strictObject({
  agent_id: text,
  name: text,
  status,
  current_activity: text.nullable(),
  last_decision_time: isoTime.nullable(),
  decisions_count: count,
  success_rate: percent.describe('Of the decisions whose outcome is known, percent.'),
  avg_response_time: number.describe('Of its decisions, seconds.'),
  unreported: unreported('success_rate', 'avg_response_time'),
});

const systemMetrics = z.strictObject({
  total_revenue: number,
  total_profit: number,
  inventory_turnover: number,
  stockout_incidents: count,
  waste_reduction_percentage: number,
  price_optimization_score: number,
  promotion_effectiveness: number,
  agent_collaboration_score: number,
  decision_count: count.describe('All decisions that are stored.'),
  response_time_avg: number.describe('Of the decisions of the last 24 hours, seconds.'),
  unreported: unreported(
    'total_revenue',
    'total_profit',
    'inventory_turnover',
    'stockout_incidents',
    'waste_reduction_percentage',
    'price_optimization_score',
    'promotion_effectiveness',
    'agent_collaboration_score',
    'response_time_avg',
  ),
});

export const currentMetrics = z.strictObject({
  timestamp: isoTime,
  system_metrics: systemMetrics,
  agent_statuses: z.array(agentStatus),
  active_alerts_count: count,
  recent_decisions_count: count.describe('In the last hour.'),
});

// REST

export const agents = z.array(agentStatus);

export const recentDecisions = z.array(
  z.strictObject({
    decision_id: text,
    agent_id: text,
    timestamp: isoTime,
    action_type: text,
    parameters: jsonObject,
    rationale: text.nullable(),
    expected_outcome: jsonObject,
    success: flag.nullable().describe('null: not known yet.'),
    confidence_score: ratio,
    response_time: number.describe('Seconds.'),
    unreported: unreported('confidence_score', 'response_time'),
  }),
);

export const alerts = z.array(
  z.strictObject({
    id: text,
    timestamp: isoTime,
    severity,
    title: text,
    message: text,
    agent_id: text.nullable(),
    auto_dismiss: flag,
    source: text,
  }),
);

export const intervention = z.strictObject({
  success: z.literal(true),
  message: text,
  agent_id: text,
  action,
  intervention_id: text,
  status,
  timestamp: isoTime,
});

// Feeds

export const hello = {
  connection_established: messageOf('connection_established', 'At connect.', {
    timestamp: isoTime,
    message: z.literal('Connected to live updates stream'),
  }),
};

export const metricsUpdate = {
  metrics_update: messageOf('metrics_update', 'Key figures and agents, every 5 s.', {
    timestamp: isoTime,
    data: currentMetrics,
  }),
};

export const happened = {
  agent_intervention: messageOf('agent_intervention', 'An operator has intervened.', {
    timestamp: isoTime,
    agent_id: text,
    action,
    reason: text.nullable(),
    data: z.strictObject({
      intervention_id: text,
      agent_id: text,
      action,
      parameters: jsonObject,
      reason: text.nullable(),
      previous_status: status,
      new_status: status,
    }),
  }),
  system_event: messageOf(
    'system_event',
    'An alert is raised (`alert_raised`) or resolved (`alert_resolved`), or a system tells something.',
    {
      timestamp: isoTime,
      data: z.strictObject({
        event_type: text,
        severity,
        title: text,
        message: text,
        source: text,
        agent_id: text.nullable(),
      }),
    },
  ),
};

const statusMessage = { agent_id: text, timestamp: isoTime, data: agentStatus };

export const statusUpdate = {
  agent_status: messageOf('agent_status', 'The status at connect.', statusMessage),
  agent_status_update: messageOf(
    'agent_status_update',
    'The status every 3 s, and at once after a report or an intervention.',
    statusMessage,
  ),
};

const figures = { timestamp: isoTime, data: systemMetrics };

export const figuresUpdate = {
  metrics_stream: messageOf('metrics_stream', 'The key figures at connect.', figures),
  metrics_update: messageOf('metrics_update', 'The key figures every 2 s, flat.', figures),
};
