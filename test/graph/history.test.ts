import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { retainedGaugeSamples } from '../../src/domains/history/store.ts';
import { silentLog } from '../../src/log/log.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';
import { removeBefore } from '../_util/remove-old.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };

interface Value {
  avg: number;
  min: number;
  max: number;
}
interface Point {
  startsAt: string;
  sampleCount: number;
  [field: string]: unknown;
}

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(quiet, { keep: true });
});
afterAll(() => app.stop());

async function run(connection: string, statement: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** Asks until the history has a point: samples are stored in the background. */
async function firstPoint(server: TestApp, field: string, selection: string): Promise<Point> {
  for (;;) {
    const { data, errors } = await server.graphql<{ history: Point[] }>(
      `{ history: ${field} { startsAt sampleCount ${selection} } }`,
    );
    expect(errors).toBeUndefined();
    const [point] = data.history;
    if (point !== undefined) return point;
  }
}

describe('the history of a gauge', () => {
  it('is also a field of its object, and is that of the object', async () => {
    await run(
      app.database,
      `insert into gauge_samples (gauge, subject, at, numbers)
        select 'agent', agent, timestamptz '2026-02-01T00:00:00Z', jsonb_build_object('decisionCount', n)
        from (values ('pricing_agent', 3), ('inventory_agent', 5), ('promotion_agent', 7)) as one (agent, n)`,
    );
    const range = '(since: "2026-02-01T00:00:00Z", until: "2026-02-02T00:00:00Z")';
    const { data } = await app.graphql<{ agents: { agentId: string; history: Point[] }[] }>(
      `{ agents { agentId history${range} { sampleCount decisionCount { avg } } } }`,
    );
    expect(data.agents.map(({ agentId, history }) => [agentId, history])).toEqual(
      [
        ['pricing_agent', 3],
        ['inventory_agent', 5],
        ['promotion_agent', 7],
      ].map(([agentId, avg]) => [agentId, [{ sampleCount: 1, decisionCount: { avg } }]]),
    );
  });

  it('is downsampled by the database to mean, minimum and maximum, oldest first', async () => {
    await run(
      app.database,
      `insert into gauge_samples (gauge, subject, at, numbers)
        select 'gpu', 'web1/gpu' || g, timestamptz '2026-01-01T00:00:00Z' + n * interval '30 seconds',
          jsonb_build_object('busyPercent', n % 20) ||
            case when n < 40 then jsonb_build_object('temperatureC', 60 + g) else '{}' end
        from generate_series(0, 239) n, generate_series(0, 1) g where n < 120 or n >= 160`,
    );
    const query = `query ($index: Int!, $points: Int) {
      gpuHistory(hostId: "web1", index: $index, since: "2026-01-01T00:00:00Z", until: "2026-01-01T02:00:00Z", points: $points) {
        startsAt sampleCount busyPercent { avg min max } temperatureC { avg } powerW { avg } } }`;
    const { data } = await app.graphql<{ gpuHistory: Point[] }>(query, { index: 1, points: 12 });
    expect(data.gpuHistory.map(({ startsAt }) => startsAt)).toEqual(
      [0, 10, 20, 30, 40, 50, 80, 90, 100, 110].map((minutes) =>
        new Date(Date.parse('2026-01-01T00:00:00Z') + minutes * 60_000).toISOString(),
      ),
    );
    const busyPercent = { avg: 9.5, min: 0, max: 19 };
    expect(data.gpuHistory[0]).toMatchObject({
      sampleCount: 20,
      busyPercent,
      temperatureC: { avg: 61 },
      powerW: null,
    });
    expect(data.gpuHistory[9]).toMatchObject({ sampleCount: 20, busyPercent, temperatureC: null });
    const bare = await app.graphql<{ gpuHistory: Point[] }>(
      '{ gpuHistory(hostId: "web1", index: 0, since: "2026-01-01T00:00:00Z", until: "2026-01-01T02:00:00Z", points: 1) { sampleCount } }',
    );
    expect(bare.data.gpuHistory).toEqual([{ sampleCount: 200 }]);
    const none = await app.graphql(query, { index: 7 });
    expect(none.data).toEqual({ gpuHistory: [] });
    const { errors } = await app.graphql(query, { index: 0, points: 1_001 });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'points' } }]);
  });

  it('contains samples that no client requested, of each gauge', async () => {
    const own = await startTestApp({
      ...quiet,
      FEATURE_DATABASE_MONITORING: 'true',
      HISTORY_INTERVAL_S: '1',
    });
    const { errors } = await own.graphql(`mutation { publish(input: { events: [
      { kpi: { totalProfit: 12.5 } }
      { agentStatus: { agentId: "pricing_agent", status: ACTIVE } }
      { agentDecision: { agentId: "pricing_agent", actionType: "set_price", success: true } }
      { modelReport: { modelId: "own:m", tokensPerSecond: 40 } }
      { modelDeployed: { modelId: "own", modelName: "Own", modelVersion: "1", accuracy: 0.5 } }
      { predictions: { modelId: "own", predictionCount: 3, avgResponseTimeMs: 20 } }
      { trainingProgress: { runId: "r", progressPercent: 1, stage: VALIDATION } }
      { alert: { alertType: "disk", severity: ERROR, title: "Disk", message: "full", source: "probe" } }
    ] }) { ... on PublishSuccess { accepted { key } } ... on Failure { code message } } }`);
    expect(errors).toBeUndefined();
    const database = await firstPoint(
      own,
      'databaseHistory',
      'responseTimeMs { avg max } databaseSizeBytes { avg }',
    );
    expect((database['responseTimeMs'] as Value).avg).toBeGreaterThan(0);
    const connections = await firstPoint(
      own,
      'connectionHistory',
      'openCount { avg } messageLatencyMs { avg }',
    );
    expect((connections['openCount'] as Value).avg).toBe(0);
    expect(await firstPoint(own, 'subscriptionHistory', 'parkedCount { max }')).toMatchObject({
      parkedCount: { max: 0 },
    });
    const agent = 'agentHistory(agentId: "pricing_agent")';
    expect(await firstPoint(own, agent, 'successPercent { avg }')).toHaveProperty('successPercent');
    for (;;) {
      const point = await firstPoint(own, 'kpiHistory(points: 1)', 'totalProfit { avg min max }');
      if (point['totalProfit'] === null) continue;
      expect(point['totalProfit']).toEqual({ avg: 12.5, min: 12.5, max: 12.5 });
      break;
    }
    expect(await firstPoint(own, 'modelHistory(modelId: "own:m")', 'tokensPerSecond { avg }')).toMatchObject({
      tokensPerSecond: { avg: 40 },
    });
    for (const [history, numbers] of [
      ['deployedModelHistory(modelId: "own", points: 1)', { predictionCount: 3, accuracy: 0.5 }],
      ['pipelineHistory(points: 1)', { predictionCount: 3, activeTrainingRunCount: 1 }],
      ['monitorHistory(points: 1)', { unacknowledgedAlertCount: 1 }],
    ] as const) {
      const fields = Object.keys(numbers).map((name) => `${name} { max }`);
      const wanted = Object.fromEntries(Object.entries(numbers).map(([name, max]) => [name, { max }]));
      await expect.poll(() => firstPoint(own, history, fields.join(' '))).toMatchObject(wanted);
    }
    const linked = await own.graphql<{ deployedModel: { history: Point[] } }>(
      '{ deployedModel(modelId: "own") { history(points: 1) { avgResponseTimeMs { max } } } }',
    );
    expect(linked.data.deployedModel.history).toEqual([{ avgResponseTimeMs: { max: 20 } }]);
  });

  it('has one sample of a span, whichever instance takes it and however many clients read', async () => {
    const database = await createTestDatabase();
    const options = { database: database.connection, keep: true };
    const env = { ...quiet, HISTORY_INTERVAL_S: '3600' };
    const [first, second] = await Promise.all([startTestApp(env, options), startTestApp(env, options)]);
    for (const one of [first, second]) {
      const kpis = graphqlClient(one.wsUrl).iterate({
        query: 'subscription { kpis(everyMs: 100) { sampledAt } }',
      });
      for (let n = 0; n < 5; n++) await kpis.next();
    }
    const point = await firstPoint(first, 'kpiHistory(points: 1)', 'decisionCount { avg }');
    expect(point.sampleCount).toBeLessThanOrEqual(2); // two if the hour has changed
    await Promise.all([first.stop(), second.stop()]); // stores what is waiting
    const handle = openDatabase({ connection: database.connection, log: silentLog });
    const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000;
    const { rows } = await handle.pool.query<{ count: string }>(
      "select count(*) from gauge_samples where gauge = 'kpis' and at = $1",
      [new Date(hour)],
    );
    expect(Number(rows[0]?.count)).toBeLessThanOrEqual(1);
    expect(await removeBefore(handle, retainedGaugeSamples, new Date(hour - 7_200_000))).toBe(0);
    expect(await removeBefore(handle, retainedGaugeSamples, new Date(hour + 7_200_000))).toBeGreaterThan(0);
    await handle[Symbol.asyncDispose]();
    await database.drop();
  });
});
