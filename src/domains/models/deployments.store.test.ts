import { describe, expect, it } from 'vitest';
import type { Entry } from '../../journal/topic.ts';
import { applyEvent, predictionCounts, type DeployedModelsTable } from './deployments.store.ts';
import type { ModelEventPayload, ModelEventPayloads } from './events.ts';

let seq = 0;

function entry<Type extends keyof ModelEventPayloads>(
  type: Type,
  occurredAt: number,
  payload: Partial<ModelEventPayloads[Type]>,
): Entry<ModelEventPayload> {
  return {
    topic: 'models.events',
    key: 'm',
    type,
    id: String(++seq),
    seq,
    occurredAt,
    recordedAt: 1_000_000,
    urgent: false,
    payload: { modelId: 'm', ...payload },
  };
}

function deployed(at: number, modelVersion: string, more: object = {}): Entry<ModelEventPayload> {
  const unknown = { modelName: 'M', modelAccuracy: null, modelSizeBytes: null };
  return entry('modelDeployed', at, { ...unknown, modelVersion, ...more });
}

function status(
  at: number,
  more: Partial<ModelEventPayloads['modelStatusReported']>,
): Entry<ModelEventPayload> {
  return entry('modelStatusReported', at, {
    status: 'ACTIVE',
    healthScore: null,
    lastPredictionAt: null,
    accuracy: null,
    ...more,
  });
}

function predictions(
  at: number,
  count: number,
  avgResponseTimeMs: number | null = null,
): Entry<ModelEventPayload> {
  return entry('predictionsReported', at, { count, avgResponseTimeMs });
}

function after(...entries: Entry<ModelEventPayload>[]): DeployedModelsTable {
  const model = entries.reduce<DeployedModelsTable | undefined>(applyEvent, undefined);
  if (model === undefined) throw new Error('no event was applied');
  return model;
}

describe('a deployed model', () => {
  it('is ACTIVE after its deployment until another status is reported', () => {
    expect(after(deployed(1, '1'))).toMatchObject({ operational_status: 'ACTIVE', model_version: '1' });
    expect(after(deployed(1, '1'), status(2, { status: 'ERROR' }))).toMatchObject({
      operational_status: 'ERROR',
    });
  });

  it('of a new version has no scores yet, but keeps the number of predictions', () => {
    const before = [
      deployed(1, '1', { modelAccuracy: 0.9, modelSizeBytes: 7 }),
      status(2, { status: 'ERROR', healthScore: 0.1, accuracy: 0.5 }),
      predictions(3, 10, 20),
    ];
    expect(after(...before)).toMatchObject({ accuracy: 0.5, health_score: 0.1, prediction_count: 10 });
    expect(after(...before, deployed(4, '2'))).toMatchObject({
      model_version: '2',
      model_size_bytes: null,
      operational_status: 'ACTIVE',
      accuracy: null,
      health_score: null,
      prediction_count: 10,
    });
  });

  it('keeps scores that a status report omits', () => {
    const model = after(
      deployed(1, '1', { modelAccuracy: 0.9 }),
      status(2, { healthScore: 0.8 }),
      status(3, {}),
    );
    expect(model).toMatchObject({ accuracy: 0.9, health_score: 0.8 });
  });

  it('is not changed by reports that are older than its current state', () => {
    const now = [deployed(5, '2', { modelAccuracy: 0.9 }), status(7, { status: 'TRAINING' })];
    expect(after(...now, deployed(4, '1'))).toMatchObject({ model_version: '2', deployed_at: new Date(5) });
    expect(after(...now, status(6, { status: 'ERROR', accuracy: 0.1 }))).toMatchObject({
      operational_status: 'TRAINING',
      accuracy: 0.9,
    });
    expect(after(...now, deployed(6, '3'))).toMatchObject({
      model_version: '3',
      operational_status: 'TRAINING',
      status_at: new Date(7),
    });
  });

  it('has the latest reported time of a prediction, but never one in the future', () => {
    expect(after(predictions(5, 1), status(9, { lastPredictionAt: 4 }))).toMatchObject({
      last_prediction_at: new Date(5),
    });
    expect(after(predictions(5, 1), status(4, { lastPredictionAt: 7 }))).toMatchObject({
      last_prediction_at: new Date(7),
    });
    expect(after(predictions(2_000_000, 1))).toMatchObject({ last_prediction_at: new Date(1_000_000) });
  });

  it('is not created by events of model servers', () => {
    expect(applyEvent(undefined, entry('modelLoaded', 1, {}))).toBeUndefined();
  });
});

describe('prediction counts', () => {
  it('are sums per second, exclude old seconds, and use the time of storage for future times', () => {
    const reports = [
      predictions(10_200, 1),
      predictions(10_900, 2),
      predictions(11_000, 4),
      predictions(500, 100),
      predictions(9_999_999, 8),
      deployed(1, '1'),
    ];
    expect(predictionCounts(reports, 5_000)).toEqual([
      { at: new Date(10_000), model_id: 'm', predictions: 3 },
      { at: new Date(11_000), model_id: 'm', predictions: 4 },
      { at: new Date(1_000_000), model_id: 'm', predictions: 8 },
    ]);
  });
});
