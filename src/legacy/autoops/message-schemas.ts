/** Schemas of AutoOps' messages and response bodies. */
import { z } from 'zod';
import * as t from '../schema-terms.ts';

/** The names of numbers that are 0 because no producer has reported them. */
function unreported(...names: readonly string[]): z.ZodType {
  return z.array(z.enum(names)).describe('The numbers that no producer has reported; they are 0.');
}

// Objects that several messages and endpoints share

const status = z.enum(['active', 'idle', 'paused', 'error', 'offline']);
const action = z.enum(['pause', 'resume', 'reset', 'override']);
const severity = z.enum(['info', 'warning', 'error', 'critical']);

const agentStatus = z.strictObject({
  agent_id: t.text,
  name: t.text,
  status,
  current_activity: t.text.nullable(),
  last_decision_time: t.isoTime.nullable(),
  decisions_count: t.count,
  success_rate: t.percent.describe(
    'The share of successful decisions among those with a known outcome, in percent.',
  ),
  avg_response_time: t.number.describe('Mean response time of its decisions, in seconds.'),
  unreported: unreported('success_rate', 'avg_response_time'),
});

const systemMetrics = z.strictObject({
  ...t.each(t.number, 'total_revenue', 'total_profit', 'inventory_turnover'),
  stockout_incidents: t.count,
  ...t.each(
    t.number,
    'waste_reduction_percentage',
    'price_optimization_score',
    'promotion_effectiveness',
    'agent_collaboration_score',
  ),
  decision_count: t.count.describe('All stored decisions.'),
  response_time_avg: t.number.describe(
    'Mean response time of the decisions of the last 24 hours, in seconds.',
  ),
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
  timestamp: t.isoTime,
  system_metrics: systemMetrics,
  agent_statuses: z.array(agentStatus),
  active_alerts_count: t.count,
  recent_decisions_count: t.count.describe('Decisions in the last hour.'),
});

// REST

export const agents = z.array(agentStatus);

export const recentDecisions = z.array(
  z.strictObject({
    decision_id: t.text,
    agent_id: t.text,
    timestamp: t.isoTime,
    action_type: t.text,
    parameters: t.jsonObject,
    rationale: t.text.nullable(),
    expected_outcome: t.jsonObject,
    success: t.flag.nullable().describe('null: the outcome is not known yet.'),
    confidence_score: t.ratio,
    response_time: t.number.describe('Seconds.'),
    unreported: unreported('confidence_score', 'response_time'),
  }),
);

export const alerts = z.array(
  z.strictObject({
    id: t.text,
    timestamp: t.isoTime,
    severity,
    title: t.text,
    message: t.text,
    agent_id: t.text.nullable(),
    auto_dismiss: t.flag,
    source: t.text,
  }),
);

export const intervention = z.strictObject({
  success: z.literal(true),
  message: t.text,
  agent_id: t.text,
  action,
  intervention_id: t.text,
  status,
  timestamp: t.isoTime,
});

// Feeds

export const hello = t.messages({
  connection_established: t.message('At connect.', {
    timestamp: t.isoTime,
    message: z.literal('Connected to live updates stream'),
  }),
});

export const metricsUpdate = t.messages({
  metrics_update: t.message('Key figures and agent statuses, every 5 s.', {
    timestamp: t.isoTime,
    data: currentMetrics,
  }),
});

export const happened = t.messages({
  agent_intervention: t.message('An operator intervened.', {
    timestamp: t.isoTime,
    agent_id: t.text,
    action,
    reason: t.text.nullable(),
    data: z.strictObject({
      intervention_id: t.text,
      agent_id: t.text,
      action,
      parameters: t.jsonObject,
      reason: t.text.nullable(),
      previous_status: status,
      new_status: status,
    }),
  }),
  system_event: t.message(
    'An alert was raised (`alert_raised`) or resolved (`alert_resolved`), or a system reported an event.',
    {
      timestamp: t.isoTime,
      data: z.strictObject({
        event_type: t.text,
        severity,
        ...t.each(t.text, 'title', 'message', 'source'),
        agent_id: t.text.nullable(),
      }),
    },
  ),
});

const statusMessage = { agent_id: t.text, timestamp: t.isoTime, data: agentStatus };

export const statusUpdate = t.messages({
  agent_status: t.message('The status at connect.', statusMessage),
  agent_status_update: t.message(
    'The status every 3 s, and after each report or intervention.',
    statusMessage,
  ),
});

const figures = { timestamp: t.isoTime, data: systemMetrics };

export const figuresUpdate = t.messages({
  metrics_stream: t.message('The key figures at connect.', figures),
  metrics_update: t.message('The key figures every 2 s, flat.', figures),
});
