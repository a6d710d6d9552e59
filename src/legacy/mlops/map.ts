/**
 * Turns results of the graph into messages and response bodies of the MLOps pipeline dashboard. Pure. Most names are
 * aliases in `documents.graphql`. Times are ISO 8601.
 */
import { pick } from '../../lib/pick.ts';
import type { Message } from '../message.ts';
import type { Reply } from '../rest-route.ts';
import type * as graph from '../documents.generated.ts';
import { lower, rounded, seconds } from '../labels.ts';
import { durationText, sizeText, speedText } from './quantities.ts';

// /ws: system metrics

/** Sends nothing while the host is not monitored. */
export function systemMetrics({
  pipelineStatus,
}: {
  readonly pipelineStatus: graph.MlopsStatusFragment;
}): Message | null {
  return pipelineStatus.system === null ? null : { type: 'system_metrics', ...statusOf(pipelineStatus) };
}

/** Two values have two names each, because pages of the dashboard read different names. */
function statusOf({
  system,
  connections,
  modelAccuracy,
  predictionsPerMinute,
  sampledAt,
}: graph.MlopsStatusFragment) {
  const own = connections.endpoints.filter(({ dialect }) => dialect === 'mlops');
  return {
    current_accuracy: ratio(modelAccuracy),
    model_accuracy: ratio(modelAccuracy),
    predictions_per_minute: predictionsPerMinute,
    prediction_rate: predictionsPerMinute,
    current_health: lower(system?.health ?? null),
    cpu_percent: system?.cpu.percent ?? null,
    memory_percent: system?.memory.percent ?? null,
    disk_percent: system?.disk.percent ?? null,
    active_connections: own.reduce((sum, { open }) => sum + open, 0),
    api_response_time_ms: rounded(connections.httpResponseMs, 2),
    ws_response_time_ms: rounded(own[0]?.avgLatencyMs ?? null, 2),
    timestamp: sampledAt,
  };
}

/** Sends only changes of the host that `system_metrics` describes. */
export function healthChange({ hostEvents: change }: graph.MlopsHostEventsSubscription): Message | null {
  if (!change.ofThisHost) return null;
  return {
    type: 'health_change',
    current_health: lower(change.current_health),
    previous_health: lower(change.previous_health),
    reason: change.reason,
    metrics: pick(change, 'cpu_percent', 'memory_percent', 'disk_percent'),
    ...pick(change, 'recommended_action', 'timestamp'),
  };
}

// /ws: models

type PredictionVolume = Extract<
  graph.MlopsModelEventsSubscription['modelEvents'],
  { __typename: 'PredictionVolumeChanged' }
>;

export function modelEvent({ modelEvents: event }: graph.MlopsModelEventsSubscription): Message | null {
  if (event.__typename === 'ModelDeployed')
    return {
      type: 'model_deployed',
      ...pick(event, 'model_name', 'model_version'),
      model_accuracy: ratio(event.model_accuracy),
      ...pick(event, 'deployment_timestamp', 'model_id'),
    };
  if (event.__typename === 'ModelStatusReported')
    return {
      type: 'model_status_change',
      status: lower(event.status),
      model_id: event.model_id,
      health_score: ratio(event.health_score),
      last_prediction: event.last_prediction,
    };
  return event.__typename === 'PredictionVolumeChanged' ? predictionVolume(event) : null;
}

/** The text of a milestone is the text that the dashboard has always shown. */
function predictionVolume(event: PredictionVolume): Message {
  const { milestone_reached: milestone, message } = event;
  return {
    type: 'prediction_volume',
    ...pick(event, 'total_predictions', 'predictions_per_minute', 'milestone_reached', 'timestamp'),
    message: milestone === null ? message : `${milestone} predictions milestone reached!`,
  };
}

// /ws: training

type TrainingEvent<Type> = Extract<
  graph.MlopsTrainingEventsSubscription['trainingEvents'],
  { __typename: Type }
>;

export function trainingEvent({ trainingEvents: event }: graph.MlopsTrainingEventsSubscription): Message {
  if (event.__typename === 'TrainingCompleted') return trainingCompleted(event);
  return event.__typename === 'TrainingFailed' ? trainingFailed(event) : trainingProgress(event);
}

function trainingProgress(event: TrainingEvent<'TrainingProgressed'>): Message {
  return {
    type: 'training_progress',
    progress: rounded(event.progress, 2),
    stage: lower(event.stage),
    ...pick(event, 'current_stage'),
    estimated_time_remaining: seconds(event.estimated_time_remaining),
    ...pick(event, 'current_epoch', 'total_epochs'),
    ...pick(event, 'current_loss', 'message'),
  };
}

function trainingCompleted(event: TrainingEvent<'TrainingCompleted'>): Message {
  return {
    type: 'training_completed',
    final_accuracy: ratio(event.final_accuracy),
    training_time: ifKnown(seconds(event.training_time), durationText),
    validation_score: event.validation_score,
    model_size: ifKnown(event.model_size, sizeText),
    ...pick(event, 'total_epochs', 'message', 'model_id'),
  };
}

function trainingFailed(event: TrainingEvent<'TrainingFailed'>): Message {
  return {
    type: 'training_failed',
    ...pick(event, 'error', 'error_code'),
    stage_failed: lower(event.stage_failed),
    progress_when_failed: rounded(event.progress_when_failed, 2),
    ...pick(event, 'suggestions', 'timestamp'),
  };
}

// /ws: files

type FileValidated = Extract<
  graph.MlopsFileEventsSubscription['fileEvents'],
  { __typename: 'FileValidated' }
>;

export function fileEvent({ fileEvents: event }: graph.MlopsFileEventsSubscription): Message {
  if (event.__typename === 'FileValidated') return fileValidated(event.filename, event.validation);
  const { __typename: _type, cursor: _cursor, ...upload } = event;
  return {
    type: 'upload_progress',
    ...upload,
    upload_speed: ifKnown(upload.upload_speed, speedText),
    // whole seconds; 0 only when all bytes have arrived
    estimated_time_remaining: ifKnown(seconds(upload.estimated_time_remaining), Math.ceil),
  };
}

/** The key `error` is absent unless the status is `error`. */
function fileValidated(filename: string, { status, error, ...file }: FileValidated['validation']): Message {
  return {
    type: 'file_validated',
    status: lower(status),
    filename,
    ...file,
    file_size: ifKnown(file.file_size, sizeText),
    validation_time: seconds(file.validation_time),
    ...(status === 'ERROR' ? { error } : {}),
  };
}

// /ws: activity and alerts

export function activityUpdate({
  activityEvents: { id, timestamp, activity },
}: graph.MlopsActivityEventsSubscription): Message {
  return { type: 'activity_update', activity: activityOf({ id, timestamp, ...activity }) };
}

function activityOf(activity: graph.MlopsActivityFragment) {
  return {
    ...activity,
    severity_level: lower(activity.severity_level),
    duration: seconds(activity.duration),
  };
}

const priorities = { INFO: 'low', WARNING: 'medium', ERROR: 'high', CRITICAL: 'high' } as const;

export function systemAlert({
  alertEvents: { alertId, alert },
}: graph.MlopsAlertEventsSubscription): Message {
  return { type: 'system_alert', alert: { id: alertId, ...alert, priority: priorities[alert.priority] } };
}

// REST

export function models({ deployedModels }: graph.MlopsModelsQuery): Reply {
  return {
    body: deployedModels.edges.map(({ node: model }) => ({
      ...model,
      status: lower(model.status),
      accuracy: ratio(model.accuracy),
      model_accuracy: ratio(model.accuracy),
      health_score: ratio(model.health_score),
      model_size: ifKnown(model.model_size, sizeText),
      is_active: model.status === 'ACTIVE',
    })),
  };
}

export function system({ pipelineStatus: status }: graph.MlopsSystemQuery): Reply {
  const shown = statusOf(status);
  return {
    body: {
      ...shown,
      system_health: shown.current_health,
      active_training_jobs: status.activeTrainingRunCount,
      total_models: status.modelCount,
      uptime_seconds: Math.floor(seconds(status.uptimeMs)),
    },
  };
}

export function activities({ activity: { edges } }: graph.MlopsActivitiesQuery): Reply {
  return { body: edges.map(({ node }) => activityOf(node)) };
}

function ifKnown<Value, Shown>(value: Value | null, show: (value: Value) => Shown): Shown | null {
  return value === null ? null : show(value);
}

function ratio(value: number | null): number | null {
  return rounded(value, 4);
}
