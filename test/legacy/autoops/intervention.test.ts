import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { graphqlClient, RawClient } from '../../_util/clients.ts';
import { dataOf, iso, oneOf, open, publish, refusal, text, until } from '../_old-client.ts';
import {
  agentIntervention,
  alert,
  intervene,
  liveUpdates,
  quiet,
  report,
  statusesAfter,
  statusFeed,
  systemEvent,
  systemEventReport,
} from './_autoops.ts';

const secondMs = 1_000;
const audited = '/api/governance/audit-logs?event_type=agent_intervention';
const active = '/api/dashboard/alerts/active';

interface AgentEvents {
  agentEvents: {
    agentId: string;
    interventionId: string;
    intervention: { action: string; reason: string; parameters: unknown };
  };
}

/** Subscribes to interventions as an agent does. Resolves when the subscription has started. */
async function listenAs(app: Pick<TestApp, 'wsUrl'>, agentId: string) {
  const client = graphqlClient(app.wsUrl);
  const events = client.iterate<AgentEvents>({
    query: `subscription ($agentId: ID!) { agentEvents(agentId: $agentId, types: [INTERVENED]) {
      ... on AgentIntervened { agentId interventionId intervention: interventionSnapshot { action reason parameters } } } }`,
    variables: { agentId },
  });
  // A query on the same socket: when it is answered, the earlier subscription has started.
  for await (const _answer of client.iterate({ query: '{ auditLogs { totalCount } }' }));
  return async (): Promise<AgentEvents['agentEvents'] | undefined> =>
    (await events.next()).value?.data?.agentEvents;
}

describe('an intervention that is posted', () => {
  // The second is a promise to old clients. A machine that is busy with other tests may break it once.
  it(
    'R5 R6 R16: reaches the agent, live-updates, the audit log and the alerts within a second, once each',
    { retry: 2 },
    async () => {
      const app = await startTestApp(quiet);
      await statusesAfter(app, report());
      const agent = await listenAs(app, 'pricing_agent');
      const other = await listenAs(app, 'inventory_agent');
      const [live, status] = await Promise.all([open(app, liveUpdates), open(app, statusFeed())]);
      await live.ofType('connection_established');
      await status.ofType('agent_status');

      const postedAt = Date.now();
      const took: Record<string, number> = {};
      const seen = async <Seen>(where: string, what: Promise<Seen>): Promise<Seen> => {
        const value = await what;
        took[where] = Date.now() - postedAt;
        return value;
      };
      const alerts = async (): Promise<Record<string, unknown>[]> => (await app.get(active)).body;
      const inGraph = async (): Promise<unknown[]> => {
        const { data } = await app.graphql<{ alerts: { edges: unknown[] } }>(
          '{ alerts(filter: { agentId: "pricing_agent", statuses: [ACTIVE] }) { edges { node { id: alertId alertType } } } }',
        );
        return data.alerts.edges;
      };
      const [answer, heard, intervention, raised, paused] = await Promise.all([
        intervene(app, { action: 'pause', parameters: { until: 'noon' }, reason: 'a test' }),
        seen('agent', agent()),
        seen('live-updates', live.ofType('agent_intervention')),
        seen('live-updates, the alert', live.ofType('system_event')),
        seen('status', status.ofType('agent_status_update')),
        seen(
          'audit log',
          until(async () => ((await app.get(audited)).body as { total: number }).total === 1),
        ),
        seen(
          'alert view',
          until(async () => (await alerts()).length === 1),
        ),
        seen(
          'alerts',
          until(async () => (await inGraph()).length === 1),
        ),
      ]);

      expect(Object.entries(took).filter(([, ms]) => ms >= secondMs)).toEqual([]);
      expect(answer.status).toBe(200);
      const id = answer.body['intervention_id'];
      expect(heard).toEqual({
        agentId: 'pricing_agent',
        interventionId: id,
        intervention: { action: 'PAUSE', reason: 'a test', parameters: { until: 'noon' } },
      });
      expect(intervention).toFit(agentIntervention);
      expect(intervention).toMatchObject({
        agent_id: 'pricing_agent',
        action: 'pause',
        reason: 'a test',
        data: {
          intervention_id: id,
          parameters: { until: 'noon' },
          previous_status: 'active',
          new_status: 'paused',
        },
      });
      expect(raised).toFit(systemEvent);
      expect(raised['data']).toMatchObject({
        event_type: 'alert_raised',
        severity: 'info',
        agent_id: 'pricing_agent',
      });
      expect(paused).toMatchObject({ data: { status: 'paused' } });
      const [shown] = await alerts();
      expect(shown).toFit(alert);
      expect(shown).toMatchObject({ severity: 'info', agent_id: 'pricing_agent', auto_dismiss: true });

      // A duplicate would have arrived before this event.
      await intervene(app, { action: 'override' }, { agentId: 'inventory_agent' });
      await intervene(app, { action: 'resume', reason: 'the next one' });
      await publish(app, [systemEventReport(1)]);
      await live.next(
        ({ data }) => (data as { event_type?: string } | undefined)?.event_type === 'reported_1',
      );
      const about = live.messages
        .filter(({ type }) => type === 'agent_intervention' || type === 'system_event')
        .map(({ type, data }) => [type, (data as Record<string, unknown>)['agent_id']]);
      expect(about).toEqual([
        ['agent_intervention', 'pricing_agent'],
        ['system_event', 'pricing_agent'],
        ['agent_intervention', 'inventory_agent'],
        ['system_event', 'inventory_agent'],
        ['agent_intervention', 'pricing_agent'],
        ['system_event', 'pricing_agent'],
        ['system_event', null],
      ]);
      expect(await agent()).toMatchObject({ intervention: { action: 'RESUME', reason: 'the next one' } });
      expect(await other()).toMatchObject({ intervention: { action: 'OVERRIDE' } });
      expect((await app.get(audited)).body).toMatchObject({ total: 3 });
      await until(async () => (await alerts()).length === 3);
    },
  );

  it('R5: reaches clients on the documented port too, whichever port it was posted to', async () => {
    const app = await startTestApp({ ...quiet, LEGACY_LISTENERS: 'autoops:0' });
    const { listeners } = (await app.get('/info')).body as { listeners: { name: string; url: string }[] };
    const url = listeners.find(({ name }) => name === 'autoops')?.url ?? '';
    expect(url).not.toBe(app.url);
    const wsUrl = url.replace(/^http/, 'ws');
    const main = new RawClient(`${app.wsUrl}${liveUpdates}`);
    const legacy = new RawClient(`${wsUrl}${liveUpdates}`);
    const both = (type: string): Promise<Record<string, unknown>[]> =>
      Promise.all([main.ofType(type), legacy.ofType(type)]);
    await both('connection_established');
    const agent = await listenAs({ wsUrl }, 'promotion_agent');
    for (const at of [app.url, url]) {
      const { status, body } = await intervene(
        { url: at },
        { action: 'pause' },
        { agentId: 'promotion_agent' },
      );
      expect(status).toBe(200);
      const ids = (await both('agent_intervention')).map((message) => dataOf(message)['intervention_id']);
      expect([...ids, (await agent())?.interventionId]).toEqual(Array(3).fill(body['intervention_id']));
    }
    for (const path of ['agents/status', 'metrics/current', 'decisions/recent', 'alerts/active'])
      expect([path, (await fetch(`${url}/api/dashboard/${path}`)).status]).toEqual([path, 200]);
  });
});

describe('POST /api/dashboard/agents/{agent_id}/intervention', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(quiet, { keep: true });
  });
  afterAll(() => app.stop());

  const idsOfAll = async (): Promise<string[]> => {
    const { data } = await app.graphql<{ interventions: { edges: { node: { id: string } }[] } }>(
      '{ interventions { edges { node { id: interventionId } } } }',
    );
    return data.interventions.edges.map(({ node }) => node.id);
  };

  it('R16: accepts the documented body, and responds with the intervention', async () => {
    const { status, body } = await intervene(app, {
      agent_id: 'pricing_agent',
      action: 'pause',
      parameters: {},
      reason: 'Manual testing intervention',
    });
    expect(status).toBe(200);
    expect(body).toFit({
      success: oneOf(true),
      message: oneOf('Successfully paused pricing_agent'),
      agent_id: oneOf('pricing_agent'),
      action: oneOf('pause'),
      intervention_id: text,
      status: oneOf('paused'),
      timestamp: iso,
    });
    expect(await idsOfAll()).toContain(body['intervention_id']);
  });

  it('R17: pause overrides the reported status until resume restores it', async () => {
    await publish(app, [report()]);
    expect((await intervene(app, { action: 'pause' })).body).toMatchObject({ status: 'paused' });
    const [held] = await statusesAfter(app, report('pricing_agent', { currentActivity: 'Going on' }));
    expect(held).toMatchObject({ status: 'paused', current_activity: 'Going on' });
    expect((await intervene(app, { action: 'resume' })).body).toMatchObject({
      status: 'active',
      message: 'Successfully resumed pricing_agent',
    });
    const [free] = await statusesAfter(app);
    expect(free).toMatchObject({ status: 'active', current_activity: 'Going on' });
  });

  it('R17: reset ends the pause and clears the current activity', async () => {
    await publish(app, [report()]);
    await intervene(app, { action: 'pause' });
    expect((await intervene(app, { action: 'reset' })).body).toMatchObject({
      status: 'active',
      message: 'Successfully reset pricing_agent',
    });
    const [fresh] = await statusesAfter(app);
    expect(fresh).toMatchObject({ status: 'active', current_activity: null });
  });

  it('R17: override is recorded with its parameters and changes no status', async () => {
    await publish(app, [report()]);
    const parameters = { sku: 'A1', price: 9.5, deep: [{ a: null }] };
    const { body } = await intervene(app, { action: 'override', parameters });
    expect(body).toMatchObject({ status: 'active', message: 'Successfully overrode pricing_agent' });
    const { data } = await app.graphql(
      '{ interventions(first: 1) { edges { node { id: interventionId action parameters } } } }',
    );
    expect(data).toEqual({
      interventions: {
        edges: [{ node: { id: body['intervention_id'], action: 'OVERRIDE', parameters } }],
      },
    });
  });

  it.each([
    ['an unknown action', { action: 'stop' }, 'action'],
    ['an action in capitals', { action: 'PAUSE' }, 'action'],
    ['no action', {}, 'action'],
    ['an action that is no text', { action: 1 }, 'action'],
    ['parameters that are a list', { action: 'pause', parameters: [] }, 'parameters'],
    ['parameters that are a text', { action: 'pause', parameters: '{}' }, 'parameters'],
    [
      'parameters that are too large',
      { action: 'pause', parameters: { a: 'x'.repeat(20_000) } },
      'parameters',
    ],
    ['a reason that is no text', { action: 'pause', reason: 7 }, 'reason'],
    ['a reason of 501 characters', { action: 'pause', reason: 'x'.repeat(501) }, 'reason'],
    ['a reason with U+0000', { action: 'pause', reason: 'a\0b' }, 'reason'],
    ['another agent than the path', { action: 'pause', agent_id: 'inventory_agent' }, 'agent_id'],
    ['an agent_id that is no text', { action: 'pause', agent_id: 1 }, 'agent_id'],
  ])('R17: %s is rejected with 400, without an effect', async (_what, body, param) => {
    const before = await idsOfAll();
    const answer = await intervene(app, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toFit(refusal('INVALID_PARAMETER', { param: oneOf(param) }));
    expect(await idsOfAll()).toEqual(before);
  });

  it.each(['', '{', '[]', '"pause"', 'null'])('R17: the body %j is rejected with 400', async (body) => {
    const answer = await intervene(app, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toFit(refusal('INVALID_BODY'));
  });

  it('R16: accepts a reason of 500 characters and unknown properties', async () => {
    const body = { action: 'resume', reason: 'x'.repeat(500), operator: 'ann', agent_id: 'pricing_agent' };
    expect((await intervene(app, body)).status).toBe(200);
  });

  it('R17: an unknown agent gets 404 before the body is parsed', async () => {
    for (const body of [{ action: 'pause' }, { action: 'stop' }, '{', '']) {
      const answer = await intervene(app, body, { agentId: 'unknown' });
      expect(answer.status).toBe(404);
      expect(answer.body).toFit(refusal('NOT_FOUND'));
    }
  });

  it('R17: a body of more than 1 MiB gets 413', async () => {
    const answer = await intervene(app, { action: 'pause', reason: 'x'.repeat(1_048_577) });
    expect(answer.status).toBe(413);
    expect(answer.body).toFit(refusal('PAYLOAD_TOO_LARGE'));
  });

  it('R16: allows POST only', async () => {
    const response = await fetch(`${app.url}/api/dashboard/agents/pricing_agent/intervention`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });
});
