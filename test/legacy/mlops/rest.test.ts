import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { count, listOf, publish, refusal, type Shape } from '../_old-client.ts';
import { activity, metrics, model } from './_mlops.ts';

let app: TestApp;
/** A server without any report. */
let empty: TestApp;
/** A server that does not monitor its host. */
let unmonitored: TestApp;
let withoutPolling: TestApp;

const at = (minute: number): string => new Date(Date.UTC(2025, 11, 6, 10, minute)).toISOString();

beforeAll(async () => {
  const quiet = { FEATURE_DATABASE_MONITORING: 'false' };
  [app, empty, unmonitored, withoutPolling] = await Promise.all([
    startTestApp(quiet, { keep: true }),
    startTestApp(quiet, { keep: true }),
    startTestApp({ ...quiet, FEATURE_SYSTEM_MONITORING: 'false' }, { keep: true }),
    startTestApp({ ...quiet, FEATURE_WEBSOCKET_FALLBACK: 'false' }, { keep: true }),
  ]);
  const deployed = (modelId: string, minute: number, more: object = {}): object => ({
    modelDeployed: {
      modelId,
      modelName: `Model ${modelId}`,
      modelVersion: 'v1',
      occurredAt: at(minute),
      ...more,
    },
  });
  await publish(app, [
    deployed('new', 30, { accuracy: 0.973, modelSizeBytes: 2_411_725, modelVersion: 'v3.2' }),
    deployed('old', 10),
    { modelStatus: { modelId: 'new', operationalStatus: 'TRAINING', healthScore: 0.95, occurredAt: at(31) } },
    { predictions: { modelId: 'new', predictionCount: 40, avgResponseTimeMs: 12.5 } },
    { modelStatus: { modelId: 'never deployed', operationalStatus: 'INACTIVE', occurredAt: at(1) } },
    { trainingProgress: { runId: 'r1', progressPercent: 5, stage: 'DATA_PREPARATION', occurredAt: at(32) } },
    { trainingProgress: { runId: 'r2', progressPercent: 5, stage: 'DATA_PREPARATION', occurredAt: at(33) } },
    { trainingCompleted: { runId: 'r2', occurredAt: at(34) } },
  ]);
});
afterAll(() => Promise.all([app, empty, unmonitored, withoutPolling].map((one) => one.stop())));

const paths = ['/api/models', '/api/monitoring/system', '/api/activity'];

describe('GET /api/models', () => {
  it('P17: lists the current model first, whatever its status, and models that were never deployed last', async () => {
    const { status, body, headers } = await app.get('/api/models');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(listOf(model)(body)).toBe(true);
    expect(body).toMatchObject([
      {
        model_id: 'new',
        name: 'Model new',
        version: 'v3.2',
        status: 'training',
        accuracy: 0.973,
        health_score: 0.95,
        predictions_made: 40,
        predictions_per_minute: 40,
        avg_response_time: 12.5,
        deployment_timestamp: at(30),
        model_size: '2.3MB',
        is_active: false,
      },
      {
        model_id: 'old',
        status: 'active',
        accuracy: null,
        health_score: null,
        predictions_made: 0,
        predictions_per_minute: null,
        avg_response_time: null,
        deployment_timestamp: at(10),
        last_prediction: null,
        model_size: null,
        is_active: true,
      },
      { model_id: 'never deployed', name: null, version: null, status: 'inactive', is_active: false },
    ]);
  });

  it('P17: is an empty list before a model is reported', async () => {
    expect((await empty.get('/api/models')).body).toEqual([]);
  });
});

describe('GET /api/monitoring/system', () => {
  const shape = {
    ...(metrics as Record<string, Shape>),
    system_health: (value: unknown) => typeof value === 'string',
    active_training_jobs: count,
    total_models: count,
    uptime_seconds: count,
  };

  it('P11, P18: has the fields of system_metrics and the counts of models and jobs', async () => {
    const { status, body } = await app.get('/api/monitoring/system');
    expect(status).toBe(200);
    expect(body).toFit(shape);
    expect(body).toMatchObject({
      current_accuracy: 0.973,
      model_accuracy: 0.973,
      predictions_per_minute: 40,
      prediction_rate: 40,
      active_connections: 0,
      active_training_jobs: 1,
      total_models: 3,
      system_health: (body as { current_health: string }).current_health,
    });
  });

  it('P18: has null where no value was reported', async () => {
    const { body } = await empty.get('/api/monitoring/system');
    expect(body).toFit(shape);
    expect(body).toMatchObject({
      current_accuracy: null,
      predictions_per_minute: null,
      active_training_jobs: 0,
      total_models: 0,
      ws_response_time_ms: null,
    });
  });

  it('P18: responds with 503 when the host is not monitored', async () => {
    const { status, body } = await unmonitored.get('/api/monitoring/system');
    expect(status).toBe(503);
    expect(body).toFit(
      refusal('FEATURE_DISABLED', { feature: (name) => name === 'FEATURE_SYSTEM_MONITORING' }),
    );
    expect(body).toMatchObject({ detail: 'Monitoring disabled' });
  });
});

describe('GET /api/activity', () => {
  it('P19: lists activities, newest first', async () => {
    const { status, body } = await app.get('/api/activity');
    expect(status).toBe(200);
    expect(listOf(activity)(body)).toBe(true);
    const done = body as { action_type: string; timestamp: string }[];
    expect(done.map(({ action_type: type, timestamp }) => [type, timestamp])).toEqual([
      ['training_complete', at(34)],
      ['training_start', at(33)],
      ['training_start', at(32)],
      ['model_deployment', at(30)],
      ['model_deployment', at(10)],
    ]);
  });

  it('P19: shows an activity as the feed does', async () => {
    const events = Array.from({ length: 60 }, (_, n) => ({
      activity: { title: `t${n}`, actionType: 'a', status: 's', occurredAt: at(n) },
    }));
    await publish(unmonitored, events);
    expect((await unmonitored.get('/api/activity')).body).toHaveLength(50);
    const limited = (await unmonitored.get('/api/activity?limit=2')).body as { id: string; title: string }[];
    expect(limited.map(({ title }) => title)).toEqual(['t59', 't58']);
    expect((await unmonitored.get('/api/activity?limit=100000')).body).toHaveLength(60);
  });

  it.each(['0', '-1', '1.5', 'many'])('P19: rejects limit=%s', async (limit) => {
    const { status, body } = await app.get(`/api/activity?limit=${limit}`);
    expect(status).toBe(400);
    expect(body).toFit(refusal('INVALID_PARAMETER', { param: (name) => name === 'limit' }));
  });
});

describe('polling', () => {
  it('P20: the three responses together have everything that a page shows, without a socket', async () => {
    const [models, system, activities] = await Promise.all(
      paths.map(async (path) => (await app.get(path)).body),
    );
    const [current] = models as unknown as Record<string, unknown>[];
    for (const key of ['model_name', 'model_version', 'deployment_timestamp', 'status', 'total_predictions'])
      expect(current).toHaveProperty(key);
    for (const key of ['current_accuracy', 'predictions_per_minute', 'current_health', 'cpu_percent'])
      expect(system).toHaveProperty(key);
    expect(activities).not.toHaveLength(0);
  });

  it.each(paths)('P20: %s responds with 503 where polling is disabled', async (path) => {
    const { status, body } = await withoutPolling.get(path);
    expect(status).toBe(503);
    expect(body).toMatchObject({ error: { feature: 'FEATURE_WEBSOCKET_FALLBACK' } });
  });

  it.each(paths)('P20: %s may be read by pages of any origin, without cookies', async (path) => {
    const { headers } = await app.get(path, { origin: 'https://dashboard.example' });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });
});
