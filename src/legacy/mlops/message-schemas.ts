/** Schemas of the messages and response bodies of the MLOps pipeline dashboard. */
import { z } from 'zod';
import * as t from '../schema-terms.ts';

// Objects that several messages and endpoints share

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
  ...t.each(t.percent.nullable(), 'cpu_percent', 'memory_percent', 'disk_percent'),
};

const metrics = {
  current_accuracy: t.ratio.nullable().describe('The same as `model_accuracy`.'),
  model_accuracy: t.ratio.nullable(),
  predictions_per_minute: t.number.nullable(),
  prediction_rate: t.number.nullable().describe('The same as `predictions_per_minute`.'),
  current_health: health.nullable(),
  ...load,
  active_connections: t.count,
  api_response_time_ms: t.number.nullable().describe('Mean response time of the last minute.'),
  ws_response_time_ms: t.number.nullable().describe('Mean time from ping to pong.'),
  timestamp: t.isoTime,
};

const activity = z.strictObject({
  id: t.text,
  title: t.text,
  description: t.text.nullable(),
  user: t.text.nullable(),
  action_type: t.text,
  status: t.text,
  timestamp: t.isoTime,
  severity_level: z.enum(['info', 'warning', 'error', 'critical']),
  duration: t.number.nullable().describe('Seconds.'),
  metadata: t.jsonObject,
});

// REST

export const models = z.array(
  z.strictObject({
    model_id: t.text,
    ...t.each(t.text.nullable(), 'name', 'model_name', 'version', 'model_version'),
    status: modelStatus,
    ...t.each(t.ratio.nullable(), 'accuracy', 'model_accuracy', 'health_score'),
    predictions_made: t.count,
    total_predictions: t.count,
    predictions_per_minute: t.number.nullable(),
    avg_response_time: t.number.nullable().describe('Milliseconds.'),
    deployment_timestamp: t.isoTime.nullable(),
    last_prediction: t.isoTime.nullable(),
    model_size: t.text.nullable(),
    is_active: t.flag,
  }),
);

export const system = z.strictObject({
  ...metrics,
  system_health: health.nullable().describe('The same as `current_health`.'),
  active_training_jobs: t.count,
  total_models: t.count,
  uptime_seconds: t.number,
});

export const activities = z.array(activity);

// /ws

export const systemMetrics = t.messages({
  system_metrics: t.message(
    'Metrics of models, host and connections: at connect, every 5 s, and on request.',
    metrics,
  ),
});

export const healthChange = t.messages({
  health_change: t.message('The health of this host changed.', {
    current_health: health,
    previous_health: health,
    reason: t.text,
    metrics: z.strictObject(load),
    recommended_action: t.text,
    timestamp: t.isoTime,
  }),
});

export const modelEvents = t.messages({
  model_deployed: t.message('A model was deployed.', {
    model_name: t.text.nullable(),
    model_version: t.text.nullable(),
    model_accuracy: t.ratio.nullable(),
    deployment_timestamp: t.isoTime,
    model_id: t.text,
  }),
  model_status_change: t.message('The status of a model was reported.', {
    status: modelStatus.nullable(),
    model_id: t.text,
    health_score: t.ratio.nullable(),
    last_prediction: t.isoTime.nullable(),
  }),
  prediction_volume: t.message(
    'The number of predictions passed a milestone, or their rate changed significantly.',
    {
      total_predictions: t.count.nullable(),
      predictions_per_minute: t.number.nullable(),
      milestone_reached: t.count.nullable(),
      timestamp: t.isoTime,
      message: t.text.nullable(),
    },
  ),
});

export const trainingEvents = t.messages({
  training_progress: t.message('The progress of a training run.', {
    progress: t.percent.nullable(),
    stage: stage.nullable(),
    current_stage: t.text.nullable(),
    estimated_time_remaining: t.number.nullable().describe('Seconds.'),
    current_epoch: t.count.nullable(),
    total_epochs: t.count.nullable(),
    current_loss: t.number.nullable(),
    message: t.text.nullable(),
  }),
  training_completed: t.message('A training run succeeded.', {
    final_accuracy: t.ratio.nullable(),
    training_time: t.text.nullable(),
    validation_score: t.number.nullable(),
    model_size: t.text.nullable(),
    total_epochs: t.count.nullable(),
    message: t.text.nullable(),
    model_id: t.text.nullable(),
  }),
  training_failed: t.message('A training run failed.', {
    error: t.text.nullable(),
    error_code: t.text.nullable(),
    stage_failed: stage.nullable(),
    progress_when_failed: t.percent.nullable(),
    suggestions: z.array(t.text),
    timestamp: t.isoTime,
  }),
});

export const fileEvents = t.messages({
  file_validated: t.message('A file was validated.', {
    status: z.enum(['success', 'error']),
    filename: t.text,
    file_path: t.text.nullable(),
    rows: t.count.nullable(),
    columns: t.count.nullable(),
    ...t.each(t.text.nullable(), 'file_size', 'target_column', 'summary'),
    validation_time: t.number.nullable().describe('Seconds.'),
    error: t.text.nullable().optional().describe('Present only with the status `error`.'),
  }),
  upload_progress: t.message('The progress of an upload.', {
    filename: t.text,
    bytes_uploaded: t.count,
    total_bytes: t.count,
    progress_percent: t.percent,
    upload_speed: t.text.nullable(),
    estimated_time_remaining: t.count.nullable().describe('Whole seconds.'),
  }),
});

export const activityUpdate = t.messages({
  activity_update: t.message('A new activity.', { activity }),
});

export const systemAlert = t.messages({
  system_alert: t.message('An alert was raised.', {
    alert: z.strictObject({
      ...t.each(t.text, 'id', 'title', 'message', 'alert_type'),
      priority: z.enum(['low', 'medium', 'high']),
      source: t.text,
      timestamp: t.isoTime,
      auto_dismiss: t.flag,
      actions: z.array(t.text),
    }),
  }),
});
