import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { dataOf, open, publish, until, type FeedClient } from '../_old-client.ts';
import {
  agentIds,
  connectionEstablished,
  errorMessage,
  metricsMessage,
  intervene,
  liveUpdates,
  metricsUpdate,
  quiet,
  realTime,
  report,
  statusFeed,
  statusMessage,
  systemEvent,
  systemEventReport,
} from './_autoops.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp(quiet, { keep: true });
});

afterAll(() => app.stop());

/** The event types of the system events up to this one. */
async function systemEventsUntil(client: FeedClient, last: string): Promise<unknown[]> {
  const types: unknown[] = [];
  while (types.at(-1) !== last) types.push(dataOf(await client.ofType('system_event'))['event_type']);
  return types;
}

describe('the intervals', () => {
  it('R3 R9 R11 R22: are 5 s, 3 s and 2 s, and every client of a feed gets the identical frames', async () => {
    const own = await startTestApp(quiet);
    const feeds = [
      { path: liveUpdates, type: 'metrics_update', everyMs: 5_000, shape: metricsUpdate },
      {
        path: statusFeed(),
        type: 'agent_status_update',
        everyMs: 3_000,
        shape: statusMessage('agent_status_update'),
      },
      { path: realTime, type: 'metrics_update', everyMs: 2_000, shape: metricsMessage('metrics_update') },
    ];
    await Promise.all(
      feeds.map(async ({ path, type, everyMs, shape }) => {
        const clients = [await open(own, path), await open(own, path)] as const;
        const updatesOf = (client: FeedClient): string[] =>
          client.texts.filter((one) => (JSON.parse(one) as { type: string }).type === type);
        const arrivals: number[] = [];
        for (let n = 0; n < 3; n++) {
          expect(await clients[0].ofType(type)).toFit(shape);
          arrivals.push(Date.now());
          await clients[1].ofType(type);
        }
        // Two intervals together, so that one late message does not fail the test.
        const two = (arrivals[2] ?? 0) - (arrivals[0] ?? 0);
        expect(two).toBeGreaterThan(2 * everyMs - 1_500);
        expect(two).toBeLessThan(2 * everyMs + 4_000);
        const [first, second] = clients.map(updatesOf);
        const common = second?.slice(0, 2) ?? []; // the first client may have received a frame before the second connected
        const from = first?.indexOf(common[0] ?? '') ?? -1;
        expect(from).toBeGreaterThanOrEqual(0);
        expect(first?.slice(from, from + 2)).toEqual(common);
      }),
    );
  });
});

describe('live-updates', () => {
  it('R1 R2: sends connection_established as its first message', async () => {
    const client = await open(app, liveUpdates);
    expect(await client.next()).toFit(connectionEstablished);
  });

  it('R3 R4: metrics_update has the last reported values and the counts', async () => {
    const own = await startTestApp(quiet);
    await publish(own, [
      { kpi: { totalRevenue: 125000.5, stockoutIncidentCount: 3 } },
      { kpi: { totalRevenue: 125001.5, priceOptimizationScore: 0.87 } },
      report(),
      {
        agentDecision: {
          agentId: 'pricing_agent',
          actionType: 'set_price',
          success: true,
          responseTimeMs: 1500,
        },
      },
      { alert: { alertType: 'disk', severity: 'ERROR', title: 'Disk', message: 'It is full.' } },
    ]);
    const client = await open(own, liveUpdates);
    const update = await client.ofType('metrics_update');
    expect(update).toFit(metricsUpdate);
    expect(update['data']).toMatchObject({
      system_metrics: {
        total_revenue: 125001.5,
        total_profit: 0,
        stockout_incidents: 3,
        price_optimization_score: 0.87,
        decision_count: 1,
        response_time_avg: 1.5,
        unreported: [
          'total_profit',
          'inventory_turnover',
          'waste_reduction_percentage',
          'promotion_effectiveness',
          'agent_collaboration_score',
        ],
      },
      active_alerts_count: 1,
      recent_decisions_count: 1,
    });
    const statuses = dataOf(update)['agent_statuses'] as Record<string, unknown>[];
    expect(statuses.map(({ agent_id, status }) => [agent_id, status])).toEqual([
      ['pricing_agent', 'active'],
      ['inventory_agent', 'offline'],
      ['promotion_agent', 'offline'],
    ]);
    expect((await own.get('/api/dashboard/metrics/current')).body).toMatchObject({
      system_metrics: dataOf(update)['system_metrics'],
      agent_statuses: statuses,
    });
  });

  it('R6: system_event is sent for raised and resolved alerts and for system events only', async () => {
    const own = await startTestApp(quiet);
    const client = await open(own, liveUpdates);
    await client.ofType('connection_established');
    await publish(own, [
      {
        alert: {
          alertType: 'disk',
          severity: 'CRITICAL',
          title: 'Disk',
          message: 'It is full.',
          source: 'till',
        },
      },
      systemEventReport(1, { severity: 'WARNING', source: 'ci', relatedAgentId: 'promotion_agent' }),
      report(),
      { agentDecision: { agentId: 'pricing_agent', actionType: 'set_price' } },
    ]);
    const [raised, event] = [await client.ofType('system_event'), await client.ofType('system_event')];
    for (const message of [raised, event]) expect(message).toFit(systemEvent);
    expect(raised['data']).toEqual({
      event_type: 'alert_raised',
      severity: 'critical',
      title: 'Disk',
      message: 'It is full.',
      source: 'till',
      agent_id: null,
    });
    expect(event['data']).toEqual({
      event_type: 'reported_1',
      severity: 'warning',
      title: 'Event 1',
      message: 'No. 1.',
      source: 'ci',
      agent_id: 'promotion_agent',
    });
    const { data } = await own.graphql<{ alerts: { edges: { node: { id: string } }[] } }>(
      '{ alerts { edges { node { id: alertId } } } }',
    );
    const id = data.alerts.edges[0]?.node.id;
    for (const change of ['acknowledgeAlert', 'resolveAlert'])
      await own.graphql(`mutation ($id: ID!) { ${change}(input: { alertId: $id }) { __typename } }`, { id });
    await publish(own, [systemEventReport(2)]);
    expect(await systemEventsUntil(client, 'reported_2')).toEqual(['alert_resolved', 'reported_2']);
  });

  it('R5 R6: sends events of all kinds to every client in the order in which they happened', async () => {
    const clients = await Promise.all([open(app, liveUpdates), open(app, liveUpdates)]);
    await Promise.all(clients.map((client) => client.ofType('connection_established')));
    const alertOf = (n: number): object => ({
      alert: { alertType: 'x', severity: 'INFO', title: `Alert ${n}`, message: 'x' },
    });
    for (let n = 0; n < 5; n++) {
      await publish(app, [systemEventReport(n), alertOf(n), systemEventReport(100 + n)]);
      await intervene(app, { action: 'override', reason: String(n) });
    }
    await publish(app, [systemEventReport(999)]);
    for (const client of clients) {
      await systemEventsUntil(client, 'reported_999');
      const order = client.messages.flatMap(({ type, reason, data }) => {
        if (type === 'agent_intervention') return [`intervention ${String(reason)}`];
        return type === 'system_event' ? [(data as { title: string }).title] : [];
      });
      const expected = Array.from({ length: 5 }, (_, n) => [
        `Event ${n}`,
        `Alert ${n}`,
        `Event ${100 + n}`,
        `intervention ${n}`,
        'Agent intervention: override',
      ]).flat();
      expect(order).toEqual([...expected, 'Event 999']);
    }
  });
});

describe('an agent’s status', () => {
  it.each(agentIds)('R7 R8: the feed of %s sends the status immediately', async (agentId) => {
    const client = await open(app, statusFeed(agentId));
    expect(await client.next()).toFit(statusMessage('agent_status', agentId));
  });

  it('R9 R23: is sent immediately after a report and after an intervention, to that agent’s clients only', async () => {
    const own = await startTestApp(quiet);
    const [pricing, inventory] = [
      await open(own, statusFeed('pricing_agent')),
      await open(own, statusFeed('inventory_agent')),
    ];
    expect(await pricing.next()).toMatchObject({ type: 'agent_status', data: { status: 'offline' } });
    await inventory.next();
    const happens: [() => Promise<unknown>, object][] = [
      [() => publish(own, [report()]), { status: 'active', current_activity: 'Comparing prices' }],
      [() => intervene(own, { action: 'pause' }), { status: 'paused' }],
      [() => intervene(own, { action: 'override' }), { status: 'paused' }],
      [() => intervene(own, { action: 'reset' }), { status: 'active', current_activity: null }],
    ];
    for (const [happen, data] of happens) {
      await happen();
      const update = await pricing.next();
      expect(update).toFit(statusMessage('agent_status_update'));
      expect(update).toMatchObject({ data });
    }
    await inventory.ofType('agent_status_update');
    expect(new Set(inventory.messages.map(({ agent_id }) => agent_id))).toEqual(new Set(['inventory_agent']));
    expect(new Set(pricing.messages.map(({ agent_id }) => agent_id))).toEqual(new Set(['pricing_agent']));
  });

  it.each(['unknown', 'PRICING_AGENT', 'a%20b', 'x'.repeat(300)])(
    'R18: a client with an invalid agent id (%s) is accepted and closed with 4004',
    async (agentId) => {
      const client = await open(app, statusFeed(agentId));
      const { code, reason } = await client.closed;
      expect(code).toBe(4004);
      const words = `Invalid agent ID: ${decodeURIComponent(agentId)}`;
      expect(reason).toBe(words.slice(0, 123));
      expect(client.texts).toEqual([]);
    },
  );

  it('R7: is available for an agent that has registered itself', async () => {
    const own = await startTestApp(quiet);
    expect((await (await open(own, statusFeed('scout'))).closed).code).toBe(4004);
    await publish(own, [{ agentStatus: { agentId: 'scout', status: 'ACTIVE' } }]);
    const client = await open(own, statusFeed('scout'));
    expect(await client.next()).toMatchObject({ agent_id: 'scout', data: { name: 'Scout' } });
  });

  it('R7: is available for the agents of AUTOOPS_AGENTS', async () => {
    const own = await startTestApp({ ...quiet, AUTOOPS_AGENTS: 'b_agent,a-agent' });
    const client = await open(own, statusFeed('a-agent'));
    expect(await client.next()).toMatchObject({ agent_id: 'a-agent', data: { name: 'A Agent' } });
    expect((await (await open(own, statusFeed())).closed).code).toBe(4004);
    const { body } = await own.get('/api/dashboard/agents/status');
    expect((body as { agent_id: string }[]).map(({ agent_id }) => agent_id)).toEqual(['b_agent', 'a-agent']);
  });
});

describe('the real-time metrics', () => {
  it('R10 R11: are metrics_stream at connect, then metrics_update in the same flat form', async () => {
    const client = await open(app, realTime);
    expect(await client.next()).toFit(metricsMessage('metrics_stream'));
    expect(await client.next()).toFit(metricsMessage('metrics_update'));
  });

  it('R4 R10: have values that were reported before the client connected', async () => {
    await publish(app, [{ kpi: { agentCollaborationScore: 0.91 } }]);
    const client = await open(app, realTime);
    expect(dataOf(await client.next())).toMatchObject({ agent_collaboration_score: 0.91 });
  });
});

describe('a feed', () => {
  it('R24: answers an invalid message with an error, logs the connection, and stays open', async () => {
    const client = await open(app, liveUpdates);
    await client.ofType('connection_established');
    client.send('no JSON');
    expect(await client.next()).toFit(errorMessage('INVALID_MESSAGE'));
    client.send({ type: 'whatever' });
    client.send({ type: 'ping' });
    const pong = await client.ofType('pong');
    expect(Object.keys(pong)).toEqual(['type', 'timestamp']);
    await publish(app, [systemEventReport(1)]);
    expect(await systemEventsUntil(client, 'reported_1')).toEqual(['reported_1']);
  });

  it('R24: continues when the database drops every connection', async () => {
    const own = await startTestApp(quiet);
    const [live, metrics] = [await open(own, liveUpdates), await open(own, realTime)];
    await Promise.all([live.next(), metrics.next()]);
    const client = new pg.Client({ connectionString: own.database });
    await client.connect();
    onTestFinished(() => client.end());
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    expect(await metrics.next()).toFit(metricsMessage('metrics_update'));
    await until(() =>
      publish(own, [systemEventReport(7)]).then(
        () => true,
        () => false,
      ),
    );
    expect(await systemEventsUntil(live, 'reported_7')).toEqual(['reported_7']);
  });

  it('R19 R21: answers a close with 1000, and stores nothing about the client', async () => {
    const own = await startTestApp(quiet);
    const openNow = async (): Promise<number> => {
      const { data } = await own.graphql<{
        connections: { endpoints: { dialect: string; openCount: number }[] };
      }>('{ connections { endpoints { dialect openCount } } }');
      return data.connections.endpoints
        .filter(({ dialect }) => dialect === 'autoops')
        .reduce((sum, endpoint) => sum + endpoint.openCount, 0);
    };
    const clients = await Promise.all([liveUpdates, realTime, statusFeed()].map((path) => open(own, path)));
    await Promise.all(clients.map((client) => client.next()));
    expect(await openNow()).toBe(3);
    await clients[0]?.ended();
    expect((await clients[0]?.closed)?.code).toBe(1000);
    clients[1]?.socket.terminate();
    await until(async () => (await openNow()) === 1);
    expect(await clients[2]?.next()).toFit(statusMessage('agent_status_update')); // the others go on
  });

  it('R19: closes with 1001 when the server stops', async () => {
    const own = await startTestApp(quiet);
    const clients = await Promise.all([liveUpdates, realTime, statusFeed()].map((path) => open(own, path)));
    const stopped = own.stop();
    for (const client of clients) expect((await client.closed).code).toBe(1001);
    await stopped;
  });

  it('R19: disconnects a client that answers no ping, which sees 1006', async () => {
    const own = await startTestApp({ ...quiet, WS_PING_INTERVAL_MS: '100', WS_PONG_TIMEOUT_MS: '150' });
    const client = await open(own, liveUpdates, { autoPong: false });
    expect((await client.closed).code).toBe(1006);
  });
});
