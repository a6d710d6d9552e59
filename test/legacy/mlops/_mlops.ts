import type { TestApp } from '../../_util/app.ts';
import {
  bool,
  count,
  FeedClient,
  iso,
  listOf,
  maybe,
  milliseconds,
  oneOf,
  percent,
  ratio,
  size,
  text,
  type Shape,
} from '../_old-client.ts';

/** The shapes of all messages and responses that pages of the MLOps dashboard read. */

const health = oneOf('healthy', 'warning', 'critical');
const object = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const metrics: Shape = {
  current_accuracy: maybe(ratio),
  model_accuracy: maybe(ratio),
  predictions_per_minute: maybe(count),
  prediction_rate: maybe(count),
  current_health: health,
  cpu_percent: maybe(percent),
  memory_percent: maybe(percent),
  disk_percent: maybe(percent),
  active_connections: count,
  api_response_time_ms: maybe(milliseconds),
  ws_response_time_ms: maybe(milliseconds),
  timestamp: iso,
};

export const activity: Shape = {
  id: (value) => /^act_\d{8}_\d{3,}$/.test(String(value)),
  title: text,
  description: maybe(text),
  user: maybe(text),
  action_type: text,
  status: text,
  timestamp: iso,
  severity_level: oneOf('info', 'warning', 'error', 'critical'),
  duration: maybe(size),
  metadata: object,
};

export const model: Shape = {
  model_id: text,
  name: maybe(text),
  model_name: maybe(text),
  version: maybe(text),
  model_version: maybe(text),
  status: oneOf('active', 'training', 'error', 'inactive'),
  accuracy: maybe(ratio),
  model_accuracy: maybe(ratio),
  health_score: maybe(ratio),
  predictions_made: count,
  total_predictions: count,
  predictions_per_minute: maybe(count),
  avg_response_time: maybe(milliseconds),
  deployment_timestamp: maybe(iso),
  last_prediction: maybe(iso),
  model_size: maybe(text),
  is_active: bool,
};

const stage = oneOf(
  'data_preparation',
  'feature_engineering',
  'model_training',
  'validation',
  'finalization',
);

/** The shapes of messages by type, without the type. */
export const messages: Readonly<Record<string, Shape>> = {
  system_metrics: metrics,
  health_change: {
    current_health: health,
    previous_health: health,
    reason: text,
    metrics: { cpu_percent: maybe(percent), memory_percent: maybe(percent), disk_percent: maybe(percent) },
    recommended_action: text,
    timestamp: iso,
  },
  model_deployed: {
    model_name: text,
    model_version: text,
    model_accuracy: maybe(ratio),
    deployment_timestamp: iso,
    model_id: text,
  },
  model_status_change: {
    status: oneOf('active', 'training', 'error', 'inactive'),
    model_id: text,
    health_score: maybe(ratio),
    last_prediction: maybe(iso),
  },
  prediction_volume: {
    total_predictions: count,
    predictions_per_minute: count,
    milestone_reached: maybe(count),
    timestamp: iso,
    message: maybe(text),
  },
  training_progress: {
    progress: percent,
    stage,
    current_stage: text,
    estimated_time_remaining: maybe(size),
    current_epoch: maybe(count),
    total_epochs: maybe(count),
    current_loss: maybe(size),
    message: maybe(text),
  },
  training_completed: {
    final_accuracy: maybe(ratio),
    training_time: maybe(text),
    validation_score: maybe(ratio),
    model_size: maybe(text),
    total_epochs: maybe(count),
    message: maybe(text),
    model_id: maybe(text),
  },
  training_failed: {
    error: text,
    error_code: maybe(text),
    stage_failed: maybe(stage),
    progress_when_failed: maybe(percent),
    suggestions: listOf(text),
    timestamp: iso,
  },
  file_validated: {
    status: oneOf('success'),
    filename: text,
    file_path: maybe(text),
    rows: maybe(count),
    columns: maybe(count),
    file_size: maybe(text),
    target_column: maybe(text),
    summary: maybe(text),
    validation_time: maybe(size),
  },
  upload_progress: {
    filename: text,
    bytes_uploaded: count,
    total_bytes: count,
    progress_percent: percent,
    upload_speed: maybe(text),
    estimated_time_remaining: maybe(count),
  },
  activity_update: { activity },
  system_alert: {
    alert: {
      id: (value) => /^alert_\d{8}_\d{3,}$/.test(String(value)),
      title: text,
      message: text,
      alert_type: text,
      priority: oneOf('low', 'medium', 'high'),
      source: text,
      timestamp: iso,
      auto_dismiss: bool,
      actions: listOf(text),
    },
  },
  pong: { timestamp: count },
};

export function shapeOf(type: string): Shape {
  const shape = messages[type];
  if (shape === undefined) throw new Error(`${type} is no message of the dashboard`);
  return { type: oneOf(type), ...(shape as Record<string, Shape>) };
}

/** A client of the feed, after its first message. */
export async function dashboard(app: TestApp, query = ''): Promise<FeedClient> {
  const client = await new FeedClient(`${app.wsUrl}/ws${query}`).opened();
  await client.ofType('system_metrics');
  return client;
}

/** The next message of this type, without the type. */
export async function nextOfType(client: FeedClient, type: string): Promise<Record<string, unknown>> {
  const { type: _type, ...rest } = await client.ofType(type);
  return rest;
}

/** The next activity of this kind. */
export async function activityOfKind(client: FeedClient, kind: string): Promise<Record<string, unknown>> {
  const { activity: found } = (await client.next(
    (message) =>
      message['type'] === 'activity_update' &&
      (message['activity'] as Record<string, unknown>)['action_type'] === kind,
  )) as { activity: Record<string, unknown> };
  return found;
}
