import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const publish = publishMutation('cursor accepted { duplicate }');

function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
}

function deployed(modelId: string, second: number, more: object = {}): object {
  return {
    modelDeployed: {
      modelId,
      modelName: `Model ${modelId}`,
      modelVersion: '1.0',
      occurredAt: at(second),
      ...more,
    },
  };
}

async function report(app: TestApp, ...events: object[]): Promise<void> {
  const { errors } = await app.graphql(publish, { events });
  expect(errors).toBeUndefined();
}

const fields =
  'modelId modelName modelVersion operationalStatus accuracy healthScore predictionCount predictionsPerMinute avgResponseTimeMs deployedAt lastPredictionAt modelSizeBytes isCurrent';

describe('deployed models', () => {
  it('are listed with the current one first, with the reported values of each', async () => {
    const app = await startTestApp(quiet);
    expect(
      (
        await app.graphql(
          '{ currentModel { modelId } deployedModels { totalCount edges { node { modelId } } } }',
        )
      ).data,
    ).toEqual({
      currentModel: null,
      deployedModels: { totalCount: 0, edges: [] },
    });
    const now = new Date().toISOString();
    await report(
      app,
      deployed('a', 1, { accuracy: 0.9, modelSizeBytes: 3_000_000_000 }),
      deployed('b', 3, { modelVersion: '2.1' }),
      deployed('c', 2),
      { predictions: { modelId: 'a', predictionCount: 10, avgResponseTimeMs: 20, occurredAt: now } },
      { predictions: { modelId: 'a', predictionCount: 30, avgResponseTimeMs: 40, occurredAt: now } },
      { predictions: { modelId: 'a', predictionCount: 1_000, occurredAt: at(0) } },
      {
        modelStatus: {
          modelId: 'b',
          operationalStatus: 'INACTIVE',
          healthScore: 0.75,
          accuracy: 0.8,
          lastPredictionAt: at(9),
        },
      },
      { predictions: { modelId: 'unheard', predictionCount: 1, occurredAt: at(4) } },
    );
    const { data } = await app.graphql<{
      deployedModels: { edges: { node: { modelId: string } }[] };
      currentModel: object;
    }>(
      `{ deployedModels { edges { node { ${fields} } } } currentModel { ${fields} } deployedModel(modelId: "c") { isCurrent } none: deployedModel(modelId: "x") { modelId } }`,
    );
    const listed = data.deployedModels.edges.map(({ node }) => node);
    expect(listed.map(({ modelId }) => modelId)).toEqual(['b', 'c', 'a', 'unheard']);
    expect(data).toMatchObject({
      currentModel: listed[0] as object,
      deployedModel: { isCurrent: false },
      none: null,
    });
    expect(listed[0]).toEqual({
      modelId: 'b',
      modelName: 'Model b',
      modelVersion: '2.1',
      operationalStatus: 'INACTIVE',
      accuracy: 0.8,
      healthScore: 0.75,
      predictionCount: 0,
      predictionsPerMinute: null,
      avgResponseTimeMs: null,
      deployedAt: at(3),
      lastPredictionAt: at(9),
      modelSizeBytes: null,
      isCurrent: true,
    });
    expect(listed[2]).toEqual({
      modelId: 'a',
      modelName: 'Model a',
      modelVersion: '1.0',
      operationalStatus: 'ACTIVE',
      accuracy: 0.9,
      healthScore: null,
      predictionCount: 1_040,
      predictionsPerMinute: 40,
      avgResponseTimeMs: 35,
      deployedAt: at(1),
      lastPredictionAt: now,
      modelSizeBytes: 3_000_000_000,
      isCurrent: false,
    });
    expect(listed[3]).toMatchObject({ modelName: null, deployedAt: null, isCurrent: false });
    const { errors } = await app.graphql('{ deployedModels(first: 0) { totalCount } }');
    expect(errors).toMatchObject([{ extensions: { argument: 'first' } }]);
  });

  it('are counted once for a repeated report, and still known after a restart', async () => {
    const app = await startTestApp(quiet, { keep: true });
    const events = [deployed('a', 1), { predictions: { key: 'p', modelId: 'a', predictionCount: 5 } }];
    await report(app, ...events);
    await report(app, { predictions: { key: 'p', modelId: 'a', predictionCount: 5 } });
    const again = await startTestApp(quiet, { database: app.database, keep: true });
    const query =
      '{ pipelineStatus { currentModel { modelId predictionCount predictionsPerMinute } modelCount } }';
    const expected = {
      pipelineStatus: {
        currentModel: { modelId: 'a', predictionCount: 5, predictionsPerMinute: 5 },
        modelCount: 1,
      },
    };
    expect((await app.graphql(query)).data).toEqual(expected);
    expect((await again.graphql(query)).data).toEqual(expected);
    await again.stop();
    await app.stop();
  });
});

describe('modelEvents', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ ...quiet, PREDICTION_MILESTONE: '100' }, { keep: true });
  });
  afterAll(() => app.stop());

  it('sends deployments, reports, and the milestones that the server derives', async () => {
    await report(
      app,
      deployed('a', 1, { accuracy: 0.9, modelSizeBytes: 5 }),
      {
        modelStatus: {
          modelId: 'a',
          operationalStatus: 'ERROR',
          healthScore: 0.2,
          lastPredictionAt: at(2),
          accuracy: 0.7,
        },
      },
      { predictions: { modelId: 'a', predictionCount: 120, avgResponseTimeMs: 12.5 } },
    );
    const seen: unknown[] = [];
    const query = `subscription { modelEvents(after: "earliest") { __typename
      ... on ModelDeployed { modelId modelName modelVersion accuracy modelSizeBytes }
      ... on ModelStatusReported { operationalStatus healthScore lastPredictionAt accuracy }
      ... on PredictionsReported { modelId predictionCount avgResponseTimeMs }
      ... on PredictionVolumeChanged { predictionCount predictionsPerMinute milestonePredictionCount statusMessage } } }`;
    for await (const { data } of graphqlClient(app.wsUrl).iterate<{ modelEvents: object }>({ query })) {
      if (seen.push(data?.modelEvents) === 4) break;
    }
    expect(seen).toMatchObject([
      {
        __typename: 'ModelDeployed',
        modelId: 'a',
        modelName: 'Model a',
        modelVersion: '1.0',
        accuracy: 0.9,
        modelSizeBytes: 5,
      },
      {
        __typename: 'ModelStatusReported',
        operationalStatus: 'ERROR',
        healthScore: 0.2,
        lastPredictionAt: at(2),
        accuracy: 0.7,
      },
      { __typename: 'PredictionsReported', modelId: 'a', predictionCount: 120, avgResponseTimeMs: 12.5 },
      {
        __typename: 'PredictionVolumeChanged',
        predictionCount: 120,
        predictionsPerMinute: 120,
        milestonePredictionCount: 100,
        statusMessage: '100 predictions reached',
      },
    ]);
    const only = `subscription { modelEvents(types: [PREDICTION_VOLUME_CHANGED], after: "earliest") { ... on PredictionVolumeChanged { milestonePredictionCount } } }`;
    expect((await graphqlClient(app.wsUrl).iterate({ query: only }).next()).value).toEqual({
      data: { modelEvents: { milestonePredictionCount: 100 } },
    });
  });

  describe('an invalid report', () => {
    it.each([
      [deployed('', 0), 'modelId'],
      [deployed('a', 0, { modelVersion: '' }), 'modelVersion'],
      [deployed('a', 0, { accuracy: 1.1 }), 'accuracy'],
      [deployed('a', 0, { modelSizeBytes: 1.5 }), 'modelSizeBytes'],
      [{ modelStatus: { modelId: 'a', operationalStatus: 'ACTIVE', healthScore: -0.1 } }, 'healthScore'],
      [{ modelStatus: { modelId: 'a', operationalStatus: 'ACTIVE', accuracy: 2 } }, 'accuracy'],
      [{ predictions: { modelId: 'a', predictionCount: 0 } }, 'predictionCount'],
      [{ predictions: { modelId: 'a', predictionCount: 1, avgResponseTimeMs: -1 } }, 'avgResponseTimeMs'],
    ])('%j is rejected with its whole batch, and the error names the field', async (event, field) => {
      const answer = await app.graphql(publish, { events: [deployed('kept out', 0), event] });
      expect(rejectionOf(answer)).toMatchObject({ code: 'BAD_USER_INPUT', index: 1, field });
      const { data } = await app.graphql('{ deployedModel(modelId: "kept out") { modelId } }');
      expect(data).toEqual({ deployedModel: null });
    });
  });
});

describe('pipelineStatus', () => {
  it('sends the deployed model, training, this host and the connections at each interval', async () => {
    const app = await startTestApp({ FEATURE_DATABASE_MONITORING: 'false' });
    await report(
      app,
      deployed('a', 1, { accuracy: 0.9 }),
      { trainingProgress: { runId: 'r1', modelId: 'a', progressPercent: 1, stage: 'VALIDATION' } },
      { trainingProgress: { runId: 'r2', progressPercent: 1, stage: 'VALIDATION' } },
      { trainingFailed: { runId: 'r2', error: 'e' } },
    );
    const { data: linked } = await app.graphql<{ eventLog: { edges: { node: object }[] } }>(
      `{ eventLog(filter: { types: [TRAINING] }) { edges { node { ... on TrainingEvent { trainedModelId
        trainedModel { modelId accuracy } } } } } }`,
    );
    expect(linked.eventLog.edges.map(({ node }) => node)).toEqual([
      { trainedModelId: 'a', trainedModel: { modelId: 'a', accuracy: 0.9 } },
      { trainedModelId: null, trainedModel: null },
      { trainedModelId: null, trainedModel: null },
    ]);
    const status =
      'sampledAt currentModel { modelId } modelAccuracy predictionsPerMinute predictionCount activeTrainingRunCount modelCount system { cpu { usedPercent } } connections { openCount } uptimeMs';
    const shown = {
      currentModel: { modelId: 'a' },
      modelAccuracy: 0.9,
      predictionsPerMinute: null,
      predictionCount: 0,
      activeTrainingRunCount: 1,
      modelCount: 1,
      system: { cpu: { usedPercent: expect.any(Number) as number } },
      uptimeMs: expect.any(Number) as number,
    };
    const { data } = await app.graphql(`{ pipelineStatus { ${status} } }`);
    expect(data).toMatchObject({ pipelineStatus: { ...shown, connections: { openCount: 0 } } });
    interface Event {
      pipelineStatus: { sampledAt: string; modelAccuracy: number | null };
    }
    const query = `subscription { pipelineStatus(everyMs: 100) { ${status} } }`;
    const values: Event['pipelineStatus'][] = [];
    for await (const { data: value } of graphqlClient(app.wsUrl).iterate<Event>({ query })) {
      if (value) values.push(value.pipelineStatus);
      if (values.length === 1)
        await report(app, { modelStatus: { modelId: 'a', operationalStatus: 'ACTIVE', accuracy: 0.5 } });
      if (value?.pipelineStatus.modelAccuracy === 0.5) break;
    }
    expect(values[0]).toMatchObject(shown);
    expect(values.at(-1)).toMatchObject({ ...shown, modelAccuracy: 0.5, connections: { openCount: 1 } });
  });
});
