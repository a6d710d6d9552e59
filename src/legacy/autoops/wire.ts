/** The forms of autoops' messages and answers. */
import { z } from 'zod';
import { count, flag, isoTime, jsonObject, messageOf, number, percent, ratio, text } from '../wire.ts';

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
  success_rate: percent.nullable().describe('Of the decisions whose outcome is known, percent.'),
  avg_response_time: number.nullable().describe('Of its decisions, seconds.'),
});

const systemMetrics = z.strictObject({
  total_revenue: number.nullable(),
  total_profit: number.nullable(),
  inventory_turnover: number.nullable(),
  stockout_incidents: count.nullable(),
  waste_reduction_percentage: number.nullable(),
  price_optimization_score: number.nullable(),
  promotion_effectiveness: number.nullable(),
  agent_collaboration_score: number.nullable(),
  decision_count: count.describe('All decisions that are stored.'),
  response_time_avg: number.nullable().describe('Of the decisions of the last 24 hours, seconds.'),
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
    confidence_score: ratio.nullable(),
    expected_outcome: jsonObject,
    success: flag.nullable().describe('null: not known yet.'),
    response_time: number.nullable().describe('Seconds.'),
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
