/** The forms of the messages and answers of the MLOps pipeline dashboard. */
import { z } from 'zod';
import { count, flag, isoTime, jsonObject, messageOf, number, percent, ratio, text } from '../wire.ts';

// Objects that several messages and endpoints show

const health = z.enum(['healthy', 'warning', 'critical']);
const modelStatus = z.enum(['active', 'training', 'error', 'inactive']);
const stage = z.enum([
  'data_preparation',
  'feature_engineering',
  'model_training',
  'validation',
  'finalization',
]);
const load = {
  cpu_percent: percent.nullable(),
  memory_percent: percent.nullable(),
  disk_percent: percent.nullable(),
};

const metrics = {
  current_accuracy: ratio.nullable().describe('The same as `model_accuracy`.'),
  model_accuracy: ratio.nullable(),
  predictions_per_minute: number.nullable(),
  prediction_rate: number.nullable().describe('The same as `predictions_per_minute`.'),
  current_health: health.nullable(),
  ...load,
  active_connections: count,
  api_response_time_ms: number.nullable().describe('Mean of the last minute.'),
  ws_response_time_ms: number.nullable().describe('Mean time from ping to pong.'),
  timestamp: isoTime,
};

const activity = z.strictObject({
  id: text,
  title: text,
  description: text.nullable(),
  user: text.nullable(),
  action_type: text,
  status: text,
  timestamp: isoTime,
  severity_level: z.enum(['info', 'warning', 'error', 'critical']),
  duration: number.nullable().describe('Seconds.'),
  metadata: jsonObject,
});

// REST

export const models = z.array(
  z.strictObject({
    model_id: text,
    name: text.nullable(),
    model_name: text.nullable(),
    version: text.nullable(),
    model_version: text.nullable(),
    status: modelStatus,
    accuracy: ratio.nullable(),
    model_accuracy: ratio.nullable(),
    health_score: ratio.nullable(),
    predictions_made: count,
    total_predictions: count,
    predictions_per_minute: number.nullable(),
    avg_response_time: number.nullable().describe('Milliseconds.'),
    deployment_timestamp: isoTime.nullable(),
    last_prediction: isoTime.nullable(),
    model_size: text.nullable(),
    is_active: flag,
  }),
);

export const system = z.strictObject({
  ...metrics,
  system_health: health.nullable().describe('The same as `current_health`.'),
  active_training_jobs: count,
  total_models: count,
  uptime_seconds: number,
});

export const activities = z.array(activity);

// /ws

export const systemMetrics = {
  system_metrics: messageOf(
    'system_metrics',
    'How it goes: at connect, every 5 s, and when asked for.',
    metrics,
  ),
};

export const healthChange = {
  health_change: messageOf('health_change', 'The health of this host has become another one.', {
    current_health: health,
    previous_health: health,
    reason: text,
    metrics: z.strictObject(load),
    recommended_action: text,
    timestamp: isoTime,
  }),
};

export const modelEvents = {
  model_deployed: messageOf('model_deployed', 'A model was deployed.', {
    model_name: text.nullable(),
    model_version: text.nullable(),
    model_accuracy: ratio.nullable(),
    deployment_timestamp: isoTime,
    model_id: text,
  }),
  model_status_change: messageOf('model_status_change', 'The status of a model was reported.', {
    status: modelStatus.nullable(),
    model_id: text,
    health_score: ratio.nullable(),
    last_prediction: isoTime.nullable(),
  }),
  prediction_volume: messageOf(
    'prediction_volume',
    'The predictions have passed a milestone, or their rate has changed much.',
    {
      total_predictions: count.nullable(),
      predictions_per_minute: number.nullable(),
      milestone_reached: count.nullable(),
      timestamp: isoTime,
      message: text.nullable(),
    },
  ),
};

export const trainingEvents = {
  training_progress: messageOf('training_progress', 'How far a training run is.', {
    progress: percent.nullable(),
    stage: stage.nullable(),
    current_stage: text.nullable(),
    estimated_time_remaining: number.nullable().describe('Seconds.'),
    current_epoch: count.nullable(),
    total_epochs: count.nullable(),
    current_loss: number.nullable(),
    message: text.nullable(),
  }),
  training_completed: messageOf('training_completed', 'A training run has ended well.', {
    final_accuracy: ratio.nullable(),
    training_time: text.nullable(),
    validation_score: number.nullable(),
    model_size: text.nullable(),
    total_epochs: count.nullable(),
    message: text.nullable(),
    model_id: text.nullable(),
  }),
  training_failed: messageOf('training_failed', 'A training run has failed.', {
    error: text.nullable(),
    error_code: text.nullable(),
    stage_failed: stage.nullable(),
    progress_when_failed: percent.nullable(),
    suggestions: z.array(text),
    timestamp: isoTime,
  }),
};

export const fileEvents = {
  file_validated: messageOf('file_validated', 'A file was looked at.', {
    status: z.enum(['success', 'error']),
    filename: text,
    file_path: text.nullable(),
    rows: count.nullable(),
    columns: count.nullable(),
    file_size: text.nullable(),
    target_column: text.nullable(),
    summary: text.nullable(),
    validation_time: number.nullable().describe('Seconds.'),
    error: text.nullable().optional().describe('Only where the status is `error`.'),
  }),
  upload_progress: messageOf('upload_progress', 'How far an upload is.', {
    filename: text,
    bytes_uploaded: count,
    total_bytes: count,
    progress_percent: percent,
    upload_speed: text.nullable(),
    estimated_time_remaining: count.nullable().describe('Whole seconds.'),
  }),
};

export const activityUpdate = {
  activity_update: messageOf('activity_update', 'Something was done.', { activity }),
};

export const systemAlert = {
  system_alert: messageOf('system_alert', 'An alert is raised.', {
    alert: z.strictObject({
      id: text,
      title: text,
      message: text,
      alert_type: text,
      priority: z.enum(['low', 'medium', 'high']),
      source: text,
      timestamp: isoTime,
      auto_dismiss: flag,
      actions: z.array(text),
    }),
  }),
};
