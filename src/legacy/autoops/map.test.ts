import { describe, expect, test } from 'vitest';
import { AppError } from '../../errors.ts';
import type {
  AutoopsAgentFragment,
  AutoopsDashboardFragment,
  AutoopsEventsSubscription,
} from '../documents.generated.ts';
import { interventionBody, interventionOf } from './intervention.ts';
import * as map from './map.ts';

const at = '2024-01-15T10:30:00.000Z';
const moment = { atMs: Date.parse(at) };

const agent: AutoopsAgentFragment = {
  agent_id: 'pricing_agent',
  name: 'Pricing Agent',
  status: 'ACTIVE',
  current_activity: 'Analyzing demand elasticity for SKU123456',
  last_decision_time: '2024-01-15T10:29:45.000Z',
  decisions_count: 45,
  success_rate: 92.3,
  avg_response_time: 1_200,
};

const agentShown = {
  agent_id: 'pricing_agent',
  name: 'Pricing Agent',
  status: 'active',
  current_activity: 'Analyzing demand elasticity for SKU123456',
  last_decision_time: '2024-01-15T10:29:45.000Z',
  decisions_count: 45,
  success_rate: 92.3,
  avg_response_time: 1.2,
  unreported: [],
};

const kpis: AutoopsDashboardFragment = {
  sampledAt: at,
  total_revenue: 125000.5,
  total_profit: 45000.25,
  inventory_turnover: 8.5,
  stockout_incidents: 3,
  waste_reduction_percentage: 15.2,
  price_optimization_score: 0.87,
  promotion_effectiveness: 0.72,
  agent_collaboration_score: 0.91,
  decision_count: 247,
  response_time_avg: 1_350,
  agents: [agent],
  activeAlertCount: 2,
  recentDecisionCount: 15,
};

const sentMetrics = {
  total_revenue: 125000.5,
  total_profit: 45000.25,
  inventory_turnover: 8.5,
  stockout_incidents: 3,
  waste_reduction_percentage: 15.2,
  price_optimization_score: 0.87,
  promotion_effectiveness: 0.72,
  agent_collaboration_score: 0.91,
  decision_count: 247,
  response_time_avg: 1.35,
  unreported: [],
};

type Event = AutoopsEventsSubscription['events'];
const common = { cursor: 'e_1', occurredAt: at };
const alert = {
  severity: 'ERROR',
  title: 'Disk',
  message: 'It is full.',
  source: 'producer',
  agent_id: null,
} as const;

function messageOf(event: Event): unknown {
  return map.eventMessage({ events: event });
}

describe('live-updates', () => {
  test('R2: connection_established has the documented text', () => {
    expect(map.connectionEstablished(moment)).toEqual({
      type: 'connection_established',
      timestamp: at,
      message: 'Connected to live updates stream',
    });
  });

  test('R3 R4: metrics_update is nested: ten key metrics, every agent, and two counts', () => {
    expect(map.metricsUpdate({ kpis })).toEqual({
      type: 'metrics_update',
      timestamp: at,
      data: {
        timestamp: at,
        system_metrics: sentMetrics,
        agent_statuses: [agentShown],
        active_alerts_count: 2,
        recent_decisions_count: 15,
      },
    });
  });

  test('R5: agent_intervention has the intervention at the top level, and with its statuses in data', () => {
    const intervention = {
      agent_id: 'pricing_agent',
      action: 'PAUSE',
      parameters: { until: 'noon' },
      reason: null,
      previous_status: 'ACTIVE',
      new_status: 'PAUSED',
    } as const;
    const event = { __typename: 'AgentIntervened', ...common, intervention_id: 'i1', intervention } as const;
    expect(messageOf(event)).toEqual({
      type: 'agent_intervention',
      timestamp: at,
      agent_id: 'pricing_agent',
      action: 'pause',
      reason: null,
      data: {
        intervention_id: 'i1',
        agent_id: 'pricing_agent',
        action: 'pause',
        parameters: { until: 'noon' },
        reason: null,
        previous_status: 'active',
        new_status: 'paused',
      },
    });
  });

  test.each([
    ['AlertRaised', 'alert_raised'],
    ['AlertResolved', 'alert_resolved'],
  ] as const)('R6: %s is a system_event of type %s', (type, eventType) => {
    expect(messageOf({ __typename: type, ...common, alert })).toEqual({
      type: 'system_event',
      timestamp: at,
      data: {
        event_type: eventType,
        severity: 'error',
        title: 'Disk',
        message: 'It is full.',
        source: 'producer',
        agent_id: null,
      },
    });
  });

  test('R6: an event that a system reports is a system_event of its own type', () => {
    const event: Event = {
      __typename: 'SystemEvent',
      ...common,
      event_type: 'deployment_started',
      severity: 'INFO',
      title: 'Deployment',
      message: 'It begins.',
      source: 'ci',
      agent_id: 'pricing_agent',
    };
    expect(messageOf(event)).toEqual({
      type: 'system_event',
      timestamp: at,
      data: {
        event_type: 'deployment_started',
        severity: 'info',
        title: 'Deployment',
        message: 'It begins.',
        source: 'ci',
        agent_id: 'pricing_agent',
      },
    });
  });

  test('R6: acknowledged and silenced alerts, reports, decisions and other events send nothing', () => {
    const others: Event[] = [
      { __typename: 'AlertAcknowledged', ...common, alert },
      { __typename: 'AlertSilenced', ...common, alert },
      { __typename: 'AgentReported', ...common },
      { __typename: 'AuditEvent', ...common },
    ];
    expect(others.map(messageOf)).toEqual(others.map(() => null));
  });
});

describe('an agent’s status', () => {
  test('R8 R9: is agent_status first and agent_status_update then, in the same form', () => {
    const data = { agentStatus: agent };
    const shown = { agent_id: 'pricing_agent', timestamp: at, data: agentShown };
    expect(map.statusMessage('agent_status')(data, moment)).toEqual({ type: 'agent_status', ...shown });
    expect(map.statusMessage('agent_status_update')(data, moment)).toEqual({
      type: 'agent_status_update',
      ...shown,
    });
  });

  test('R8: has 0 for numbers that no producer has reported, and names them', () => {
    const unknown: AutoopsAgentFragment = {
      ...agent,
      status: 'OFFLINE',
      current_activity: null,
      last_decision_time: null,
      decisions_count: 0,
      success_rate: null,
      avg_response_time: null,
    };
    expect(map.agents({ agents: [unknown] }).body).toEqual([
      {
        agent_id: 'pricing_agent',
        name: 'Pricing Agent',
        status: 'offline',
        current_activity: null,
        last_decision_time: null,
        decisions_count: 0,
        success_rate: 0,
        avg_response_time: 0,
        unreported: ['success_rate', 'avg_response_time'],
      },
    ]);
  });
});

describe('the real-time metrics', () => {
  test('R4 R11: are metrics_stream first and metrics_update then, both flat', () => {
    const shown = { timestamp: at, data: sentMetrics };
    const { agents: _1, activeAlertCount: _2, recentDecisionCount: _3, ...metrics } = kpis;
    expect(map.realTimeMessage('metrics_stream')({ kpis: metrics })).toEqual({
      type: 'metrics_stream',
      ...shown,
    });
    expect(map.realTimeMessage('metrics_update')({ kpis: metrics })).toEqual({
      type: 'metrics_update',
      ...shown,
    });
  });
});

describe('REST', () => {
  test('R13: the current metrics equal the data of metrics_update', () => {
    expect(map.currentMetrics({ kpis }).body).toEqual(map.metricsUpdate({ kpis })['data']);
  });

  test('R4: an unreported number is 0 and named, and one that was reported as 0 is not named', () => {
    const shown = map.currentMetrics({ kpis: { ...kpis, total_profit: null, stockout_incidents: 0 } }).body;
    expect(shown).toMatchObject({
      system_metrics: { total_profit: 0, stockout_incidents: 0, unreported: ['total_profit'] },
    });
  });

  test('R14: a decision has its ten documented keys and the names of unreported numbers', () => {
    const node = {
      decision_id: 'd1',
      agent_id: 'pricing_agent',
      timestamp: at,
      action_type: 'set_price',
      parameters: { sku: 'A1' },
      rationale: null,
      confidence_score: null,
      expected_outcome: {},
      success: null,
      response_time: 1_500,
    };
    expect(map.recentDecisions({ decisions: { edges: [{ node }] } }).body).toEqual([
      {
        decision_id: 'd1',
        agent_id: 'pricing_agent',
        timestamp: at,
        action_type: 'set_price',
        parameters: { sku: 'A1' },
        rationale: null,
        confidence_score: 0,
        expected_outcome: {},
        success: null,
        response_time: 1.5,
        unreported: ['confidence_score'],
      },
    ]);
  });

  test('R15: an alert has eight keys', () => {
    const active = { id: 'alert_20240115_001', timestamp: at, auto_dismiss: true, ...alert };
    expect(map.alerts({ activeAlerts: [active] }).body).toEqual([
      {
        id: 'alert_20240115_001',
        timestamp: at,
        severity: 'error',
        title: 'Disk',
        message: 'It is full.',
        agent_id: null,
        auto_dismiss: true,
        source: 'producer',
      },
    ]);
  });

  test('R16: an intervention is answered with its id and the new status', () => {
    const intervention = {
      intervention_id: 'i1',
      agent_id: 'pricing_agent',
      timestamp: at,
      action: 'PAUSE',
      status: 'PAUSED',
      message: 'Successfully paused pricing_agent',
    } as const;
    expect(map.intervention({ intervene: { __typename: 'InterveneSuccess', intervention } }).body).toEqual({
      success: true,
      message: 'Successfully paused pricing_agent',
      agent_id: 'pricing_agent',
      action: 'pause',
      intervention_id: 'i1',
      status: 'paused',
      timestamp: at,
    });
  });

  test('R17: an intervention that the graph rejects is 404 or 400', () => {
    const refused = (intervene: Parameters<typeof map.intervention>[0]['intervene']): AppError => {
      try {
        map.intervention({ intervene });
      } catch (error) {
        if (error instanceof AppError) return error;
      }
      throw new Error('it was not refused');
    };
    expect(refused({ __typename: 'NotFound', message: 'gone' })).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    });
    expect(refused({ __typename: 'InvalidInput', message: 'too large', field: 'parameters' })).toMatchObject({
      status: 400,
      code: 'INVALID_PARAMETER',
      details: { param: 'parameters' },
    });
  });

  test('R16: optional properties of the body have defaults', () => {
    const input = { agentId: 'a', action: 'RESET', parameters: {}, reason: null };
    for (const body of [{}, { agent_id: 'a' }, { agent_id: null, parameters: null, reason: null, more: 1 }])
      expect(interventionOf({ agent_id: 'a' }, interventionBody.parse({ action: 'reset', ...body }))).toEqual(
        {
          input,
        },
      );
  });
});
