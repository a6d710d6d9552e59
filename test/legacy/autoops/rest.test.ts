import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { listOf, oneOf, publish, refusal, until } from '../_old-client.ts';
import { agentIds, agentStatus, alert, dashboardMetrics, decision, quiet, report } from './_autoops.ts';

let app: TestApp;
const recent = '/api/dashboard/decisions/recent';

beforeAll(async () => {
  app = await startTestApp(quiet, { keep: true });
  await publish(app, [report('inventory_agent', { status: 'IDLE', name: 'Stock Keeper' })]);
  await publish(
    app,
    Array.from({ length: 60 }, (_, n) => ({
      agentDecision: {
        decisionId: `d${n}`,
        agentId: n % 2 === 0 ? 'pricing_agent' : 'inventory_agent',
        actionType: 'set_price',
        ...(n === 59 ? { success: true, responseTimeMs: 1250, confidenceScore: 0.9, rationale: 'why' } : {}),
      },
    })),
  );
});

afterAll(() => app.stop());

async function decisions(query = ''): Promise<Record<string, unknown>[]> {
  const { status, body } = await app.get(`${recent}${query}`);
  expect(status).toBe(200);
  return body;
}

describe('GET /api/dashboard/agents/status', () => {
  it('R12: is an array of all agents in their order, with eight documented keys each and the names of unreported numbers', async () => {
    const { status, body } = await app.get('/api/dashboard/agents/status');
    expect(status).toBe(200);
    expect(body).toFit(listOf(agentStatus));
    expect((body as { agent_id: string }[]).map(({ agent_id }) => agent_id)).toEqual(agentIds);
    expect(body).toMatchObject([
      {
        name: 'Pricing Agent',
        status: 'offline',
        decisions_count: 30,
        success_rate: 0,
        unreported: ['success_rate', 'avg_response_time'],
      },
      {
        name: 'Stock Keeper',
        status: 'idle',
        decisions_count: 30,
        success_rate: 100,
        avg_response_time: 1.25,
        unreported: [],
      },
      { name: 'Promotion Agent', decisions_count: 0, last_decision_time: null, success_rate: 0 },
    ]);
  });
});

describe('GET /api/dashboard/metrics/current', () => {
  it('R13: equals the data of metrics_update of live-updates', async () => {
    const { status, body } = await app.get('/api/dashboard/metrics/current');
    expect(status).toBe(200);
    expect(body).toFit(dashboardMetrics);
    expect(body).toMatchObject({ system_metrics: { decision_count: 60 }, recent_decisions_count: 60 });
  });
});

describe('GET /api/dashboard/decisions/recent', () => {
  it('R14: lists decisions newest first, at most twenty by default', async () => {
    const some = await decisions();
    expect(some).toFit(listOf(decision));
    expect(some.map(({ decision_id }) => decision_id)).toEqual(
      Array.from({ length: 20 }, (_, n) => `d${59 - n}`),
    );
    expect(some[0]).toMatchObject({
      agent_id: 'inventory_agent',
      rationale: 'why',
      confidence_score: 0.9,
      parameters: {},
      expected_outcome: {},
      success: true,
      response_time: 1.25,
    });
    expect(await decisions('?limit=3')).toHaveLength(3);
    expect(await decisions('?limit=99999')).toHaveLength(60);
    expect(await decisions('?limit=')).toHaveLength(20);
  });

  it('R14: limit is capped at 500', async () => {
    const own = await startTestApp(quiet);
    await publish(
      own,
      Array.from({ length: 510 }, () => ({
        agentDecision: { agentId: 'promotion_agent', actionType: 'promote' },
      })),
    );
    for (const limit of [500, 501, 5_000])
      expect((await own.get(`${recent}?limit=${limit}`)).body).toHaveLength(500);
  });

  it('R14: agent_id selects the decisions of one agent, and none for an unknown agent', async () => {
    const some = await decisions('?limit=500&agent_id=pricing_agent');
    expect(some).toHaveLength(30);
    expect(new Set(some.map(({ agent_id }) => agent_id))).toEqual(new Set(['pricing_agent']));
    expect(await decisions('?agent_id=unknown')).toEqual([]);
    expect(await decisions('?agent_id=')).toHaveLength(20);
  });

  it.each(['limit=0', 'limit=-1', 'limit=1.5', 'limit=ten', 'agent_id=a%00b'])(
    'R14: rejects ?%s with 400 and names the parameter',
    async (query) => {
      const { status, body } = await app.get(`${recent}?${query}`);
      expect(status).toBe(400);
      expect(body).toFit(refusal('INVALID_PARAMETER', { param: oneOf(query.split('=')[0]) }));
    },
  );
});

describe('GET /api/dashboard/alerts/active', () => {
  it('R15: lists alerts that are neither acknowledged nor resolved, newest first, and metrics count them', async () => {
    const own = await startTestApp(quiet);
    const active = async (): Promise<Record<string, unknown>[]> =>
      (await own.get('/api/dashboard/alerts/active')).body;
    expect(await active()).toEqual([]);
    await publish(
      own,
      ['INFO', 'WARNING', 'ERROR', 'CRITICAL'].map((severity, n) => ({
        alert: {
          alertType: `t${n}`,
          severity,
          title: `No. ${n}`,
          message: 'Look.',
          agentId: 'pricing_agent',
        },
      })),
    );
    await until(async () => (await active()).length === 4);
    const all = await active();
    expect(all).toFit(listOf(alert));
    expect(all.map(({ severity }) => severity)).toEqual(['critical', 'error', 'warning', 'info']);
    expect(all[0]).toMatchObject({ title: 'No. 3', agent_id: 'pricing_agent', source: 'producer' });
    const [first, second] = all.map(({ id }) => id);
    await own.graphql('mutation ($id: ID!) { acknowledgeAlert(input: { alertId: $id }) { __typename } }', {
      id: first,
    });
    await own.graphql('mutation ($id: ID!) { resolveAlert(input: { alertId: $id }) { __typename } }', {
      id: second,
    });
    await until(async () => (await active()).length === 2);
    expect((await own.get('/api/dashboard/metrics/current')).body).toMatchObject({ active_alerts_count: 2 });
  });
});
