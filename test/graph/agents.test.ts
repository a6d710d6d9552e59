import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { retainedDecisions } from '../../src/domains/agents/decisions.store.ts';
import { silentLog } from '../../src/log.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';
import { removeBefore } from '../_util/remove-old.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const publish =
  'mutation ($events: [EventInput!]!) { publish(events: $events) { accepted { id cursor duplicate } } }';
const everything =
  'id name status currentActivity lastDecisionAt decisionCount successRate meanResponseTimeSeconds reportedAt';
const intervene = `mutation ($input: InterventionInput!) { intervene(input: $input) {
  __typename
  ... on InterveneSuccess { intervention { id agentId action parameters reason previousStatus newStatus actorId message } }
  ... on Failure { message code } ... on InvalidInput { field allowed }
} }`;

interface Agent {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly currentActivity: string | null;
  readonly decisionCount: number;
  readonly successRate: number | null;
  readonly meanResponseTimeSeconds: number | null;
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

async function agentOf(app: TestApp, id = 'pricing_agent'): Promise<Agent> {
  const { data } = await app.graphql<{ agent: Agent }>(
    `query ($id: ID!) { agent(id: $id) { ${everything} } }`,
    {
      id,
    },
  );
  return data.agent;
}

function status(more: object = {}): object {
  return { agentStatus: { agentId: 'pricing_agent', status: 'ACTIVE', currentActivity: 'pricing', ...more } };
}

function decision(more: object = {}): object {
  return { agentDecision: { agentId: 'pricing_agent', actionType: 'set_price', ...more } };
}

function outcome(decisionId: string, success: boolean, more: object = {}): object {
  return { decisionOutcome: { decisionId, success, ...more } };
}

describe('agents', () => {
  it('are those that are configured, in that order, offline and without figures until they report', async () => {
    const app = await startTestApp({ ...quiet, AUTOOPS_AGENTS: 'b_agent,a-agent' });
    const { data } = await app.graphql(
      `{ agents { ${everything} } none: agent(id: "pricing_agent") { id } }`,
    );
    const nothing = {
      status: 'OFFLINE',
      currentActivity: null,
      lastDecisionAt: null,
      decisionCount: 0,
      successRate: null,
      meanResponseTimeSeconds: null,
      reportedAt: null,
    };
    expect(data).toEqual({
      agents: [
        { id: 'b_agent', name: 'B Agent', ...nothing },
        { id: 'a-agent', name: 'A Agent', ...nothing },
      ],
      none: null,
    });
  });

  it('are as they report, and as their decisions went', async () => {
    const app = await startTestApp(quiet);
    await report(
      app,
      status({ name: 'Pricer' }),
      decision({ decisionId: 'd1', success: true, responseTime: 1 }),
      decision({ decisionId: 'd2', responseTime: 2 }),
      decision({ decisionId: 'd3' }),
      outcome('d2', false),
    );
    expect(await agentOf(app)).toMatchObject({
      name: 'Pricer',
      status: 'ACTIVE',
      currentActivity: 'pricing',
      decisionCount: 3,
      successRate: 50,
      meanResponseTimeSeconds: 1.5,
    });
    await report(
      app,
      status({ status: 'IDLE', currentActivity: null }),
      outcome('d3', true, { responseTime: 6 }),
    );
    expect(await agentOf(app)).toMatchObject({
      name: 'Pricer',
      status: 'IDLE',
      currentActivity: null,
      decisionCount: 3,
      successRate: 66.67,
      meanResponseTimeSeconds: 3,
    });
  });

  it('keep their last report against an older one that comes late, in one batch too', async () => {
    const app = await startTestApp(quiet);
    const at = (secondsAgo: number): string => new Date(Date.now() - 1_000 * secondsAgo).toISOString();
    await report(
      app,
      status({ currentActivity: 'new', at: at(5) }),
      status({ currentActivity: 'old', at: at(9) }),
    );
    await report(app, status({ currentActivity: 'older', at: at(7) }));
    expect(await agentOf(app)).toMatchObject({ currentActivity: 'new' });
  });

  it('go offline by themselves when their report grows too old, and their readers hear of it', async () => {
    const app = await startTestApp(quiet);
    const following = graphqlClient(app.wsUrl).iterate<{ agentStatus: Agent }>({
      query: `subscription { agentStatus(agentId: "pricing_agent", everyMs: 100) { ${everything} } }`,
    });
    await report(app, status({ at: new Date(Date.now() - 299_600).toISOString() }));
    const seen: string[] = [];
    for await (const { data } of following) {
      if (seen.at(-1) !== data?.agentStatus.status) seen.push(data?.agentStatus.status ?? '');
      if (seen.includes('ACTIVE') && seen.at(-1) === 'OFFLINE') break;
    }
    expect(seen.slice(-2)).toEqual(['ACTIVE', 'OFFLINE']);
    expect(await agentOf(app)).toMatchObject({ status: 'OFFLINE', currentActivity: null });
  });

  it('are shown all at once, and then at once after a report, however seldom their reader wants them', async () => {
    const app = await startTestApp(quiet);
    const seldom = graphqlClient(app.wsUrl).iterate<{ agentStatus: Agent }>({
      query: 'subscription { agentStatus(everyMs: 3600000) { id status currentActivity } }',
    });
    const first: string[] = [];
    for (let n = 0; n < 3; n++) first.push(String((await seldom.next()).value?.data?.agentStatus.id));
    expect(first).toEqual(['pricing_agent', 'inventory_agent', 'promotion_agent']);
    await report(app, status());
    expect((await seldom.next()).value?.data?.agentStatus).toEqual({
      id: 'pricing_agent',
      status: 'ACTIVE',
      currentActivity: 'pricing',
    });
  });

  it('are named to whoever subscribes to one that is not there', async () => {
    const app = await startTestApp(quiet);
    const failing = graphqlClient(app.wsUrl).iterate({
      query: 'subscription { agentStatus(agentId: "x") { id } }',
    });
    const failure: unknown = await failing.next().catch((error: unknown) => error);
    expect(failure).toMatchObject([
      {
        extensions: {
          code: 'BAD_USER_INPUT',
          argument: 'agentId',
          allowed: 'one of pricing_agent, inventory_agent, promotion_agent',
        },
      },
    ]);
  });

  it('are as they were after a restart, one that went and came back as well', async () => {
    const database = await createTestDatabase();
    const options = { database: database.connection, keep: true };
    const before = await startTestApp(quiet, options);
    await report(before, status(), decision({ success: true }), { kpi: { totalProfit: 7 } });
    await before.graphql(intervene, { input: { agentId: 'pricing_agent', action: 'PAUSE' } });
    const was = await agentOf(before);
    await before.stop();
    const after = await startTestApp(quiet, options);
    expect(await agentOf(after)).toEqual(was);
    expect(was).toMatchObject({ status: 'PAUSED', decisionCount: 1, successRate: 100 });
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
      edges: { node: { id: string; success: boolean | null; responseTimeSeconds: number | null } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }

  const list = `query ($first: Int, $after: String, $agentId: ID) { decisions(first: $first, after: $after, agentId: $agentId) {
    totalCount edges { node { id success responseTimeSeconds } } pageInfo { hasNextPage endCursor } } }`;

  async function idsOf(app: TestApp, variables: object): Promise<string[]> {
    const { data } = await app.graphql<Page>(list, { ...variables });
    return data.decisions.edges.map(({ node }) => node.id);
  }

  it('are listed newest first, a page after the other, of all agents or of one', async () => {
    const app = await startTestApp(quiet);
    const agents = ['pricing_agent', 'inventory_agent'];
    const events = Array.from({ length: 25 }, (_, n) =>
      decision({ decisionId: `d${n}`, agentId: agents[n % 2] }),
    );
    await report(app, ...events);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: Page } = await app.graphql<Page>(list, { first: 10, after });
      expect(data.decisions.totalCount).toBe(25);
      seen.push(...data.decisions.edges.map(({ node }) => node.id));
      after = data.decisions.pageInfo.hasNextPage ? data.decisions.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `d${24 - n}`));
    expect(await idsOf(app, { first: 3, agentId: 'inventory_agent' })).toEqual(['d23', 'd21', 'd19']);
    expect(await idsOf(app, { agentId: 'nobody' })).toEqual([]);
    const wrong = await app.graphql(list, { after: 'nonsense' });
    expect(wrong.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
  });

  it('show everything that was reported of them', async () => {
    const app = await startTestApp(quiet);
    const told = {
      parameters: { sku: 'A1', price: 9.5 },
      rationale: 'demand rose',
      confidenceScore: 0.87,
      expectedOutcome: { revenue: '+2%' },
      success: true,
    };
    await report(
      app,
      decision({ ...told, responseTime: 1.25, at: '2026-01-02T03:04:05.006Z', id: 'only-id' }),
    );
    const { data } = await app.graphql<{ decisions: { edges: { node: object }[] } }>(
      `{ decisions { edges { node { id agentId at actionType parameters rationale confidenceScore expectedOutcome success
        responseTimeSeconds } } } }`,
    );
    expect(data.decisions.edges).toEqual([
      {
        node: {
          id: 'only-id',
          agentId: 'pricing_agent',
          at: '2026-01-02T03:04:05.006Z',
          actionType: 'set_price',
          ...told,
          responseTimeSeconds: 1.25,
        },
      },
    ]);
  });

  it('are stored once, whether they are sent again with their id or with that of the event', async () => {
    const app = await startTestApp(quiet);
    const [first] = await report(app, decision({ decisionId: 'd1', responseTime: 1 }));
    const [again] = await report(app, decision({ decisionId: 'd1', responseTime: 1 }));
    expect([first?.duplicate, again?.duplicate]).toEqual([false, true]);
    await report(
      app,
      decision({ id: 'e2', decisionId: 'd1' }),
      decision({ id: 'e3' }),
      decision({ id: 'e3' }),
    );
    expect(await idsOf(app, {})).toEqual(['e3', 'd1']);
    expect(await agentOf(app)).toMatchObject({ decisionCount: 2, meanResponseTimeSeconds: 1 });
  });

  it('take the last outcome, also one that came before them', async () => {
    const app = await startTestApp(quiet);
    await report(
      app,
      outcome('late', true, { responseTime: 4 }),
      outcome('late', false),
      outcome('same', true),
    );
    await report(app, decision({ decisionId: 'late', responseTime: 9 }), decision({ decisionId: 'same' }));
    expect(await agentOf(app)).toMatchObject({
      decisionCount: 2,
      successRate: 50,
      meanResponseTimeSeconds: 4,
    });
    await report(
      app,
      outcome('same', false),
      outcome('same', false, { responseTime: 2 }),
      outcome('late', true),
    );
    expect(await agentOf(app)).toMatchObject({
      decisionCount: 2,
      successRate: 50,
      meanResponseTimeSeconds: 3,
    });
    const { data } = await app.graphql<Page>(list);
    expect(data.decisions.edges.map(({ node }) => node)).toEqual([
      { id: 'same', success: false, responseTimeSeconds: 2 },
      { id: 'late', success: true, responseTimeSeconds: 4 },
    ]);
  });

  it('are counted as stored, also after retention has removed some', async () => {
    const app = await startTestApp(quiet);
    await report(
      app,
      ...Array.from({ length: 9 }, (_, n) =>
        decision({ decisionId: `d${n}`, success: n > 2, responseTime: n }),
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
    await report(app, decision({ decisionId: 'last', success: true, responseTime: 0 }));
    const left = await idsOf(app, {});
    expect(left).toHaveLength(7);
    const { data } = await app.graphql(
      '{ decisions { totalCount } kpis { decisionCount recentDecisionCount meanResponseTimeSeconds } }',
    );
    const seconds = left.map((id) => (id === 'last' ? 0 : Number(id.slice(1))));
    const mean = Math.round((seconds.reduce((sum, one) => sum + one, 0) / 7) * 1e4) / 1e4;
    expect(data).toEqual({
      decisions: { totalCount: 7 },
      kpis: { decisionCount: 7, recentDecisionCount: 7, meanResponseTimeSeconds: mean },
    });
    expect(await agentOf(app)).toMatchObject({ decisionCount: 7, meanResponseTimeSeconds: mean });
    expect(await removeBefore(database, retainedDecisions, soon)).toBe(7);
    await report(app, status());
    expect(await agentOf(app)).toMatchObject({
      decisionCount: 0,
      successRate: null,
      meanResponseTimeSeconds: null,
    });
    await database[Symbol.asyncDispose]();
  });

  it('cost the same few statements whatever their number, and are counted without being read', async () => {
    const app = await startTestApp(quiet);
    const client = new pg.Client(app.database);
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
        decision({ decisionId: `${n}-${i}`, responseTime: 1 }),
        outcome(`${n}-${i}`, true),
      ]).flat();
    const cost = async (n: number): Promise<number> => {
      const before = await calls('%decision%');
      await report(app, ...batch(n));
      return (await calls('%decision%')) - before;
    };
    const one = await cost(1);
    expect(await cost(500)).toBe(one);
    expect(one).toBe(3);
    const { data } = await app.graphql('{ decisions(first: 1) { totalCount } kpis { recentDecisionCount } }');
    expect(data).toEqual({ decisions: { totalCount: 501 }, kpis: { recentDecisionCount: 501 } });
    await client.end();
  });
});

describe('key figures', () => {
  it('are the last ones reported, null before, and what agents decided lately', async () => {
    const app = await startTestApp(quiet);
    const at = (minutesAgo: number): string => new Date(Date.now() - 60_000 * minutesAgo).toISOString();
    const names =
      'totalRevenue totalProfit inventoryTurnover stockoutIncidents wasteReductionPercentage priceOptimizationScore promotionEffectiveness agentCollaborationScore';
    const { data: none } = await app.graphql<{ kpis: object }>(`{ kpis { ${names} } }`);
    expect(Object.values(none.kpis)).toEqual(Array.from({ length: 8 }, () => null));
    await report(
      app,
      { kpi: { totalRevenue: 125000.5, stockoutIncidents: 3 } },
      { kpi: { totalRevenue: 1, priceOptimizationScore: 0.87, at: at(1) } },
      decision({ at: at(59.9), responseTime: 1 }),
      decision({ at: at(60.1), responseTime: 3 }),
      decision({ at: at(24 * 60 - 0.1), responseTime: 5 }),
      decision({ at: at(24 * 60 + 0.1), responseTime: 1_000 }),
    );
    const { data } = await app.graphql<{ kpis: object }>(
      `{ kpis { ${names} decisionCount recentDecisionCount meanResponseTimeSeconds sampledAt activeAlertCount agents { id } } }`,
    );
    expect(data.kpis).toEqual({
      totalRevenue: 125000.5,
      totalProfit: null,
      inventoryTurnover: null,
      stockoutIncidents: 3,
      wasteReductionPercentage: null,
      priceOptimizationScore: 0.87,
      promotionEffectiveness: null,
      agentCollaborationScore: null,
      decisionCount: 4,
      recentDecisionCount: 1,
      meanResponseTimeSeconds: 3,
      sampledAt: expect.any(String) as string,
      activeAlertCount: 0,
      agents: [{ id: 'pricing_agent' }, { id: 'inventory_agent' }, { id: 'promotion_agent' }],
    });
  });

  it('come again at each interval', async () => {
    const app = await startTestApp(quiet);
    const kpis = graphqlClient(app.wsUrl).iterate<{
      kpis: { totalProfit: number | null; sampledAt: string };
    }>({
      query: 'subscription { kpis(everyMs: 100) { totalProfit sampledAt } }',
    });
    const first = (await kpis.next()).value?.data?.kpis;
    expect(first?.totalProfit).toBeNull();
    await report(app, { kpi: { totalProfit: 5 } });
    const seen = new Set<string>();
    for await (const { data } of kpis) {
      if (data?.kpis.totalProfit === 5 && seen.add(data.kpis.sampledAt).size === 2) break;
    }
  });
});

describe('an intervention', () => {
  const about = (action: string, more: object = {}): Record<string, unknown> => ({
    input: { agentId: 'pricing_agent', action, ...more },
  });

  it('pauses an agent until it is resumed, whatever it reports', async () => {
    const app = await startTestApp(quiet);
    await report(app, status());
    const paused = await app.graphql<{ intervene: { intervention: { id: string } } }>(
      intervene,
      about('PAUSE', { reason: 'too cheap', parameters: { until: 'noon' } }),
    );
    expect(paused.data.intervene).toEqual({
      __typename: 'InterveneSuccess',
      intervention: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        agentId: 'pricing_agent',
        action: 'PAUSE',
        parameters: { until: 'noon' },
        reason: 'too cheap',
        previousStatus: 'ACTIVE',
        newStatus: 'PAUSED',
        actorId: 'anonymous',
        message: 'Successfully paused pricing_agent',
      },
    });
    await report(app, status({ status: 'ERROR', currentActivity: 'crashing' }));
    expect(await agentOf(app)).toMatchObject({ status: 'PAUSED', currentActivity: 'crashing' });
    const resumed = await app.graphql(intervene, about('RESUME'));
    expect(resumed.data).toMatchObject({
      intervene: {
        intervention: { previousStatus: 'PAUSED', newStatus: 'ERROR', parameters: {}, reason: null },
      },
    });
    expect(await agentOf(app)).toMatchObject({ status: 'ERROR' });
  });

  it('resets what an agent is doing, and overrides without changing its status', async () => {
    const app = await startTestApp(quiet);
    await report(app, status());
    await app.graphql(intervene, about('PAUSE'));
    const reset = await app.graphql(intervene, about('RESET'));
    expect(reset.data).toMatchObject({
      intervene: { intervention: { newStatus: 'ACTIVE', message: 'Successfully reset pricing_agent' } },
    });
    expect(await agentOf(app)).toMatchObject({ status: 'ACTIVE', currentActivity: null });
    const overridden = await app.graphql(intervene, about('OVERRIDE', { parameters: { price: 3 } }));
    expect(overridden.data).toMatchObject({
      intervene: {
        intervention: { previousStatus: 'ACTIVE', newStatus: 'ACTIVE', parameters: { price: 3 } },
      },
    });
  });

  it('sees what the one before it in the same commit did', async () => {
    const app = await startTestApp(quiet);
    await report(app, status());
    const answers = await Promise.all(
      ['PAUSE', 'RESUME', 'PAUSE', 'RESET'].map((action) => app.graphql(intervene, about(action))),
    );
    expect(answers.every(({ errors }) => errors === undefined)).toBe(true);
    const { data } = await app.graphql<{
      interventions: { edges: { node: { previousStatus: string; newStatus: string } }[] };
    }>('{ interventions(agentId: "pricing_agent") { edges { node { previousStatus newStatus } } } }');
    const states = data.interventions.edges.map(({ node }) => node).toReversed();
    expect(states).toHaveLength(4);
    expect(states.map(({ previousStatus }) => previousStatus)).toEqual([
      'ACTIVE',
      ...states.slice(0, -1).map(({ newStatus }) => newStatus),
    ]);
    expect(await agentOf(app)).toMatchObject({ status: states.at(-1)?.newStatus });
  });

  it('is audited, raised as an alert and told to the agent, also one that was away', async () => {
    const app = await startTestApp(quiet);
    const [reported] = await report(app, status());
    await app.graphql(intervene, about('OVERRIDE', { parameters: { price: 3 } }));
    await app.graphql(intervene, { input: { agentId: 'promotion_agent', action: 'PAUSE' } });
    await app.graphql(intervene, about('PAUSE'));
    const told = graphqlClient(app.wsUrl).iterate<{ agentEvents: object }>({
      query: `subscription ($after: Cursor) { agentEvents(agentId: "pricing_agent", types: [INTERVENED], after: $after) {
        type agentId report { status } intervention { action parameters } } }`,
      variables: { after: reported?.cursor },
    });
    for (const intervention of [
      { action: 'OVERRIDE', parameters: { price: 3 } },
      { action: 'PAUSE', parameters: {} },
    ]) {
      expect((await told.next()).value?.data).toEqual({
        agentEvents: { type: 'INTERVENED', agentId: 'pricing_agent', report: null, intervention },
      });
    }
    const { data: audit } = await app.graphql<{ auditLogs: { edges: { node: { details: string } }[] } }>(
      '{ auditLogs(filter: { eventTypes: ["agent_intervention"], targetId: "pricing_agent" }) { edges { node { actorId action details } } } }',
    );
    expect(audit.auditLogs.edges).toHaveLength(2);
    expect(JSON.parse(audit.auditLogs.edges[0]?.node.details ?? '')).toMatchObject({
      action: 'PAUSE',
      newStatus: 'PAUSED',
    });
    const client = new pg.Client(app.database);
    await client.connect();
    const { rows } = await client.query("select payload from events where type = 'alertRaised' order by seq");
    await client.end();
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({
      payload: {
        alertType: 'agent_intervention',
        level: 'INFO',
        agentId: 'pricing_agent',
        autoDismiss: true,
        message: 'anonymous overrode pricing_agent',
      },
    });
  });

  it('is refused with a typed failure, and changes nothing', async () => {
    const app = await startTestApp(quiet);
    for (const [more, failure] of [
      [{ agentId: 'nobody' }, { __typename: 'NotFound', code: 'NOT_FOUND' }],
      [{ reason: 'x'.repeat(501) }, { __typename: 'InvalidInput', field: 'reason' }],
      [{ parameters: [1] }, { __typename: 'InvalidInput', field: 'parameters' }],
      [{ parameters: { a: 'x\u0000' } }, { __typename: 'InvalidInput', field: 'parameters' }],
      [{ parameters: { a: '\ud800' } }, { __typename: 'InvalidInput', field: 'parameters' }],
      [{ reason: '\udfff' }, { __typename: 'InvalidInput', field: 'reason' }],
    ] as const) {
      const { data } = await app.graphql<{ intervene: object }>(intervene, about('PAUSE', more));
      expect(data.intervene).toMatchObject(failure);
    }
    const unknown = await app.graphql(intervene, about('EXPLODE'));
    expect(unknown.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    const { data } = await app.graphql(
      '{ interventions { edges { node { id } } } auditLogs { totalCount } agents { status } }',
    );
    expect(data).toEqual({
      interventions: { edges: [] },
      auditLogs: { totalCount: 0 },
      agents: [{ status: 'OFFLINE' }, { status: 'OFFLINE' }, { status: 'OFFLINE' }],
    });
  });

  it('needs the right to execute', async () => {
    const app = await startTestApp({
      ...quiet,
      AUTH_TOKENS: 'a-token-of-a-user:ann:user,a-token-of-a-dev:dev:developer',
    });
    const as = (token: string) =>
      app.graphql<{ intervene: object }>(intervene, about('PAUSE'), { authorization: `Bearer ${token}` });
    const refused = await as('a-token-of-a-user');
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const done = await as('a-token-of-a-dev');
    expect(done.data).toMatchObject({ intervene: { intervention: { actorId: 'dev', newStatus: 'PAUSED' } } });
  });

  it('at one instance is heard of at once by the readers of another', async () => {
    const database = await createTestDatabase();
    const options = { database: database.connection, keep: true };
    const [here, there] = await Promise.all([startTestApp(quiet, options), startTestApp(quiet, options)]);
    const following = graphqlClient(there.wsUrl).iterate<{ agentStatus: Agent }>({
      query: 'subscription { agentStatus(agentId: "pricing_agent", everyMs: 3600000) { status } }',
    });
    expect((await following.next()).value?.data).toEqual({ agentStatus: { status: 'OFFLINE' } });
    await here.graphql(intervene, about('PAUSE'));
    expect((await following.next()).value?.data).toEqual({ agentStatus: { status: 'PAUSED' } });
    await Promise.all([here.stop(), there.stop()]);
    await database.drop();
  });
});

describe('agentEvents', () => {
  it('tells of everything in order, each with the member of its type', async () => {
    const app = await startTestApp(quiet);
    await report(app, status(), decision({ id: 'e1', responseTime: 2 }), outcome('e1', true), {
      kpi: { totalProfit: 1 },
    });
    const events = graphqlClient(app.wsUrl).iterate<{ agentEvents: Record<string, unknown> }>({
      query: `subscription { agentEvents(after: "earliest") { type agentId report { status currentActivity name }
        decision { id responseTimeSeconds } outcome { decisionId success responseTimeSeconds }
        kpis { totalProfit totalRevenue } intervention { id } } }`,
    });
    const nothing = { report: null, decision: null, outcome: null, kpis: null, intervention: null };
    const seen: unknown[] = [];
    for await (const { data } of events) if (seen.push(data?.agentEvents) === 4) break;
    expect(seen).toEqual([
      {
        ...nothing,
        type: 'REPORTED',
        agentId: 'pricing_agent',
        report: { status: 'ACTIVE', currentActivity: 'pricing', name: null },
      },
      {
        ...nothing,
        type: 'DECIDED',
        agentId: 'pricing_agent',
        decision: { id: 'e1', responseTimeSeconds: 2 },
      },
      {
        ...nothing,
        type: 'OUTCOME_KNOWN',
        agentId: null,
        outcome: { decisionId: 'e1', success: true, responseTimeSeconds: null },
      },
      { ...nothing, type: 'KPIS_REPORTED', agentId: null, kpis: { totalProfit: 1, totalRevenue: null } },
    ]);
  });
});

describe('what producers report of agents', () => {
  let shared: TestApp;
  beforeAll(async () => {
    shared = await startTestApp(quiet, { keep: true });
  });
  afterAll(() => shared.stop());

  it.each<[object, string, unknown]>([
    [status({ agentId: 'nobody' }), 'agentId', 'one of pricing_agent, inventory_agent, promotion_agent'],
    [decision({ agentId: 'nobody' }), 'agentId', 'one of pricing_agent, inventory_agent, promotion_agent'],
    [status({ currentActivity: 'x'.repeat(501) }), 'currentActivity', 'at most 500 characters'],
    [status({ name: '' }), 'name', '1 to 200 characters'],
    [decision({ confidenceScore: 1.01 }), 'confidenceScore', 'a number from 0 to 1'],
    [decision({ responseTime: -1 }), 'responseTime', 'a number from 0 to 1000000'],
    [decision({ parameters: ['a'] }), 'parameters', expect.stringContaining('a JSON object')],
    [decision({ expectedOutcome: 'more' }), 'expectedOutcome', expect.stringContaining('a JSON object')],
    [decision({ actionType: '' }), 'actionType', '1 to 200 characters'],
    [outcome('', true), 'decisionId', '1 to 200 characters'],
    [{ kpi: {} }, 'kpi', expect.stringContaining('at least one of totalRevenue')],
    [{ kpi: { stockoutIncidents: -1 } }, 'stockoutIncidents', expect.stringContaining('a number from 0')],
    [{ kpi: { priceOptimizationScore: 87 } }, 'priceOptimizationScore', 'a number from 0 to 1'],
  ])('is refused as a whole for %j', async (event, field, allowed) => {
    const { errors } = await shared.graphql(publish, { events: [decision(), event] });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', index: 1, field, allowed });
    expect(await agentOf(shared)).toMatchObject({ decisionCount: 0 });
  });

  it('is judged by the agents of the server it is reported to', async () => {
    const [ours, theirs] = await Promise.all([
      startTestApp(quiet),
      startTestApp({ ...quiet, AUTOOPS_AGENTS: 'other_agent' }),
    ]);
    await report(ours, status());
    await report(theirs, status({ agentId: 'other_agent' }));
    const { errors } = await theirs.graphql(publish, { events: [status()] });
    expect(errors?.[0]?.extensions).toMatchObject({ field: 'agentId', allowed: 'one of other_agent' });
  });
});
