import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { activityDomain } from '../../src/domains/activity/domain.ts';
import { openDatabase } from '../../src/db/database.ts';
import { silentLog } from '../../src/log/log.ts';
import { removeBefore } from '../_util/remove-old.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const publish = publishMutation('accepted { id: key cursor duplicate }');
const fields = `id: activityId title description user actionType status occurredAt severity durationMs metadata`;

interface Activity {
  id: string;
  title: string;
  actionType: string;
  status: string;
  user: string | null;
  metadata: Record<string, unknown>;
}

interface Page {
  activity: {
    totalCount: number;
    edges: { cursor: string; node: Activity }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

function activity(n: number, more: object = {}): object {
  return { activity: { title: `did ${n}`, actionType: 'test_run', status: 'completed', ...more } };
}

async function report(app: TestApp, ...events: object[]): Promise<void> {
  const { errors } = await app.graphql(publish, { events });
  expect(errors).toBeUndefined();
}

async function page(app: TestApp, first: number, after: string | null = null): Promise<Page['activity']> {
  const { data } = await app.graphql<Page>(
    `query ($first: Int, $after: String) { activity(first: $first, after: $after) {
      totalCount edges { cursor node { ${fields} } } pageInfo { hasNextPage endCursor } } }`,
    { first, after },
  );
  return data.activity;
}

async function listed(app: TestApp): Promise<Activity[]> {
  return (await page(app, 100)).edges.map(({ node }) => node);
}

async function delivered(app: TestApp, count: number): Promise<Activity[]> {
  const events = graphqlClient(app.wsUrl).iterate<{
    activityEvents: { activity: Activity; activitySnapshot: object };
  }>({
    query: `subscription { activityEvents(after: "earliest") { activity { ${fields} }
      activitySnapshot { title description user actionType status severity durationMs metadata } } }`,
  });
  const seen: Activity[] = [];
  for await (const { data } of events) {
    if (!data) throw new Error('the subscription sent an error');
    const { activity: stored, activitySnapshot } = data.activityEvents;
    expect(stored).toMatchObject(activitySnapshot);
    seen.push(stored);
    if (seen.length === count) break;
  }
  return seen;
}

/** Stores events of all types from which activities are derived, and some others. */
async function storeDerivable(app: TestApp): Promise<void> {
  const progress = { runId: 'run1', modelId: 'm1', stage: 'MODEL_TRAINING' };
  await report(app, { trainingProgress: { ...progress, progressPercent: 1, statusMessage: 'Training m1' } });
  await report(
    app,
    { trainingProgress: { ...progress, progressPercent: 50 } },
    { modelReport: { modelId: 'x:y', inferenceTimeMs: 3 } },
    { trainingCompleted: { runId: 'run1', modelId: 'm1', finalAccuracy: 0.9, trainingTimeMs: 263_000 } },
    { trainingFailed: { runId: 'run2', error: 'out of memory', errorCode: 'OOM' } },
    { modelDeployed: { modelId: 'm1', modelName: 'Predictor', modelVersion: '3.3' } },
    { agentStatus: { agentId: 'pricing_agent', status: 'ACTIVE' } },
  );
  const { errors } = await app.graphql(
    `mutation { intervene(input: { agentId: "pricing_agent", action: PAUSE, reason: "too cheap" }) { __typename } }`,
  );
  expect(errors).toBeUndefined();
}

const derived = [
  ['Model Training Started', 'training_start', 'in_progress', 'system'],
  ['Model Training Completed', 'training_complete', 'completed', 'system'],
  ['Model Training Failed', 'training_failed', 'failed', 'system'],
  ['Model Deployed', 'model_deployment', 'completed', 'system'],
  ['Agent Paused', 'agent_intervention', 'completed', 'anonymous'],
];

function summary({ title, actionType, status, user }: Activity): (string | null)[] {
  return [title, actionType, status, user];
}

describe('activities', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(quiet, { keep: true });
    await report(app, { kpi: { totalRevenue: 1 } }, activity(0), { kpi: { totalRevenue: 2 } });
    await storeDerivable(app);
  });
  afterAll(() => app.stop());

  it('are numbered from 1 without gaps, with the same numbers in the list and in events', async () => {
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    const ids = [1, 2, 3, 4, 5, 6].map((number) => `act_${day}_00${number}`);
    const events = await delivered(app, 6);
    expect(events.map(({ id }) => id).sort()).toEqual(ids);
    const list = await listed(app);
    expect(new Map(list.map(({ id, title }) => [id, title]))).toEqual(
      new Map(events.map(({ id, title }) => [id, title])),
    );
  });

  it('are derived from events about training runs, deployments and interventions, in the list and in subscriptions', async () => {
    const list = (await listed(app)).filter(({ actionType }) => actionType !== 'test_run');
    expect(list.toReversed().map(summary)).toEqual(derived);
    const events = await delivered(app, derived.length + 1);
    expect(events.filter(({ actionType }) => actionType !== 'test_run')).toEqual(list.toReversed());
    expect(list.find(({ actionType }) => actionType === 'training_complete')).toMatchObject({
      durationMs: 263_000,
      metadata: { run_id: 'run1', model_id: 'm1', final_accuracy: 0.9 },
    });
    expect(list.find(({ actionType }) => actionType === 'training_failed')).toMatchObject({
      description: 'out of memory',
      severity: 'ERROR',
    });
    expect(list[0]).toMatchObject({ description: 'too cheap', metadata: { agent_id: 'pricing_agent' } });
  });
});

describe('a reported activity', () => {
  let shared: TestApp;
  beforeAll(async () => {
    shared = await startTestApp(quiet, { keep: true });
  });
  afterAll(() => shared.stop());

  it('has the reported values, and defaults for the others', async () => {
    await report(
      shared,
      activity(1, { actionType: 'shown', occurredAt: '2026-01-02T03:04:05.678Z' }),
      activity(2, {
        actionType: 'shown',
        occurredAt: '2026-01-02T03:04:06.000Z',
        description: 'in words',
        user: 'ann',
        severity: 'WARNING',
        durationMs: 1500,
        metadata: { rows: 3, names: ['a', 'b'] },
      }),
    );
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    const id = expect.stringMatching(`^act_${day}_\\d{3,}$`) as string;
    const common = { id, actionType: 'shown', status: 'completed' };
    expect((await listed(shared)).filter(({ actionType }) => actionType === 'shown')).toEqual([
      {
        ...common,
        title: 'did 2',
        description: 'in words',
        user: 'ann',
        occurredAt: '2026-01-02T03:04:06.000Z',
        severity: 'WARNING',
        durationMs: 1500,
        metadata: { rows: 3, names: ['a', 'b'] },
      },
      {
        ...common,
        title: 'did 1',
        description: null,
        user: null,
        occurredAt: '2026-01-02T03:04:05.678Z',
        severity: 'INFO',
        durationMs: null,
        metadata: {},
      },
    ]);
  });

  it('appears once in pages by keyset, most recent first, and is counted', async () => {
    const before = (await page(shared, 1)).totalCount;
    await report(shared, ...Array.from({ length: 25 }, (_, index) => activity(index)));
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { totalCount, edges, pageInfo } = await page(shared, 10, after);
      expect(totalCount).toBe(before + 25);
      seen.push(...edges.map(({ node }) => node.title));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(seen).toHaveLength(before + 25);
    expect(seen.slice(0, 25)).toEqual(Array.from({ length: 25 }, (_, index) => `did ${24 - index}`));
  });

  it('is rejected with the whole batch if it is invalid, and the error names the field', async () => {
    const before = (await page(shared, 1)).totalCount;
    const invalidFields: readonly (readonly [object, string])[] = [
      [{ title: '' }, 'title'],
      [{ actionType: '' }, 'actionType'],
      [{ status: 'x'.repeat(129) }, 'status'],
      [{ description: 'x'.repeat(4_097) }, 'description'],
      [{ user: '' }, 'user'],
      [{ durationMs: -1 }, 'durationMs'],
      [{ metadata: [1] }, 'metadata'],
      [{ metadata: 'text' }, 'metadata'],
      [{ metadata: { text: 'x'.repeat(8_192) } }, 'metadata'],
    ];
    for (const [invalid, field] of invalidFields) {
      const answer = await shared.graphql(publish, { events: [activity(1), activity(2, invalid)] });
      expect(rejectionOf(answer)).toMatchObject({ code: 'BAD_USER_INPUT', index: 1, field });
    }
    expect((await page(shared, 1)).totalCount).toBe(before);
  });

  it('is removed by retention, while the events of other domains remain in the log', async () => {
    const app = await startTestApp(quiet);
    await report(app, activity(1), { trainingFailed: { runId: 'run2', error: 'out of memory' } });
    const database = openDatabase({ connection: app.database, log: silentLog });
    const tomorrow = new Date(Date.now() + 86_400_000);
    expect(await removeBefore(database, activityDomain().retained ?? [], tomorrow)).toBe(3);
    const remaining = await database.kysely
      .selectFrom('events')
      .select('topic')
      .where('topic', '<>', 'jobs.events')
      .execute();
    await database[Symbol.asyncDispose]();
    expect(remaining).toEqual([{ topic: 'training.events' }]);
    expect((await page(app, 1)).totalCount).toBe(0);
  });
});
