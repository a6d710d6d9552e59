import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { retainedDecisions } from '../../src/domains/agents/decisions.store.ts';
import { retainedAgents } from '../../src/domains/agents/store.ts';
import { silentLog } from '../../src/log/log.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';
import { removeBefore } from '../_util/remove-old.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const agentIds = Array.from({ length: 32 }, (_, n) => `agent_${n}`);
let agentsTaken = 0;

/** An agent of the shared server that no other test uses. */
function ownAgent(): string {
  const id = agentIds[agentsTaken++];
  if (id === undefined) throw new Error('the shared server has too few agents');
  return id;
}

/** A test that must not see the KPIs, decisions and alerts of other tests starts its own server. */
let shared: TestApp;
beforeAll(async () => {
  shared = await startTestApp({ ...quiet, AUTOOPS_AGENTS: agentIds.join(',') }, { keep: true });
});
afterAll(() => shared.stop());

const publish = publishMutation('accepted { id: key cursor duplicate }');
const agentFields =
  'id: agentId name status currentActivity lastDecisionAt decisionCount successPercent avgResponseTimeMs reportedAt';
const intervene = `mutation ($input: InterveneInput!) { intervene(input: $input) {
  __typename
  ... on InterveneSuccess { intervention { id: interventionId agentId action parameters reason previousStatus newStatus actorId message } }
  ... on Failure { message code } ... on InvalidInput { field allowed }
} }`;

interface Agent {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly currentActivity: string | null;
  readonly decisionCount: number;
  readonly successPercent: number | null;
  readonly avgResponseTimeMs: number | null;
}

async function report(app: TestApp, ...events: object[]) {
  const answer = await app.graphql<{ publish: { accepted: { cursor: string; duplicate: boolean }[] } }>(
    publish,
    {
      events,
    },
  );
  expect(answer.errors).toBeUndefined();
  return answer.data.publish.accepted;
}

async function agentOf(app: TestApp, id: string): Promise<Agent> {
  const { data } = await app.graphql<{ agent: Agent }>(
    `query ($id: ID!) { agent(agentId: $id) { ${agentFields} } }`,
    {
      id,
    },
  );
  return data.agent;
}

function status(agentId: string, more: object = {}): object {
  return { agentStatus: { agentId, status: 'ACTIVE', currentActivity: 'pricing', ...more } };
}

function decision(agentId: string, more: object = {}): object {
  return { agentDecision: { agentId, actionType: 'set_price', ...more } };
}

function outcome(decisionId: string, success: boolean, more: object = {}): object {
  return { decisionOutcome: { decisionId, success, ...more } };
}

describe('agents', () => {
  it('are the configured ones in the configured order, offline until they report, and no other agent can report', async () => {
    const app = await startTestApp({ ...quiet, AUTOOPS_AGENTS: 'b_agent,a-agent' });
    const { data } = await app.graphql(
      `{ agents { ${agentFields} } none: agent(agentId: "pricing_agent") { id: agentId } }`,
    );
    const unreported = {
      status: 'OFFLINE',
      currentActivity: null,
      lastDecisionAt: null,
      decisionCount: 0,
      successPercent: null,
      avgResponseTimeMs: null,
      reportedAt: null,
    };
    expect(data).toEqual({
      agents: [
        { id: 'b_agent', name: 'B Agent', ...unreported },
        { id: 'a-agent', name: 'A Agent', ...unreported },
      ],
      none: null,
    });
    await report(shared, status(ownAgent()));
    await report(app, status('a-agent'));
    const answer = await app.graphql(publish, { events: [status('agent_0')] });
    expect(rejectionOf(answer)).toMatchObject({ field: 'agentId', allowed: 'one of b_agent, a-agent' });
  });

  it('have the reported state, and statistics of their decisions', async () => {
    const agentId = ownAgent();
    await report(
      shared,
      status(agentId, { name: 'Pricer' }),
      decision(agentId, { decisionId: 'd1', success: true, responseTimeMs: 1000 }),
      decision(agentId, { decisionId: 'd2', responseTimeMs: 2000 }),
      decision(agentId, { decisionId: 'd3' }),
      outcome('d2', false),
    );
    expect(await agentOf(shared, agentId)).toMatchObject({
      name: 'Pricer',
      status: 'ACTIVE',
      currentActivity: 'pricing',
      decisionCount: 3,
      successPercent: 50,
      avgResponseTimeMs: 1500,
    });
    await report(
      shared,
      status(agentId, { status: 'IDLE', currentActivity: null }),
      outcome('d3', true, { responseTimeMs: 6000 }),
    );
    expect(await agentOf(shared, agentId)).toMatchObject({
      name: 'Pricer',
      status: 'IDLE',
      currentActivity: null,
      decisionCount: 3,
      successPercent: 66.67,
      avgResponseTimeMs: 3000,
    });
  });

  it('ignore a report that is older than the last one, within one batch and across batches', async () => {
    const agentId = ownAgent();
    const at = (secondsAgo: number): string => new Date(Date.now() - 1_000 * secondsAgo).toISOString();
    await report(
      shared,
      status(agentId, { currentActivity: 'new', occurredAt: at(5) }),
      status(agentId, { currentActivity: 'old', occurredAt: at(9) }),
    );
    await report(shared, status(agentId, { currentActivity: 'older', occurredAt: at(7) }));
    expect(await agentOf(shared, agentId)).toMatchObject({ currentActivity: 'new' });
  });

  it('go offline when their last report is too old, and subscribers receive the change', async () => {
    const agentId = ownAgent();
    const following = graphqlClient(shared.wsUrl).iterate<{ agentStatus: Agent }>({
      query: `subscription ($agentId: ID!) { agentStatus(agentId: $agentId, everyMs: 100) { ${agentFields} } }`,
      variables: { agentId },
    });
    await report(shared, status(agentId, { occurredAt: new Date(Date.now() - 299_600).toISOString() }));
    const seen: string[] = [];
    for await (const { data } of following) {
      if (seen.at(-1) !== data?.agentStatus.status) seen.push(data?.agentStatus.status ?? '');
      if (seen.includes('ACTIVE') && seen.at(-1) === 'OFFLINE') break;
    }
    expect(seen.slice(-2)).toEqual(['ACTIVE', 'OFFLINE']);
    expect(await agentOf(shared, agentId)).toMatchObject({ status: 'OFFLINE', currentActivity: null });
  });

  it('are all sent to a new subscriber, then immediately after a report, whatever the interval', async () => {
    const agentId = ownAgent();
    const agentStatus = graphqlClient(shared.wsUrl).iterate<{ agentStatus: Agent }>({
      query: 'subscription { agentStatus(everyMs: 3600000) { id: agentId status currentActivity } }',
    });
    const first: string[] = [];
    for (let n = 0; n < agentIds.length; n++)
      first.push(String((await agentStatus.next()).value?.data?.agentStatus.id));
    expect(first).toEqual(agentIds);
    await report(shared, status(agentId));
    expect((await agentStatus.next()).value?.data?.agentStatus).toEqual({
      id: agentId,
      status: 'ACTIVE',
      currentActivity: 'pricing',
    });
  });

  it('are listed in the error of a subscription to an unknown agent', async () => {
    const failing = graphqlClient(shared.wsUrl).iterate({
      query: 'subscription { agentStatus(agentId: "x") { id: agentId } }',
    });
    const failure: unknown = await failing.next().catch((error: unknown) => error);
    expect(failure).toMatchObject([
      {
        extensions: {
          code: 'BAD_USER_INPUT',
          argument: 'agentId',
          allowed: `one of ${agentIds.join(', ')}`,
        },
      },
    ]);
  });

  it('have the same state after a restart of the server', async () => {
    const pricing = 'pricing_agent';
    const database = await createTestDatabase();
    const options = { database: database.connection, keep: true };
    const before = await startTestApp(quiet, options);
    await report(before, status(pricing), decision(pricing, { success: true }), { kpi: { totalProfit: 7 } });
    await before.graphql(intervene, { input: { agentId: pricing, action: 'PAUSE' } });
    const beforeRestart = await agentOf(before, pricing);
    await before.stop();
    const after = await startTestApp(quiet, options);
    expect(await agentOf(after, pricing)).toEqual(beforeRestart);
    expect(beforeRestart).toMatchObject({ status: 'PAUSED', decisionCount: 1, successPercent: 100 });
    const { data } = await after.graphql('{ kpis { totalProfit decisionCount } }');
    expect(data).toEqual({ kpis: { totalProfit: 7, decisionCount: 1 } });
    await after.stop();
    await database.drop();
  });
});

describe('decisions', () => {
  interface Page {
    decisions: {
      totalCount: number;
      edges: { node: { id: string; success: boolean | null; responseTimeMs: number | null } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }

  const list = `query ($first: Int, $after: String, $agentId: ID) { decisions(first: $first, after: $after, filter: { agentId: $agentId }) {
    totalCount edges { node { id: decisionId success responseTimeMs } } pageInfo { hasNextPage endCursor } } }`;

  async function idsOf(app: TestApp, variables: object): Promise<string[]> {
    const { data } = await app.graphql<Page>(list, { ...variables });
    return data.decisions.edges.map(({ node }) => node.id);
  }

  it('are listed most recent first, in pages, for all agents or for one', async () => {
    const agentId = ownAgent();
    const agents = [agentId, ownAgent()];
    const { data: before } = await shared.graphql<Page>(list, { first: 1 });
    const events = Array.from({ length: 25 }, (_, n) =>
      decision(agents[n % 2] ?? '', { decisionId: `paged-${n}` }),
    );
    await report(shared, ...events);
    const seen: string[] = [];
    let after: string | null = null;
    while (seen.length < 25) {
      const { data }: { data: Page } = await shared.graphql<Page>(list, { first: 5, after });
      expect(data.decisions.totalCount).toBe(before.decisions.totalCount + 25);
      seen.push(...data.decisions.edges.map(({ node }) => node.id));
      after = data.decisions.pageInfo.endCursor;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `paged-${24 - n}`));
    const ofOne: string[] = [];
    after = null;
    do {
      const variables: object = { first: 5, after, agentId };
      const { data }: { data: Page } = await shared.graphql<Page>(list, { ...variables });
      expect(data.decisions.totalCount).toBe(13);
      ofOne.push(...data.decisions.edges.map(({ node }) => node.id));
      after = data.decisions.pageInfo.hasNextPage ? data.decisions.pageInfo.endCursor : null;
    } while (after !== null);
    expect(ofOne).toEqual(Array.from({ length: 13 }, (_, n) => `paged-${24 - 2 * n}`));
    expect(await idsOf(shared, { agentId: 'unknown' })).toEqual([]);
    const invalid = await shared.graphql(list, { after: 'nonsense' });
    expect(invalid.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
  });

  it('show all reported values', async () => {
    const agentId = ownAgent();
    const reported = {
      parameters: { sku: 'A1', price: 9.5 },
      rationale: 'demand rose',
      confidenceScore: 0.87,
      expectedOutcome: { revenue: '+2%' },
      success: true,
    };
    await report(
      shared,
      decision(agentId, {
        ...reported,
        responseTimeMs: 1250,
        occurredAt: '2026-01-02T03:04:05.006Z',
        key: 'only-id',
      }),
    );
    const { data } = await shared.graphql<{ decisions: { edges: { node: object }[] } }>(
      `query ($agentId: ID!) { decisions(filter: { agentId: $agentId }) { edges { node { id: decisionId agentId occurredAt actionType parameters rationale confidenceScore expectedOutcome success
        responseTimeMs } } } }`,
      { agentId },
    );
    expect(data.decisions.edges).toEqual([
      {
        node: {
          id: 'only-id',
          agentId,
          occurredAt: '2026-01-02T03:04:05.006Z',
          actionType: 'set_price',
          ...reported,
          responseTimeMs: 1250,
        },
      },
    ]);
  });

  it('are stored once when they are repeated with the same `decisionId` or the same event id', async () => {
    const agentId = ownAgent();
    const [first] = await report(shared, decision(agentId, { decisionId: 'sent', responseTimeMs: 1000 }));
    const [again] = await report(shared, decision(agentId, { decisionId: 'sent', responseTimeMs: 1000 }));
    expect([first?.duplicate, again?.duplicate]).toEqual([false, true]);
    await report(
      shared,
      decision(agentId, { key: 'again-2', decisionId: 'sent' }),
      decision(agentId, { key: 'again-3' }),
      decision(agentId, { key: 'again-3' }),
    );
    expect(await idsOf(shared, { agentId })).toEqual(['again-3', 'sent']);
    expect(await agentOf(shared, agentId)).toMatchObject({ decisionCount: 2, avgResponseTimeMs: 1000 });
  });

  it('have the last reported outcome, including one that was reported before the decision', async () => {
    const agentId = ownAgent();
    await report(
      shared,
      outcome('late', true, { responseTimeMs: 4000 }),
      outcome('late', false),
      outcome('same', true),
    );
    await report(
      shared,
      decision(agentId, { decisionId: 'late', responseTimeMs: 9000 }),
      decision(agentId, { decisionId: 'same' }),
    );
    expect(await agentOf(shared, agentId)).toMatchObject({
      decisionCount: 2,
      successPercent: 50,
      avgResponseTimeMs: 4000,
    });
    await report(
      shared,
      outcome('same', false),
      outcome('same', false, { responseTimeMs: 2000 }),
      outcome('late', true),
    );
    expect(await agentOf(shared, agentId)).toMatchObject({
      decisionCount: 2,
      successPercent: 50,
      avgResponseTimeMs: 3000,
    });
    const { data } = await shared.graphql<Page>(list, { agentId });
    expect(data.decisions.edges.map(({ node }) => node)).toEqual([
      { id: 'same', success: false, responseTimeMs: 2000 },
      { id: 'late', success: true, responseTimeMs: 4000 },
    ]);
  });

  it('are counted correctly after retention has removed some of them', async () => {
    const agentId = 'pricing_agent';
    const app = await startTestApp(quiet);
    await report(
      app,
      ...Array.from({ length: 9 }, (_, n) =>
        decision(agentId, { decisionId: `d${n}`, success: n > 2, responseTimeMs: n }),
      ),
    );
    const database = openDatabase({ connection: app.database, log: silentLog });
    const soon = new Date(Date.now() + 60_000);
    await database.kysely
      .updateTable('decisions')
      .set({ recorded_at: new Date(0) })
      .where('decision_id', 'in', ['d1', 'd4', 'd8'])
      .execute();
    expect(await removeBefore(database, retainedDecisions, new Date(1))).toBe(3);
    await report(app, decision(agentId, { decisionId: 'last', success: true, responseTimeMs: 0 }));
    const left = await idsOf(app, {});
    expect(left).toHaveLength(7);
    const { data } = await app.graphql(
      '{ decisions { totalCount } kpis { decisionCount recentDecisionCount avgResponseTimeMs } }',
    );
    const times = left.map((id) => (id === 'last' ? 0 : Number(id.slice(1))));
    const mean = Math.round((times.reduce((sum, one) => sum + one, 0) / 7) * 1e4) / 1e4;
    expect(data).toEqual({
      decisions: { totalCount: 7 },
      kpis: { decisionCount: 7, recentDecisionCount: 7, avgResponseTimeMs: mean },
    });
    expect(await agentOf(app, agentId)).toMatchObject({ decisionCount: 7, avgResponseTimeMs: mean });
    expect(await removeBefore(database, retainedDecisions, soon)).toBe(7);
    await report(app, status(agentId));
    expect(await agentOf(app, agentId)).toMatchObject({
      decisionCount: 0,
      successPercent: null,
      avgResponseTimeMs: null,
    });
    await database[Symbol.asyncDispose]();
  });

  it('are stored with three statements whatever their number, and counted without reading them', async () => {
    const agentId = ownAgent();
    const client = new pg.Client(shared.database);
    await client.connect();
    const calls = async (like: string): Promise<number> => {
      const { rows } = await client.query<{ calls: number }>(
        `select coalesce(sum(calls), 0)::int as calls from pg_stat_statements s join pg_database d on d.oid = s.dbid
         where d.datname = current_database() and query ilike $1 and query not ilike '%pg_stat_statements%'`,
        [like],
      );
      return rows[0]?.calls ?? 0;
    };
    const batch = (n: number): object[] =>
      Array.from({ length: n }, (_, i) => [
        decision(agentId, { decisionId: `${n}-${i}`, responseTimeMs: 1000 }),
        outcome(`${n}-${i}`, true),
      ]).flat();
    const cost = async (n: number): Promise<number> => {
      const before = await calls('%decision%');
      await report(shared, ...batch(n));
      return (await calls('%decision%')) - before;
    };
    const counted = async (): Promise<[number, number]> => {
      const { data } = await shared.graphql<{
        decisions: { totalCount: number };
        kpis: { recentDecisionCount: number };
      }>('{ decisions(first: 1) { totalCount } kpis { recentDecisionCount } }');
      return [data.decisions.totalCount, data.kpis.recentDecisionCount];
    };
    const before = await counted();
    const one = await cost(1);
    expect(await cost(200)).toBe(one);
    expect(one).toBe(3);
    expect(await counted()).toEqual([before[0] + 201, before[1] + 201]);
    await client.end();
  });
});

describe('KPIs', () => {
  it('have the last reported value, null before the first, and statistics of recent decisions', async () => {
    const app = await startTestApp(quiet);
    const at = (minutesAgo: number): string => new Date(Date.now() - 60_000 * minutesAgo).toISOString();
    const names =
      'totalRevenue totalProfit inventoryTurnover stockoutIncidentCount wasteReductionPercent priceOptimizationScore promotionEffectiveness agentCollaborationScore';
    const { data: none } = await app.graphql<{ kpis: object }>(`{ kpis { ${names} } }`);
    expect(Object.values(none.kpis)).toEqual(Array.from({ length: 8 }, () => null));
    await report(
      app,
      { kpi: { totalRevenue: 125000.5, stockoutIncidentCount: 3 } },
      { kpi: { totalRevenue: 1, priceOptimizationScore: 0.87, occurredAt: at(1) } },
      decision('pricing_agent', { occurredAt: at(59.9), responseTimeMs: 1000 }),
      decision('pricing_agent', { occurredAt: at(60.1), responseTimeMs: 3000 }),
      decision('pricing_agent', { occurredAt: at(24 * 60 - 0.1), responseTimeMs: 5000 }),
      decision('pricing_agent', { occurredAt: at(24 * 60 + 0.1), responseTimeMs: 1_000_000 }),
    );
    const { data } = await app.graphql<{ kpis: object }>(
      `{ kpis { ${names} decisionCount recentDecisionCount avgResponseTimeMs sampledAt activeAlertCount agents { id: agentId } } }`,
    );
    expect(data.kpis).toEqual({
      totalRevenue: 125000.5,
      totalProfit: null,
      inventoryTurnover: null,
      stockoutIncidentCount: 3,
      wasteReductionPercent: null,
      priceOptimizationScore: 0.87,
      promotionEffectiveness: null,
      agentCollaborationScore: null,
      decisionCount: 4,
      recentDecisionCount: 1,
      avgResponseTimeMs: 3000,
      sampledAt: expect.any(String) as string,
      activeAlertCount: 0,
      agents: [{ id: 'pricing_agent' }, { id: 'inventory_agent' }, { id: 'promotion_agent' }],
    });
  });

  it('are sent again in each interval', async () => {
    const kpis = graphqlClient(shared.wsUrl).iterate<{
      kpis: { totalProfit: number | null; sampledAt: string };
    }>({
      query: 'subscription { kpis(everyMs: 100) { totalProfit sampledAt } }',
    });
    const first = (await kpis.next()).value?.data?.kpis;
    expect(first?.totalProfit).not.toBe(5);
    await report(shared, { kpi: { totalProfit: 5 } });
    const seen = new Set<string>();
    for await (const { data } of kpis) {
      if (data?.kpis.totalProfit === 5 && seen.add(data.kpis.sampledAt).size === 2) break;
    }
  });
});

describe('an intervention', () => {
  const variables = (agentId: string, action: string, more: object = {}): Record<string, unknown> => ({
    input: { agentId, action, ...more },
  });

  it('pauses an agent until it is resumed, regardless of its reports', async () => {
    const agentId = ownAgent();
    await report(shared, status(agentId));
    const paused = await shared.graphql<{ intervene: { intervention: { id: string } } }>(
      intervene,
      variables(agentId, 'PAUSE', { reason: 'too cheap', parameters: { until: 'noon' } }),
    );
    expect(paused.data.intervene).toEqual({
      __typename: 'InterveneSuccess',
      intervention: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        agentId,
        action: 'PAUSE',
        parameters: { until: 'noon' },
        reason: 'too cheap',
        previousStatus: 'ACTIVE',
        newStatus: 'PAUSED',
        actorId: 'anonymous',
        message: `Successfully paused ${agentId}`,
      },
    });
    await report(shared, status(agentId, { status: 'ERROR', currentActivity: 'crashing' }));
    expect(await agentOf(shared, agentId)).toMatchObject({ status: 'PAUSED', currentActivity: 'crashing' });
    const resumed = await shared.graphql(intervene, variables(agentId, 'RESUME'));
    expect(resumed.data).toMatchObject({
      intervene: {
        intervention: { previousStatus: 'PAUSED', newStatus: 'ERROR', parameters: {}, reason: null },
      },
    });
    expect(await agentOf(shared, agentId)).toMatchObject({ status: 'ERROR' });
  });

  it('clears the current activity with RESET, and changes nothing with OVERRIDE', async () => {
    const agentId = ownAgent();
    await report(shared, status(agentId));
    await shared.graphql(intervene, variables(agentId, 'PAUSE'));
    const reset = await shared.graphql(intervene, variables(agentId, 'RESET'));
    expect(reset.data).toMatchObject({
      intervene: { intervention: { newStatus: 'ACTIVE', message: `Successfully reset ${agentId}` } },
    });
    expect(await agentOf(shared, agentId)).toMatchObject({ status: 'ACTIVE', currentActivity: null });
    const overridden = await shared.graphql(
      intervene,
      variables(agentId, 'OVERRIDE', { parameters: { price: 3 } }),
    );
    expect(overridden.data).toMatchObject({
      intervene: {
        intervention: { previousStatus: 'ACTIVE', newStatus: 'ACTIVE', parameters: { price: 3 } },
      },
    });
  });

  it('starts from the result of the previous intervention in the same transaction', async () => {
    const agentId = ownAgent();
    await report(shared, status(agentId));
    const responses = await Promise.all(
      ['PAUSE', 'RESUME', 'PAUSE', 'RESET'].map((action) =>
        shared.graphql(intervene, variables(agentId, action)),
      ),
    );
    expect(responses.every(({ errors }) => errors === undefined)).toBe(true);
    const { data } = await shared.graphql<{
      interventions: { edges: { node: { previousStatus: string; newStatus: string } }[] };
    }>(
      'query ($agentId: ID!) { interventions(filter: { agentId: $agentId }) { edges { node { previousStatus newStatus } } } }',
      { agentId },
    );
    const states = data.interventions.edges.map(({ node }) => node).toReversed();
    expect(states).toHaveLength(4);
    expect(states.map(({ previousStatus }) => previousStatus)).toEqual([
      'ACTIVE',
      ...states.slice(0, -1).map(({ newStatus }) => newStatus),
    ]);
    expect(await agentOf(shared, agentId)).toMatchObject({ status: states.at(-1)?.newStatus });
  });

  it('is audited, raises an alert, and is delivered to the agent even if it reconnects later', async () => {
    const agentId = ownAgent();
    const another = ownAgent();
    const [reported] = await report(shared, status(agentId));
    await shared.graphql(intervene, variables(agentId, 'OVERRIDE', { parameters: { price: 3 } }));
    await shared.graphql(intervene, { input: { agentId: another, action: 'PAUSE' } });
    await shared.graphql(intervene, variables(agentId, 'PAUSE'));
    const events = graphqlClient(shared.wsUrl).iterate<{ agentEvents: object }>({
      query: `subscription ($agentId: ID!, $after: Cursor) { agentEvents(agentId: $agentId, types: [INTERVENED], after: $after) {
        __typename ... on AgentIntervened { agentId interventionId intervention { interventionId action }
          interventionSnapshot { action parameters } } } }`,
      variables: { agentId, after: reported?.cursor },
    });
    for (const intervention of [
      { action: 'OVERRIDE', parameters: { price: 3 } },
      { action: 'PAUSE', parameters: {} },
    ]) {
      const interventionId = expect.any(String) as string;
      const { value } = await events.next();
      expect(value?.data).toEqual({
        agentEvents: {
          __typename: 'AgentIntervened',
          agentId,
          interventionId,
          intervention: { interventionId, action: intervention.action },
          interventionSnapshot: intervention,
        },
      });
    }
    const { data: audit } = await shared.graphql<{ auditLogs: { edges: { node: { details: string } }[] } }>(
      `query ($agentId: ID!) { auditLogs(filter: { eventTypes: ["agent_intervention"], targetId: $agentId }) {
        edges { node { actorId action details } } } }`,
      { agentId },
    );
    expect(audit.auditLogs.edges).toHaveLength(2);
    expect(JSON.parse(audit.auditLogs.edges[0]?.node.details ?? '')).toMatchObject({
      action: 'PAUSE',
      newStatus: 'PAUSED',
    });
    const client = new pg.Client(shared.database);
    await client.connect();
    const { rows } = await client.query(
      "select payload from events where type = 'alertRaised' and payload->>'agentId' = any($1) order by seq",
      [[agentId, another]],
    );
    await client.end();
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({
      payload: {
        alertType: 'agent_intervention',
        level: 'INFO',
        agentId,
        autoDismiss: true,
        message: `anonymous overrode ${agentId}`,
      },
    });
  });

  it('returns a typed error for invalid input, and changes nothing', async () => {
    const agentId = ownAgent();
    const state = async () =>
      (
        await shared.graphql<object>(
          '{ interventions { totalCount } auditLogs { totalCount } alerts { totalCount } agents { status } }',
        )
      ).data;
    const before = await state();
    for (const [more, failure] of [
      [{ agentId: 'unknown' }, { __typename: 'NotFound', code: 'NOT_FOUND' }],
      [{ reason: 'x'.repeat(501) }, { __typename: 'InvalidInput', field: 'reason' }],
      [{ parameters: [1] }, { __typename: 'InvalidInput', field: 'parameters' }],
      [{ parameters: { a: 'x\u0000' } }, { __typename: 'InvalidInput', field: 'parameters' }],
      [{ parameters: { a: '\ud800' } }, { __typename: 'InvalidInput', field: 'parameters' }],
      [{ reason: '\udfff' }, { __typename: 'InvalidInput', field: 'reason' }],
    ] as const) {
      const { data } = await shared.graphql<{ intervene: object }>(
        intervene,
        variables(agentId, 'PAUSE', more),
      );
      expect(data.intervene).toMatchObject(failure);
    }
    const unknown = await shared.graphql(intervene, variables(agentId, 'EXPLODE'));
    expect(unknown.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await state()).toEqual(before);
  });

  it('requires the capability `execute`', async () => {
    const app = await startTestApp({
      ...quiet,
      AUTH_TOKENS: 'a-token-of-a-user:ann:user,a-token-of-a-dev:dev:developer',
    });
    const as = (token: string) =>
      app.graphql<{ intervene: object }>(intervene, variables('pricing_agent', 'PAUSE'), {
        authorization: `Bearer ${token}`,
      });
    const forbidden = await as('a-token-of-a-user');
    expect(forbidden.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const accepted = await as('a-token-of-a-dev');
    expect(accepted.data).toMatchObject({
      intervene: { intervention: { actorId: 'dev', newStatus: 'PAUSED' } },
    });
  });

  it('on one instance is sent immediately to subscribers of another instance', async () => {
    const agentId = ownAgent();
    const env = { ...quiet, AUTOOPS_AGENTS: agentIds.join(',') };
    const there = await startTestApp(env, { database: shared.database });
    const following = graphqlClient(there.wsUrl).iterate<{ agentStatus: Agent }>({
      query: 'subscription ($agentId: ID!) { agentStatus(agentId: $agentId, everyMs: 3600000) { status } }',
      variables: { agentId },
    });
    expect((await following.next()).value?.data).toEqual({ agentStatus: { status: 'OFFLINE' } });
    await shared.graphql(intervene, variables(agentId, 'PAUSE'));
    expect((await following.next()).value?.data).toEqual({ agentStatus: { status: 'PAUSED' } });
  });
});

describe('without AUTOOPS_AGENTS', () => {
  const initial = ['pricing_agent', 'inventory_agent', 'promotion_agent'];

  async function listed(app: TestApp): Promise<string[]> {
    const { data } = await app.graphql<{ agents: Agent[] }>('{ agents { id: agentId } }');
    return data.agents.map(({ id }) => id);
  }

  it('an agent is registered by its first report, on all instances and after a restart', async () => {
    const database = await createTestDatabase();
    const options = { database: database.connection, keep: true };
    const [one, other] = await Promise.all([startTestApp(quiet, options), startTestApp(quiet, options)]);
    expect(await listed(one)).toEqual(initial);
    const unknown = await one.graphql<{ intervene: object }>(intervene, {
      input: { agentId: 'scout', action: 'PAUSE' },
    });
    expect(unknown.data.intervene).toMatchObject({ __typename: 'NotFound' });

    const following = graphqlClient(other.wsUrl).iterate<{ agentStatus: { agentId: string } }>({
      query: 'subscription { agentStatus(everyMs: 3600000) { agentId status } }',
    });
    for (let n = 0; n < initial.length; n++) await following.next();
    await report(one, status('scout'));
    expect(await listed(one)).toEqual([...initial, 'scout']);
    expect((await following.next()).value?.data).toEqual({
      agentStatus: { agentId: 'scout', status: 'ACTIVE' },
    });
    await report(other, decision('planner'));
    expect(await agentOf(other, 'planner')).toMatchObject({ name: 'Planner', decisionCount: 1 });
    const paused = await other.graphql(intervene, { input: { agentId: 'planner', action: 'PAUSE' } });
    expect(paused.data).toMatchObject({ intervene: { intervention: { newStatus: 'PAUSED' } } });
    await Promise.all([one.stop(), other.stop()]);

    const again = await startTestApp(quiet, options);
    expect(await listed(again)).toEqual([...initial, 'scout', 'planner']);
    await again.stop();
    await database.drop();
  });

  it('further agents than AGENTS_MAX are rejected with the limit, and known ones still report', async () => {
    const app = await startTestApp({ ...quiet, AGENTS_MAX: '4' });
    await report(app, status('scout'));
    for (const event of [status('planner'), decision('planner')]) {
      const answer = await app.graphql(publish, { events: [status('scout'), event] });
      expect(rejectionOf(answer)).toMatchObject({
        message: expect.stringContaining('there are 4 of at most 4 (AGENTS_MAX)') as string,
        code: 'BAD_USER_INPUT',
        field: 'agentId',
      });
    }
    await report(app, status('scout'), decision('pricing_agent'));
    expect(await listed(app)).toEqual([...initial, 'scout']);
    const invalid = await app.graphql(publish, { events: [status('A scout')] });
    expect(rejectionOf(invalid)).toMatchObject({
      field: 'agentId',
      allowed: '1 to 64 characters of a-z, 0-9, _ and -',
    });
  });

  it('an agent that has not reported for long is forgotten, unless it is paused or has decisions', async () => {
    const app = await startTestApp({ ...quiet, AGENTS_MAX: '6' });
    await report(app, status('idle'), status('paused'), decision('decided'));
    // each agent of a batch is known as soon as the batch is stored
    const paused = await app.graphql(intervene, { input: { agentId: 'paused', action: 'PAUSE' } });
    expect(paused.data).toMatchObject({ intervene: { __typename: 'InterveneSuccess' } });
    const database = openDatabase({ connection: app.database, log: silentLog });
    expect(await removeBefore(database, retainedAgents, new Date(Date.now() - 60_000))).toBe(0);
    expect(await removeBefore(database, retainedAgents, new Date(Date.now() + 60_000))).toBe(1);
    await database[Symbol.asyncDispose]();
    await report(app, status('another')); // takes the place
    expect(await listed(app)).toEqual([...initial, 'paused', 'decided', 'another']);
  });
});

describe('agentEvents', () => {
  it('delivers all types of events in order, each with the field of its type', async () => {
    const agentId = ownAgent();
    const [start] = await report(shared, status(agentId));
    await report(
      shared,
      status(agentId),
      decision(agentId, { key: 'followed', responseTimeMs: 2000 }),
      outcome('followed', true),
      { kpi: { totalProfit: 1 } },
    );
    const events = graphqlClient(shared.wsUrl).iterate<{ agentEvents: Record<string, unknown> }>({
      query: `subscription ($after: Cursor!) { agentEvents(after: $after) { __typename
        ... on AgentReported { agentId report { status currentActivity name } }
        ... on AgentDecided { agentId decisionId decisionSnapshot { responseTimeMs } }
        ... on DecisionOutcomeKnown { outcome { decisionId success responseTimeMs } }
        ... on KpisReported { kpis { totalProfit totalRevenue } } } }`,
      variables: { after: start?.cursor },
    });
    const seen: unknown[] = [];
    for await (const { data } of events) if (seen.push(data?.agentEvents) === 4) break;
    expect(seen).toEqual([
      {
        __typename: 'AgentReported',
        agentId,
        report: { status: 'ACTIVE', currentActivity: 'pricing', name: null },
      },
      {
        __typename: 'AgentDecided',
        agentId,
        decisionId: 'followed',
        decisionSnapshot: { responseTimeMs: 2000 },
      },
      {
        __typename: 'DecisionOutcomeKnown',
        outcome: { decisionId: 'followed', success: true, responseTimeMs: null },
      },
      { __typename: 'KpisReported', kpis: { totalProfit: 1, totalRevenue: null } },
    ]);
  });
});

describe('an invalid report about agents', () => {
  const agentId = ownAgent();

  it.each<[object, string, unknown]>([
    [status('unknown'), 'agentId', `one of ${agentIds.join(', ')}`],
    [decision('unknown'), 'agentId', `one of ${agentIds.join(', ')}`],
    [status(agentId, { currentActivity: 'x'.repeat(501) }), 'currentActivity', 'at most 500 characters'],
    [status(agentId, { name: '' }), 'name', '1 to 200 characters'],
    [decision(agentId, { confidenceScore: 1.01 }), 'confidenceScore', 'a number from 0 to 1'],
    [decision(agentId, { responseTimeMs: -1000 }), 'responseTimeMs', 'a number from 0 to 1000000000'],
    [decision(agentId, { parameters: ['a'] }), 'parameters', expect.stringContaining('a JSON object')],
    [
      decision(agentId, { expectedOutcome: 'more' }),
      'expectedOutcome',
      expect.stringContaining('a JSON object'),
    ],
    [decision(agentId, { actionType: '' }), 'actionType', '1 to 200 characters'],
    [outcome('', true), 'decisionId', '1 to 200 characters'],
    [{ kpi: {} }, 'kpi', expect.stringContaining('at least one of totalRevenue')],
    [
      { kpi: { stockoutIncidentCount: -1 } },
      'stockoutIncidentCount',
      expect.stringContaining('a number from 0'),
    ],
    [{ kpi: { priceOptimizationScore: 87 } }, 'priceOptimizationScore', 'a number from 0 to 1'],
  ])('rejects the whole batch and names the field: %j', async (event, field, allowed) => {
    const answer = await shared.graphql(publish, { events: [decision(agentId), event] });
    expect(rejectionOf(answer)).toMatchObject({ code: 'BAD_USER_INPUT', index: 1, field, allowed });
    expect(await agentOf(shared, agentId)).toMatchObject({ decisionCount: 0 });
  });
});
