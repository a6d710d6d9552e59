import { expect } from 'vitest';
import type { TestApp } from '../../_util/app.ts';
import { count, iso, listOf, maybe, oneOf, publish, text, type Shape } from '../_old-client.ts';

/** What the tests of AutoOps share: shapes of its messages and responses, and requests. */

/** Thresholds at which the server raises no alert of its own. */
export const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };

export const agentIds = ['pricing_agent', 'inventory_agent', 'promotion_agent'];

export const liveUpdates = '/api/dashboard/ws/live-updates';
export const realTime = '/api/dashboard/ws/metrics/real-time';

export function statusFeed(agentId = 'pricing_agent'): string {
  return `/api/dashboard/ws/agents/${agentId}/status`;
}

const number = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const object = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The names of numbers that are 0 because no producer has reported them. */
const names = (value: unknown): boolean =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');

export const agentStatus: Shape = {
  agent_id: oneOf(...agentIds),
  name: text,
  status: oneOf('active', 'idle', 'paused', 'error', 'offline'),
  current_activity: maybe(text),
  last_decision_time: maybe(iso),
  decisions_count: count,
  success_rate: number,
  avg_response_time: number,
  unreported: names,
};

export const systemMetrics: Shape = {
  total_revenue: number,
  total_profit: number,
  inventory_turnover: number,
  stockout_incidents: count,
  waste_reduction_percentage: number,
  price_optimization_score: number,
  promotion_effectiveness: number,
  agent_collaboration_score: number,
  decision_count: count,
  response_time_avg: number,
  unreported: names,
};

export const dashboardMetrics: Shape = {
  timestamp: iso,
  system_metrics: systemMetrics,
  agent_statuses: listOf(agentStatus),
  active_alerts_count: count,
  recent_decisions_count: count,
};

export const connectionEstablished: Shape = {
  type: oneOf('connection_established'),
  timestamp: iso,
  message: oneOf('Connected to live updates stream'),
};

export const metricsUpdate: Shape = {
  type: oneOf('metrics_update'),
  timestamp: iso,
  data: dashboardMetrics,
};

export function statusMessage(type: string, agentId = 'pricing_agent'): Shape {
  return { type: oneOf(type), agent_id: oneOf(agentId), timestamp: iso, data: agentStatus };
}

export function metricsMessage(type: string): Shape {
  return { type: oneOf(type), timestamp: iso, data: systemMetrics };
}

export const agentIntervention: Shape = {
  type: oneOf('agent_intervention'),
  timestamp: iso,
  agent_id: oneOf(...agentIds),
  action: oneOf('pause', 'resume', 'reset', 'override'),
  reason: maybe(text),
  data: {
    intervention_id: text,
    agent_id: oneOf(...agentIds),
    action: oneOf('pause', 'resume', 'reset', 'override'),
    parameters: object,
    reason: maybe(text),
    previous_status: text,
    new_status: text,
  },
};

export const systemEvent: Shape = {
  type: oneOf('system_event'),
  timestamp: iso,
  data: {
    event_type: text,
    severity: oneOf('info', 'warning', 'error', 'critical'),
    title: text,
    message: text,
    source: text,
    agent_id: maybe(text),
  },
};

export const alert: Shape = {
  id: text,
  timestamp: iso,
  severity: oneOf('info', 'warning', 'error', 'critical'),
  title: text,
  message: text,
  agent_id: maybe(text),
  auto_dismiss: oneOf(true, false),
  source: text,
};

export const decision: Shape = {
  decision_id: text,
  agent_id: oneOf(...agentIds),
  timestamp: iso,
  action_type: text,
  parameters: object,
  rationale: maybe(text),
  confidence_score: number,
  expected_outcome: object,
  success: oneOf(true, false, null),
  response_time: number,
  unreported: names,
};

/** An error message about a message of the client. */
export function errorMessage(code: string): Shape {
  return { type: oneOf('error'), code: oneOf(code), message: text, timestamp: iso };
}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Posts an intervention as an operator does. A string or a buffer is sent unchanged as the body. */
export async function intervene(
  { url }: Pick<TestApp, 'url'>,
  body: unknown,
  { agentId = 'pricing_agent', headers = {} }: { agentId?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(`${url}/api/dashboard/agents/${agentId}/intervention`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

export function report(agentId = 'pricing_agent', more: object = {}): object {
  return { agentStatus: { agentId, status: 'ACTIVE', currentActivity: 'Comparing prices', ...more } };
}

export function systemEventReport(n: number, more: object = {}): object {
  return { systemEvent: { eventType: `reported_${n}`, title: `Event ${n}`, message: `No. ${n}.`, ...more } };
}

/** Publishes reports in this order. @returns the statuses of all agents afterwards. */
export async function statusesAfter(app: TestApp, ...events: object[]): Promise<Record<string, unknown>[]> {
  if (events.length > 0) await publish(app, events);
  const { status, body } = await app.get('/api/dashboard/agents/status');
  expect(status).toBe(200);
  return body;
}
