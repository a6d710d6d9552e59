/** The messages and response bodies of the MLOps pipeline dashboard. */
import * as t from '../schema-terms.ts';

const health = t.oneOf('healthy', 'warning', 'critical');
const modelStatus = t.oneOf('active', 'training', 'error', 'inactive');
const stage = t
  .oneOf('data_preparation', 'feature_engineering', 'model_training', 'validation', 'finalization')
  .nullable();
const load = { 'cpu_percent memory_percent disk_percent': t.percent.nullable() };

// null: unknown
const count = t.count.nullable();
const number = t.number.nullable();
const ratio = t.ratio.nullable();
const text = t.text.nullable();

const metrics = {
  current_accuracy: ratio.describe('The same value as `model_accuracy`.'),
  model_accuracy: ratio,
  predictions_per_minute: number,
  prediction_rate: number.describe('The same value as `predictions_per_minute`.'),
  current_health: health.nullable(),
  ...load,
  active_connections: t.count,
  api_response_time_ms: number.describe('Mean response time of the last minute.'),
  ws_response_time_ms: number.describe('Mean time from ping to pong.'),
  timestamp: t.isoTime,
};

const activity = {
  'id title action_type status': t.text,
  'description user': text,
  timestamp: t.isoTime,
  severity_level: t.oneOf('info', 'warning', 'error', 'critical'),
  duration: number.describe('In seconds.'),
  metadata: t.jsonObject,
};

// REST

export const models = t.list({
  model_id: t.text,
  'name model_name version model_version model_size': text,
  status: modelStatus,
  'accuracy model_accuracy health_score': ratio,
  'predictions_made total_predictions': t.count,
  predictions_per_minute: number,
  avg_response_time: number.describe('In milliseconds.'),
  'deployment_timestamp last_prediction': t.isoTime.nullable(),
  is_active: t.flag,
});

export const system = {
  ...metrics,
  system_health: health.nullable().describe('The same value as `current_health`.'),
  'active_training_jobs total_models': t.count,
  uptime_seconds: t.number,
};

export const activities = t.list(activity);

// /ws

export const messages = t.messages({
  system_metrics: t.message(
    'Metrics of models, host and connections. Sent at connect, every 5 s, and on request.',
    metrics,
  ),
  health_change: t.message('The health of this host changed.', {
    'current_health previous_health': health,
    'reason recommended_action': t.text,
    metrics: load,
    timestamp: t.isoTime,
  }),
  model_deployed: t.message('A model was deployed.', {
    model_id: t.text,
    'model_name model_version': text,
    model_accuracy: ratio,
    deployment_timestamp: t.isoTime,
  }),
  model_status_change: t.message('The status of a model was reported.', {
    model_id: t.text,
    status: modelStatus.nullable(),
    health_score: ratio,
    last_prediction: t.isoTime.nullable(),
  }),
  prediction_volume: t.message(
    'The number of predictions passed a milestone, or their rate changed significantly.',
    {
      'total_predictions milestone_reached': count,
      predictions_per_minute: number,
      message: text,
      timestamp: t.isoTime,
    },
  ),
  training_progress: t.message('The progress of a training run.', {
    progress: t.percent.nullable(),
    stage,
    'current_stage message': text,
    estimated_time_remaining: number.describe('In seconds.'),
    'current_epoch total_epochs': count,
    current_loss: number,
  }),
  training_completed: t.message('A training run succeeded.', {
    final_accuracy: ratio,
    validation_score: number,
    'training_time model_size message model_id': text,
    total_epochs: count,
  }),
  training_failed: t.message('A training run failed.', {
    'error error_code': text,
    stage_failed: stage,
    progress_when_failed: t.percent.nullable(),
    suggestions: t.list(t.text),
    timestamp: t.isoTime,
  }),
  file_validated: t.message('A file was validated.', {
    status: t.oneOf('success', 'error'),
    filename: t.text,
    'file_path file_size target_column summary': text,
    'rows columns': count,
    validation_time: number.describe('In seconds.'),
    error: text.optional().describe('Present only if the status is `error`.'),
  }),
  upload_progress: t.message('The progress of an upload.', {
    filename: t.text,
    'bytes_uploaded total_bytes': t.count,
    progress_percent: t.percent,
    upload_speed: text,
    estimated_time_remaining: count.describe('In whole seconds.'),
  }),
  activity_update: t.message('A new activity.', { activity }),
  system_alert: t.message('An alert was raised.', {
    alert: {
      'id title message alert_type source': t.text,
      priority: t.oneOf('low', 'medium', 'high'),
      timestamp: t.isoTime,
      auto_dismiss: t.flag,
      actions: t.list(t.text),
    },
  }),
});

export const pong = t.messages({
  pong: t.message('The response to a ping.', {
    timestamp: t
      .anyOf(t.text, t.number)
      .describe('The timestamp of the ping. Default: the time of the server, in Unix milliseconds.'),
  }),
});
