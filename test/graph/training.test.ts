import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { retainedRuns } from '../../src/domains/training/store.ts';
import { silentLog } from '../../src/log/log.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { removeBefore } from '../_util/remove-old.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const publish = publishMutation('cursor accepted { duplicate }');

function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
}

function progress(runId: string, percent: number, more: object = {}): object {
  return { trainingProgress: { runId, progressPercent: percent, stage: 'MODEL_TRAINING', ...more } };
}

async function report(app: TestApp, ...events: object[]): Promise<void> {
  const { errors } = await app.graphql(publish, { events });
  expect(errors).toBeUndefined();
}

async function run(app: TestApp, id: string, fields: string): Promise<Record<string, unknown> | null> {
  const { data } = await app.graphql<{ trainingRun: Record<string, unknown> | null }>(
    `query ($id: ID!) { trainingRun(runId: $id) { ${fields} } }`,
    { id },
  );
  return data.trainingRun;
}

let shared: TestApp;
beforeAll(async () => {
  shared = await startTestApp(quiet, { keep: true });
});
afterAll(() => shared.stop());

describe('a training run', () => {
  it('has the state of the most recent report, also within one batch', async () => {
    await report(
      shared,
      progress('newest', 10, {
        occurredAt: at(1),
        modelId: 'm1',
        stage: 'DATA_PREPARATION',
        statusMessage: 'reading',
      }),
      progress('other', 5, { occurredAt: at(1) }),
      progress('newest', 50, {
        occurredAt: at(3),
        stageName: 'Epoch 5',
        currentEpoch: 5,
        epochCount: 10,
        currentLoss: 0.25,
        estimatedTimeRemainingMs: 30_000,
      }),
      progress('newest', 40, { occurredAt: at(2), currentEpoch: 4 }),
    );
    await report(shared, progress('newest', 60, { occurredAt: at(4) }));
    const fields =
      'id: runId modelId status startedAt updatedAt endedAt progressPercent stage stageName currentEpoch epochCount currentLoss estimatedTimeRemainingMs statusMessage suggestions';
    expect(await run(shared, 'newest', fields)).toEqual({
      id: 'newest',
      modelId: 'm1',
      status: 'RUNNING',
      startedAt: at(1),
      updatedAt: at(4),
      endedAt: null,
      progressPercent: 60,
      stage: 'MODEL_TRAINING',
      stageName: 'Model training',
      currentEpoch: 5,
      epochCount: 10,
      currentLoss: 0.25,
      estimatedTimeRemainingMs: null,
      statusMessage: null,
      suggestions: [],
    });
    expect(await run(shared, 'other', 'progressPercent')).toEqual({ progressPercent: 5 });
    expect(await run(shared, 'none', 'runId')).toBeNull();
  });

  it('stays completed or failed when progress is reported later', async () => {
    await report(
      shared,
      progress('good', 90, { occurredAt: at(1) }),
      {
        trainingCompleted: {
          runId: 'good',
          occurredAt: at(2),
          finalAccuracy: 0.94,
          trainingTimeMs: 263_000,
          modelSizeBytes: 5e9,
        },
      },
      progress('bad', 30, { occurredAt: at(1) }),
      {
        trainingFailed: {
          runId: 'bad',
          occurredAt: at(2),
          error: 'out of memory',
          errorCode: 'OOM',
          suggestions: ['smaller batches'],
        },
      },
      { trainingFailed: { runId: 'unheard', occurredAt: at(2), error: 'no data' } },
    );
    await report(
      shared,
      progress('good', 95, { occurredAt: at(3) }),
      progress('bad', 95, { occurredAt: at(3) }),
    );
    const fields =
      'status progressPercent updatedAt endedAt finalAccuracy trainingTimeMs modelSizeBytes error errorCode suggestions';
    expect(await run(shared, 'good', fields)).toEqual({
      status: 'COMPLETED',
      progressPercent: 100,
      updatedAt: at(2),
      endedAt: at(2),
      finalAccuracy: 0.94,
      trainingTimeMs: 263_000,
      modelSizeBytes: 5e9,
      error: null,
      errorCode: null,
      suggestions: [],
    });
    expect(await run(shared, 'bad', fields)).toMatchObject({
      status: 'FAILED',
      progressPercent: 30,
      error: 'out of memory',
      errorCode: 'OOM',
      suggestions: ['smaller batches'],
    });
    expect(await run(shared, 'unheard', 'status progressPercent stage startedAt')).toEqual({
      status: 'FAILED',
      progressPercent: null,
      stage: null,
      startedAt: at(2),
    });
  });
});

describe('trainingRuns', () => {
  it('are listed in pages, the last started first, filtered by status, known after a restart, and removed by retention', async () => {
    const app = await startTestApp(quiet);
    const ids = Array.from({ length: 25 }, (_, index) => `r${index}`);
    await report(app, ...ids.map((id, index) => progress(id, 1, { occurredAt: at(Math.floor(index / 2)) })));
    await report(app, { trainingCompleted: { runId: 'r3' } }, { trainingCompleted: { runId: 'r4' } });
    interface Page {
      trainingRuns: {
        totalCount: number;
        edges: { node: { id: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    }
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: Page } = await app.graphql<Page>(
        'query ($after: String) { trainingRuns(first: 7, after: $after) { totalCount edges { node { id: runId } } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      expect(data.trainingRuns.totalCount).toBe(25);
      seen.push(...data.trainingRuns.edges.map(({ node }) => node.id));
      after = data.trainingRuns.pageInfo.hasNextPage ? data.trainingRuns.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen[0]).toBe('r24');
    expect(seen.at(-1)).toBe('r0');
    expect(new Set(seen).size).toBe(25);
    const { data } = await app.graphql<Page>(
      '{ trainingRuns(filter: { statuses: [COMPLETED] }) { totalCount edges { node { id: runId } } pageInfo { hasNextPage endCursor } } }',
    );
    expect(data.trainingRuns).toMatchObject({
      totalCount: 2,
      edges: [{ node: { id: 'r4' } }, { node: { id: 'r3' } }],
    });
    const again = await startTestApp(quiet, { database: app.database });
    expect(await run(again, 'r5', 'status progressPercent')).toEqual({
      status: 'RUNNING',
      progressPercent: 1,
    });
    const pipeline = await again.graphql('{ pipelineStatus { activeTrainingRunCount } }');
    expect(pipeline.data).toEqual({ pipelineStatus: { activeTrainingRunCount: 23 } });
    const database = openDatabase({ connection: app.database, log: silentLog });
    expect(await removeBefore(database, retainedRuns, new Date(Date.now() - 60_000))).toBe(0);
    expect(await removeBefore(database, retainedRuns, new Date(Date.now() + 60_000))).toBe(25);
    await database[Symbol.asyncDispose]();
    const { errors } = await app.graphql(
      '{ trainingRuns(after: "nonsense") { edges { node { id: runId } } } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'after' } }]);
  });
});

describe('trainingEvents', () => {
  it('sends each report once and in order, marks the first one of a run, and resumes after a cursor', async () => {
    await report(
      shared,
      progress('ordered', 1, { key: 'first' }),
      progress('besides', 1),
      progress('ordered', 2),
      {
        trainingFailed: {
          runId: 'ordered',
          error: 'broke',
          stageFailed: 'VALIDATION',
          failedAtPercent: 2,
        },
      },
    );
    await report(
      shared,
      progress('ordered', 1, { key: 'first' }),
      progress('besides', 3, { stage: 'FINALIZATION' }),
    );
    const seen: unknown[] = [];
    const query = `subscription { trainingEvents(runId: "ordered", after: "earliest") {
      __typename runId
      ... on TrainingProgressed { first progressPercent stageName }
      ... on TrainingFailed { error stageFailed failedAtPercent suggestions }
    } }`;
    for await (const { data } of graphqlClient(shared.wsUrl).iterate<{ trainingEvents: object }>({ query })) {
      if (seen.push(data?.trainingEvents) === 3) break;
    }
    expect(seen).toMatchObject([
      { __typename: 'TrainingProgressed', first: true, progressPercent: 1, stageName: 'Model training' },
      { __typename: 'TrainingProgressed', first: false, progressPercent: 2 },
      {
        __typename: 'TrainingFailed',
        error: 'broke',
        stageFailed: 'VALIDATION',
        failedAtPercent: 2,
        suggestions: [],
      },
    ]);
    const types =
      'subscription { trainingEvents(runId: "ordered", types: [TRAINING_FAILED], after: "earliest") { __typename } }';
    const { value } = await graphqlClient(shared.wsUrl).iterate({ query: types }).next();
    expect(value).toEqual({ data: { trainingEvents: { __typename: 'TrainingFailed' } } });
  });

  it.each([
    [progress('', 1), 'runId'],
    [progress('r', 100.5), 'progressPercent'],
    [progress('r', -1), 'progressPercent'],
    [progress('r', 1, { estimatedTimeRemainingMs: -1000 }), 'estimatedTimeRemainingMs'],
    [progress('r', 1, { currentEpoch: 1.5 }), 'currentEpoch'],
    [progress('r', 1, { statusMessage: 'x'.repeat(4_097) }), 'statusMessage'],
    [{ trainingCompleted: { runId: 'r', finalAccuracy: 1.01 } }, 'finalAccuracy'],
    [{ trainingCompleted: { runId: 'r', modelSizeBytes: -1 } }, 'modelSizeBytes'],
    [{ trainingFailed: { runId: 'r', error: '' } }, 'error'],
    [
      { trainingFailed: { runId: 'r', error: 'e', suggestions: Array.from({ length: 21 }, () => 's') } },
      'suggestions',
    ],
  ])('rejects %j with the whole batch, and the error names the field', async (event, field) => {
    const answer = await shared.graphql(publish, { events: [progress('kept out', 1), event] });
    expect(rejectionOf(answer)).toMatchObject({ code: 'BAD_USER_INPUT', index: 1, field });
    expect(await run(shared, 'kept out', 'runId')).toBeNull();
  });
});
