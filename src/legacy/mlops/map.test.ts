import { describe, expect, test } from 'vitest';
import { mlopsDialect } from './dialect.ts';
import type {
  MlopsFileEventsSubscription,
  MlopsHostEventsSubscription,
  MlopsModelEventsSubscription,
  MlopsStatusFragment,
} from '../documents.generated.ts';
import * as map from './map.ts';

const mlops = mlopsDialect({ origins: 'any' });

const at = '2025-12-06T10:30:00.000Z';
const cursor = 'c';

const status: MlopsStatusFragment = {
  sampledAt: at,
  modelAccuracy: 0.94216,
  predictionsPerMinute: 31,
  system: { health: 'WARNING', cpu: { percent: 45.2 }, memory: { percent: 67.8 }, disk: { percent: 23.1 } },
  connections: {
    httpResponseMs: 142.123,
    endpoints: [
      { dialect: 'graphql', open: 7, avgLatencyMs: 900 },
      { dialect: 'mlops', open: 15, avgLatencyMs: 18.4567 },
      { dialect: 'archmesh', open: 3, avgLatencyMs: 700 },
    ],
  },
};

describe('system_metrics', () => {
  test('P10: has both names of each value, and counts only the sockets of the dashboard', () => {
    expect(map.systemMetrics({ pipelineStatus: status })).toEqual({
      type: 'system_metrics',
      current_accuracy: 0.9422,
      model_accuracy: 0.9422,
      predictions_per_minute: 31,
      prediction_rate: 31,
      current_health: 'warning',
      cpu_percent: 45.2,
      memory_percent: 67.8,
      disk_percent: 23.1,
      active_connections: 15,
      api_response_time_ms: 142.12,
      ws_response_time_ms: 18.46,
      timestamp: at,
    });
  });

  test('P10: has null for unknown values, and zero when no client is connected', () => {
    const unknown = {
      ...status,
      modelAccuracy: null,
      predictionsPerMinute: null,
      system: {
        health: 'HEALTHY' as const,
        cpu: { percent: null },
        memory: { percent: 1 },
        disk: { percent: null },
      },
      connections: { httpResponseMs: null, endpoints: [] },
    };
    expect(map.systemMetrics({ pipelineStatus: unknown })).toMatchObject({
      current_accuracy: null,
      model_accuracy: null,
      predictions_per_minute: null,
      prediction_rate: null,
      cpu_percent: null,
      memory_percent: 1,
      disk_percent: null,
      active_connections: 0,
      api_response_time_ms: null,
      ws_response_time_ms: null,
    });
  });

  test('P10: is not sent while the host is not monitored', () => {
    expect(map.systemMetrics({ pipelineStatus: { ...status, system: null } })).toBeNull();
  });

  test('P18: the REST response has the same values and four more', () => {
    const { body } = map.system({
      pipelineStatus: { ...status, activeTrainingRunCount: 2, modelCount: 5, uptimeMs: 60_000 },
    });
    const { type, ...metrics } = map.systemMetrics({ pipelineStatus: status }) ?? {};
    expect(type).toBe('system_metrics');
    expect(body).toEqual({
      ...metrics,
      system_health: 'warning',
      active_training_jobs: 2,
      total_models: 5,
      uptime_seconds: 60,
    });
  });
});

const change: MlopsHostEventsSubscription['hostEvents'] = {
  cursor,
  timestamp: at,
  ofThisHost: true,
  current_health: 'WARNING',
  previous_health: 'HEALTHY',
  reason: 'High CPU usage detected',
  recommended_action: 'Consider scaling resources',
  cpu_percent: 85.4,
  memory_percent: 72.1,
  disk_percent: null,
};

test.each(['HEALTHY', 'WARNING', 'CRITICAL'] as const)('P11: health is lower case: %s', (health) => {
  expect(map.healthChange({ hostEvents: { ...change, current_health: health } })).toMatchObject({
    current_health: health.toLowerCase(),
  });
});

test('P12: events of other hosts are not sent', () => {
  expect(map.healthChange({ hostEvents: { ...change, ofThisHost: false } })).toBeNull();
});

const volume = {
  __typename: 'PredictionVolumeChanged',
  cursor,
  timestamp: at,
  deployment_timestamp: at,
  total_predictions: 5247,
  predictions_per_minute: 42,
  milestone_reached: 5000,
  message: '5,000 predictions reached',
} satisfies MlopsModelEventsSubscription['modelEvents'];

describe('prediction_volume', () => {
  test('P6: a milestone has the text that the dashboard has always shown', () => {
    expect(map.modelEvent({ modelEvents: volume })).toEqual({
      type: 'prediction_volume',
      total_predictions: 5247,
      predictions_per_minute: 42,
      milestone_reached: 5000,
      timestamp: at,
      message: '5000 predictions milestone reached!',
    });
  });

  test('P6: a changed rate has no milestone', () => {
    const message = 'Predictions a minute rose from 10 to 42';
    expect(map.modelEvent({ modelEvents: { ...volume, milestone_reached: null, message } })).toMatchObject({
      milestone_reached: null,
      message,
    });
  });

  test('P6: other events of models are not sent', () => {
    expect(map.modelEvent({ modelEvents: { ...volume, __typename: 'ModelLoaded' } })).toBeNull();
  });
});

const upload = {
  __typename: 'UploadProgressed',
  cursor,
  filename: 'large_dataset.csv',
  bytes_uploaded: 1_048_576,
  total_bytes: 5_242_880,
  progress_percent: 20,
  upload_speed: 2_202_009.6,
  estimated_time_remaining: 14_200,
} satisfies MlopsFileEventsSubscription['fileEvents'];

describe('files', () => {
  test('P14: the speed is text, and the remaining time is in whole seconds', () => {
    expect(map.fileEvent({ fileEvents: upload })).toEqual({
      type: 'upload_progress',
      filename: 'large_dataset.csv',
      bytes_uploaded: 1_048_576,
      total_bytes: 5_242_880,
      progress_percent: 20,
      upload_speed: '2.1 MB/s',
      estimated_time_remaining: 15,
    });
  });

  test.each([
    [null, null],
    [0, 0],
    [200, 1],
  ])('P14: %s remaining milliseconds are sent as %s s', (remaining, shown) => {
    expect(map.fileEvent({ fileEvents: { ...upload, estimated_time_remaining: remaining } })).toMatchObject({
      estimated_time_remaining: shown,
    });
  });

  test.each([
    ['SUCCESS', false],
    ['ERROR', true],
  ] as const)('P13: with %s, the key `error` is present: %s', (outcome, there) => {
    const validation = {
      status: outcome,
      file_path: null,
      rows: null,
      columns: null,
      file_size: null,
      target_column: null,
      summary: null,
      validation_time: null,
      error: null,
    };
    expect(
      'error' in
        map.fileEvent({ fileEvents: { __typename: 'FileValidated', cursor, filename: 'f', validation } }),
    ).toBe(there);
  });
});

test.each([
  ['INFO', 'low'],
  ['WARNING', 'medium'],
  ['ERROR', 'high'],
  ['CRITICAL', 'high'],
] as const)('P16: an alert of level %s has priority %s', (level, priority) => {
  const alertId = 'alert_20251206_001';
  const alert = {
    title: 't',
    message: 'm',
    alert_type: 'a',
    priority: level,
    source: 's',
    timestamp: at,
    auto_dismiss: false,
    actions: [],
  };
  expect(map.systemAlert({ alertEvents: { cursor, alertId, alert } })).toMatchObject({
    alert: { id: alertId, priority },
  });
});

describe('the control messages', () => {
  const atMs = Date.parse(at);

  test.each([[1_765_017_000_123], [0], [-1.5], ['mine']])(
    'P3: a pong has the timestamp of the ping: %s',
    (timestamp) => {
      expect(mlops.controlMessages.pong(atMs, { type: 'ping', timestamp })).toEqual({
        type: 'pong',
        timestamp,
      });
    },
  );

  test('P3: a pong to a ping without a timestamp has the server’s, in milliseconds', () => {
    expect(mlops.controlMessages.pong(atMs, { type: 'ping' })).toEqual({ type: 'pong', timestamp: atMs });
  });

  test('P23: errors have ISO times', () => {
    expect(mlops.controlMessages.error({ code: 'INVALID_MESSAGE', message: 'm' }, atMs)).toEqual({
      type: 'error',
      code: 'INVALID_MESSAGE',
      message: 'm',
      timestamp: at,
    });
  });

  test.each([
    ['ws://h/ws', true],
    ['ws://h/ws?client_id=a', true],
    ['ws://h/ws?token=abc', false],
    ['ws://h/ws?token=', false],
  ])('P1: matches %s: %s', (url, takes) => {
    expect(mlops.feeds[0]?.matches?.(new URL(url))).toBe(takes);
  });
});
