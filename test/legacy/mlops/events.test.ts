import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/db/database.ts';
import { hostEvents, type HostHealthChange } from '../../../src/domains/host/events.ts';
import { openPostgresLog } from '../../../src/journal/postgres-log.ts';
import { silentLog } from '../../../src/log/log.ts';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { publish, type FeedClient } from '../_old-client.ts';
import { activityOfKind, dashboard, shapeOf, nextOfType } from './_mlops.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ FEATURE_DATABASE_MONITORING: 'false' }, { keep: true });
});
afterAll(() => app.stop());

const at = '2025-12-06T10:30:00.000Z';
const second = (n: number): string => new Date(Date.parse(at) + n * 1000).toISOString();

/** Publishes events. @returns the next message of this type that a page receives. */
async function publishAndReceive(type: string, ...events: object[]): Promise<Record<string, unknown>> {
  const client = await dashboard(app);
  await publish(app, events);
  return nextOfType(client, type);
}

/** Publishes a health change of a host from another instance on the same database. */
async function publishFromAnotherInstance(...changes: HostHealthChange[]): Promise<void> {
  const database = openDatabase({ connection: app.database, log: silentLog });
  const log = await openPostgresLog({ database, log: silentLog });
  await log.append(
    changes.map((payload) => ({
      topic: hostEvents,
      key: payload.hostId,
      type: 'hostHealthChanged',
      occurredAt: Date.parse(at),
      payload,
    })),
  );
  await log[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
}

describe('a published event reaches a page as', () => {
  it('P4, P24: model_deployed', async () => {
    const deployment = {
      modelId: 'cp_v32_20251206',
      modelName: 'Customer Predictor v3.2',
      modelVersion: 'v3.2',
    };
    expect(
      await publishAndReceive('model_deployed', {
        modelDeployed: { ...deployment, accuracy: 0.973, occurredAt: at },
      }),
    ).toEqual({
      model_name: 'Customer Predictor v3.2',
      model_version: 'v3.2',
      model_accuracy: 0.973,
      deployment_timestamp: at,
      model_id: 'cp_v32_20251206',
    });
    expect(await publishAndReceive('model_deployed', { modelDeployed: deployment })).toMatchObject({
      model_accuracy: null,
    });
  });

  it.each(['active', 'training', 'error', 'inactive'])(
    'P5, P24: model_status_change, status %s',
    async (status) => {
      const modelId = 'cp_v32_20251206';
      const reported = { modelId, operationalStatus: status.toUpperCase() };
      const lastPredictionAt = '2025-12-06T10:29:45.000Z';
      expect(
        await publishAndReceive('model_status_change', {
          modelStatus: { ...reported, healthScore: 0.95, lastPredictionAt },
        }),
      ).toEqual({ status, model_id: modelId, health_score: 0.95, last_prediction: lastPredictionAt });
      expect(await publishAndReceive('model_status_change', { modelStatus: reported })).toEqual({
        status,
        model_id: modelId,
        health_score: null,
        last_prediction: null,
      });
    },
  );

  it('P6, P24: prediction_volume when the total passes a multiple of a thousand', async () => {
    const client = await dashboard(app);
    await publish(app, [{ predictions: { modelId: 'counted', predictionCount: 999 } }]);
    await publish(app, [{ predictions: { modelId: 'counted', predictionCount: 4248 } }]);
    const volume = await client.next(
      ({ type, total_predictions }) => type === 'prediction_volume' && total_predictions === 5247,
    );
    expect(volume).toFit(shapeOf('prediction_volume'));
    expect(volume).toMatchObject({
      milestone_reached: 5000,
      predictions_per_minute: 5247,
      message: '5000 predictions milestone reached!',
    });
  });

  it.each([
    ['DATA_PREPARATION', 'Preparing data', 'Preparing data'],
    ['FEATURE_ENGINEERING', null, 'Feature engineering'],
    ['MODEL_TRAINING', 'Training model', 'Training model'],
    ['VALIDATION', null, 'Validation'],
    ['FINALIZATION', null, 'Finalization'],
  ])('P7, P24: training_progress in stage %s', async (stage, stageName, words) => {
    const reported = { runId: `run ${stage}`, progressPercent: 65, stage };
    const more = {
      stageName,
      estimatedTimeRemainingMs: 180_000,
      currentEpoch: 15,
      epochCount: 20,
      currentLoss: 0.0234,
      statusMessage: 'Training 65% complete - Epoch 15/20',
    };
    expect(
      await publishAndReceive('training_progress', { trainingProgress: { ...reported, ...more } }),
    ).toEqual({
      progress: 65,
      stage: stage.toLowerCase(),
      current_stage: words,
      estimated_time_remaining: 180,
      current_epoch: 15,
      total_epochs: 20,
      current_loss: 0.0234,
      message: 'Training 65% complete - Epoch 15/20',
    });
    expect(await publishAndReceive('training_progress', { trainingProgress: reported })).toMatchObject({
      estimated_time_remaining: null,
      current_epoch: null,
      total_epochs: null,
      current_loss: null,
      message: null,
    });
  });

  it('P8, P24: training_completed', async () => {
    const trainingCompleted = {
      runId: 'good',
      modelId: 'cp_v33_20251206',
      finalAccuracy: 0.968,
      trainingTimeMs: 263_000,
      validationScore: 0.971,
      modelSizeBytes: 2_411_725,
      epochCount: 20,
      statusMessage: 'Training completed successfully!',
    };
    expect(await publishAndReceive('training_completed', { trainingCompleted })).toEqual({
      final_accuracy: 0.968,
      training_time: '4m 23s',
      validation_score: 0.971,
      model_size: '2.3MB',
      total_epochs: 20,
      message: 'Training completed successfully!',
      model_id: 'cp_v33_20251206',
    });
    expect(await publishAndReceive('training_completed', { trainingCompleted: { runId: 'curt' } })).toEqual({
      final_accuracy: null,
      training_time: null,
      validation_score: null,
      model_size: null,
      total_epochs: null,
      message: null,
      model_id: null,
    });
  });

  it('P9, P24: training_failed, with suggestions', async () => {
    const trainingFailed = {
      runId: 'bad',
      occurredAt: at,
      error: 'Insufficient memory available for training',
      errorCode: 'MEMORY_ERROR',
      stageFailed: 'MODEL_TRAINING',
      failedAtPercent: 45,
      suggestions: ['Reduce batch size', 'Use smaller dataset'],
    };
    expect(await publishAndReceive('training_failed', { trainingFailed })).toEqual({
      error: 'Insufficient memory available for training',
      error_code: 'MEMORY_ERROR',
      stage_failed: 'model_training',
      progress_when_failed: 45,
      suggestions: ['Reduce batch size', 'Use smaller dataset'],
      timestamp: at,
    });
    expect(
      await publishAndReceive('training_failed', {
        trainingFailed: { runId: 'worse', occurredAt: at, error: 'broke' },
      }),
    ).toEqual({
      error: 'broke',
      error_code: null,
      stage_failed: null,
      progress_when_failed: null,
      suggestions: [],
      timestamp: at,
    });
  });

  it('P12, P24: health_change of this host only, whichever instance reported it', async () => {
    const client = await dashboard(app);
    const change = {
      health: 'WARNING',
      previousHealth: 'HEALTHY',
      reason: 'High CPU usage detected',
      recommendedAction: 'Consider scaling resources',
      cpuPercent: 85.4,
      memoryPercent: 72.1,
      diskPercent: null,
    } as const;
    await publishFromAnotherInstance(
      { hostId: 'another', ...change, cpuPercent: 99 },
      { hostId: hostname(), ...change },
    );
    const message = await client.next(
      ({ type, timestamp }) => type === 'health_change' && timestamp === at, // the health of this machine may change, too
    );
    expect(message).toEqual({
      type: 'health_change',
      current_health: 'warning',
      previous_health: 'healthy',
      reason: 'High CPU usage detected',
      metrics: { cpu_percent: 85.4, memory_percent: 72.1, disk_percent: null },
      recommended_action: 'Consider scaling resources',
      timestamp: at,
    });
  });

  it('P13, P24: file_validated, with the key `error` only for an error', async () => {
    const fileValidated = { uploadId: 'u1', filename: 'customer_data.csv' };
    const success = {
      status: 'SUCCESS',
      filePath: '/tmp/uploads/customer_data.csv',
      rowCount: 10_000,
      columnCount: 12,
      fileSizeBytes: 2_516_582,
      targetColumn: 'churn_status',
      summary: 'Customer churn dataset with 12 features',
      validationTimeMs: 1230,
    };
    expect(
      await publishAndReceive('file_validated', { fileValidated: { ...fileValidated, ...success } }),
    ).toEqual({
      status: 'success',
      filename: 'customer_data.csv',
      file_path: '/tmp/uploads/customer_data.csv',
      rows: 10_000,
      columns: 12,
      file_size: '2.4MB',
      target_column: 'churn_status',
      summary: 'Customer churn dataset with 12 features',
      validation_time: 1.23,
    });
    const failure = { ...fileValidated, status: 'ERROR', error: 'Invalid file format' };
    expect(await publishAndReceive('file_validated', { fileValidated: failure })).toEqual({
      status: 'error',
      filename: 'customer_data.csv',
      file_path: null,
      rows: null,
      columns: null,
      file_size: null,
      target_column: null,
      summary: null,
      validation_time: null,
      error: 'Invalid file format',
    });
  });

  it('P14, P24: upload_progress, its speed from one report to the next', async () => {
    const client = await dashboard(app);
    const report = (uploaded: number, when: string): object => ({
      uploadProgress: {
        uploadId: 'u2',
        filename: 'large_dataset.csv',
        uploadedBytes: uploaded,
        totalBytes: 5_242_880,
        occurredAt: when,
      },
    });
    await publish(app, [report(0, second(0)), report(1_048_576, second(2)), report(5_242_880, second(4))]);
    const reported = { filename: 'large_dataset.csv', total_bytes: 5_242_880 };
    expect(await nextOfType(client, 'upload_progress')).toEqual({
      ...reported,
      bytes_uploaded: 0,
      progress_percent: 0,
      upload_speed: null,
      estimated_time_remaining: null,
    });
    expect(await nextOfType(client, 'upload_progress')).toEqual({
      ...reported,
      bytes_uploaded: 1_048_576,
      progress_percent: 20,
      upload_speed: '512.0 KB/s',
      estimated_time_remaining: 8,
    });
    expect(await nextOfType(client, 'upload_progress')).toEqual({
      ...reported,
      bytes_uploaded: 5_242_880,
      progress_percent: 100,
      upload_speed: '2.0 MB/s',
      estimated_time_remaining: 0,
    });
  });

  it('P15, P24: activity_update, as it was reported', async () => {
    const reported = {
      title: 'Dataset Imported',
      description: 'Customers of 2025',
      user: 'ann',
      actionType: 'data_import',
      status: 'completed',
      severity: 'WARNING',
      durationMs: 12_500,
      metadata: { dataset_size: 10_000 },
      occurredAt: at,
    };
    const message = await publishAndReceive('activity_update', { activity: reported });
    expect({ type: 'activity_update', ...message }).toFit(shapeOf('activity_update'));
    expect(message).toMatchObject({
      activity: {
        title: 'Dataset Imported',
        description: 'Customers of 2025',
        user: 'ann',
        action_type: 'data_import',
        status: 'completed',
        timestamp: at,
        severity_level: 'warning',
        duration: 12.5,
        metadata: { dataset_size: 10_000 },
      },
    });
    const curt = { title: 't', actionType: 'a', status: 's' };
    expect(await publishAndReceive('activity_update', { activity: curt })).toMatchObject({
      activity: { description: null, user: null, severity_level: 'info', duration: null, metadata: {} },
    });
  });

  it('P15: activity_update follows from training and deployments too', async () => {
    const client = await dashboard(app);
    await publish(app, [
      { trainingProgress: { runId: 'seen', progressPercent: 0, stage: 'DATA_PREPARATION', modelId: 'm' } },
      { trainingCompleted: { runId: 'seen', trainingTimeMs: 7000 } },
      { modelDeployed: { modelId: 'm', modelName: 'M', modelVersion: 'v2' } },
    ]);
    expect(await activityOfKind(client, 'training_start')).toMatchObject({
      title: 'Model Training Started',
      user: 'system',
      status: 'in_progress',
      severity_level: 'info',
      duration: null,
      metadata: { run_id: 'seen', model_id: 'm' },
    });
    expect(await activityOfKind(client, 'training_complete')).toMatchObject({
      status: 'completed',
      duration: 7,
    });
    expect(await activityOfKind(client, 'model_deployment')).toMatchObject({
      metadata: { model_version: 'v2' },
    });
  });

  it.each([
    ['INFO', 'low'],
    ['WARNING', 'medium'],
    ['ERROR', 'high'],
    ['CRITICAL', 'high'],
  ])('P16, P24: system_alert; one of level %s has priority %s', async (level, priority) => {
    const client = await dashboard(app);
    const alert = {
      alertType: `resource_${level.toLowerCase()}`,
      severity: level,
      title: 'High Memory Usage',
      message: 'System memory usage above 80%',
      source: 'monitoring_service',
      autoDismiss: false,
      actions: ['Scale Resources', 'Optimize Models'],
      occurredAt: at,
    };
    await publish(app, [{ alert }]);
    const message = await nextAlert(client, alert.alertType);
    expect(message).toFit(shapeOf('system_alert'));
    expect(message['alert']).toMatchObject({
      title: 'High Memory Usage',
      message: 'System memory usage above 80%',
      alert_type: alert.alertType,
      priority,
      source: 'monitoring_service',
      timestamp: at,
      auto_dismiss: false,
      actions: ['Scale Resources', 'Optimize Models'],
    });
  });
});

/** Skips alerts that the server raises itself. */
function nextAlert(client: FeedClient, type: string): Promise<Record<string, unknown>> {
  return client.next(
    (message) =>
      message['type'] === 'system_alert' &&
      (message['alert'] as Record<string, unknown>)['alert_type'] === type,
  );
}
