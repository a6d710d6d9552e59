/** The graph's results in the words of the MLOps pipeline dashboard. Pure; times are ISO 8601. */
import { round } from '../../lib/round.ts';
import type { Message, Reply } from '../dialect.ts';
import type {
  MlopsActivitiesQuery,
  MlopsActivityEventsSubscription,
  MlopsActivityFragment,
  MlopsAlertEventsSubscription,
  MlopsFileEventsSubscription,
  MlopsHostEventsSubscription,
  MlopsModelEventsSubscription,
  MlopsModelsQuery,
  MlopsStatusFragment,
  MlopsSystemQuery,
  MlopsTrainingEventsSubscription,
} from '../documents.generated.ts';
import { durationText, sizeText, speedText } from './words.ts';

// /ws: how it goes

/** Nothing is said while the host is not monitored. */
export function systemMetrics({
  pipelineStatus,
}: {
  readonly pipelineStatus: MlopsStatusFragment;
}): Message | null {
  return pipelineStatus.system === null ? null : { type: 'system_metrics', ...statusOf(pipelineStatus) };
}

/** Two values have two names each: the dashboard's pages read the one or the other. */
function statusOf(status: MlopsStatusFragment) {
  const { system, connections } = status;
  const own = connections.endpoints.filter(({ dialect }) => dialect === 'mlops');
  return {
    current_accuracy: ratio(status.modelAccuracy),
    model_accuracy: ratio(status.modelAccuracy),
    predictions_per_minute: status.predictionsPerMinute,
    prediction_rate: status.predictionsPerMinute,
    current_health: system === null ? null : lower(system.health),
    cpu_percent: system?.cpu.percent ?? null,
    memory_percent: system?.memory.percent ?? null,
    disk_percent: system?.disk.percent ?? null,
    active_connections: own.reduce((sum, { open }) => sum + open, 0),
    api_response_time_ms: milliseconds(connections.httpResponseMs),
    ws_response_time_ms: milliseconds(own[0]?.meanLatencyMs ?? null),
    timestamp: status.sampledAt,
  };
}

/** Of the host that `system_metrics` tells of; the others have dashboards of their own. */
export function healthChange({ hostEvents: change }: MlopsHostEventsSubscription): Message | null {
  if (!change.ofThisHost) return null;
  return {
    type: 'health_change',
    current_health: lower(change.health),
    previous_health: lower(change.previousHealth),
    reason: change.reason,
    metrics: {
      cpu_percent: change.cpuPercent,
      memory_percent: change.memoryPercent,
      disk_percent: change.diskPercent,
    },
    recommended_action: change.recommendedAction,
    timestamp: change.occurredAt,
  };
}

// /ws: models

type ModelEvent = MlopsModelEventsSubscription['modelEvents'];

export function modelEvent({ modelEvents: happened }: MlopsModelEventsSubscription): Message | null {
  if (happened.type === 'MODEL_DEPLOYED') return modelDeployed(happened);
  if (happened.type === 'MODEL_STATUS_REPORTED') return modelStatusChange(happened);
  return happened.type === 'PREDICTION_VOLUME_CHANGED' ? predictionVolume(happened) : null;
}

function modelDeployed(happened: ModelEvent): Message {
  return {
    type: 'model_deployed',
    model_name: happened.modelName,
    model_version: happened.modelVersion,
    model_accuracy: ratio(happened.accuracy),
    deployment_timestamp: happened.occurredAt,
    model_id: happened.modelId,
  };
}

function modelStatusChange(happened: ModelEvent): Message {
  return {
    type: 'model_status_change',
    status: lowerOrNull(happened.operationalStatus),
    model_id: happened.modelId,
    health_score: ratio(happened.healthScore),
    last_prediction: happened.lastPredictionAt,
  };
}

/** Milestones are told in the words that the dashboard has always shown. */
function predictionVolume({ milestoneReached, ...happened }: ModelEvent): Message {
  return {
    type: 'prediction_volume',
    total_predictions: happened.totalPredictions,
    predictions_per_minute: happened.predictionsPerMinute,
    milestone_reached: milestoneReached,
    timestamp: happened.occurredAt,
    message:
      milestoneReached === null ? happened.message : `${milestoneReached} predictions milestone reached!`,
  };
}

// /ws: training

type TrainingEvent = MlopsTrainingEventsSubscription['trainingEvents'];

export function trainingEvent({ trainingEvents: happened }: MlopsTrainingEventsSubscription): Message {
  if (happened.type === 'TRAINING_COMPLETED') return trainingCompleted(happened);
  return happened.type === 'TRAINING_FAILED' ? trainingFailed(happened) : trainingProgress(happened);
}

function trainingProgress(happened: TrainingEvent): Message {
  return {
    type: 'training_progress',
    progress: percent(happened.progress),
    stage: lowerOrNull(happened.stage),
    current_stage: happened.currentStage,
    estimated_time_remaining: happened.estimatedTimeRemainingSeconds,
    current_epoch: happened.currentEpoch,
    total_epochs: happened.totalEpochs,
    current_loss: happened.currentLoss,
    message: happened.message,
  };
}

function trainingCompleted(happened: TrainingEvent): Message {
  return {
    type: 'training_completed',
    final_accuracy: ratio(happened.finalAccuracy),
    training_time: known(happened.trainingTimeSeconds, durationText),
    validation_score: happened.validationScore,
    model_size: known(happened.modelSizeBytes, sizeText),
    total_epochs: happened.totalEpochs,
    message: happened.message,
    model_id: happened.modelId,
  };
}

function trainingFailed(happened: TrainingEvent): Message {
  return {
    type: 'training_failed',
    error: happened.error,
    error_code: happened.errorCode,
    stage_failed: lowerOrNull(happened.stageFailed),
    progress_when_failed: percent(happened.progressWhenFailed),
    suggestions: happened.suggestions,
    timestamp: happened.occurredAt,
  };
}

// /ws: files

export function fileEvent({ fileEvents: happened }: MlopsFileEventsSubscription): Message {
  const { filename, validation } = happened;
  return validation === null ? uploadProgress(happened) : fileValidated(filename, validation);
}

function uploadProgress(happened: MlopsFileEventsSubscription['fileEvents']): Message {
  return {
    type: 'upload_progress',
    filename: happened.filename,
    bytes_uploaded: happened.bytesUploaded,
    total_bytes: happened.totalBytes,
    progress_percent: happened.progressPercent,
    upload_speed: known(happened.bytesPerSecond, speedText),
    // whole seconds, and none only when nothing is missing
    estimated_time_remaining: known(happened.remainingSeconds, Math.ceil),
  };
}

type Validation = NonNullable<MlopsFileEventsSubscription['fileEvents']['validation']>;

/** The one message with a key that is not always there: `error`. */
function fileValidated(filename: string, found: Validation): Message {
  return {
    type: 'file_validated',
    status: lower(found.status),
    filename,
    file_path: found.filePath,
    rows: found.rows,
    columns: found.columns,
    file_size: known(found.fileSizeBytes, sizeText),
    target_column: found.targetColumn,
    summary: found.summary,
    validation_time: found.validationTimeSeconds,
    ...(found.status === 'ERROR' ? { error: found.error } : {}),
  };
}

// /ws: what was done, and what needs attention

export function activityUpdate({ activityEvents: { activity } }: MlopsActivityEventsSubscription): Message {
  return { type: 'activity_update', activity: activityOf(activity) };
}

function activityOf(activity: MlopsActivityFragment) {
  return {
    id: activity.id,
    title: activity.title,
    description: activity.description,
    user: activity.user,
    action_type: activity.actionType,
    status: activity.status,
    timestamp: activity.at,
    severity_level: lower(activity.severityLevel),
    duration: activity.durationSeconds,
    metadata: activity.metadata,
  };
}

type Alert = MlopsAlertEventsSubscription['alertEvents']['alert'];

const priorities: Readonly<Record<Alert['level'], 'low' | 'medium' | 'high'>> = {
  INFO: 'low',
  WARNING: 'medium',
  ERROR: 'high',
  CRITICAL: 'high',
};

export function systemAlert({ alertEvents: { alert } }: MlopsAlertEventsSubscription): Message {
  return {
    type: 'system_alert',
    alert: {
      id: alert.id,
      title: alert.title,
      message: alert.message,
      alert_type: alert.alertType,
      priority: priorities[alert.level],
      source: alert.source,
      timestamp: alert.raisedAt,
      auto_dismiss: alert.autoDismiss,
      actions: alert.actions,
    },
  };
}

// REST

export function models({ deployedModels }: MlopsModelsQuery): Reply {
  return {
    body: deployedModels.map((model) => ({
      model_id: model.modelId,
      name: model.modelName,
      model_name: model.modelName,
      version: model.modelVersion,
      model_version: model.modelVersion,
      status: lower(model.operationalStatus),
      accuracy: ratio(model.accuracy),
      model_accuracy: ratio(model.accuracy),
      health_score: ratio(model.healthScore),
      predictions_made: model.totalPredictions,
      total_predictions: model.totalPredictions,
      predictions_per_minute: model.predictionsPerMinute,
      avg_response_time: model.meanResponseTimeMs,
      deployment_timestamp: model.deployedAt,
      last_prediction: model.lastPredictionAt,
      model_size: known(model.modelSizeBytes, sizeText),
      is_active: model.operationalStatus === 'ACTIVE',
    })),
  };
}

export function system({ pipelineStatus: status }: MlopsSystemQuery): Reply {
  const shown = statusOf(status);
  return {
    body: {
      ...shown,
      system_health: shown.current_health,
      active_training_jobs: status.activeTrainingRuns,
      total_models: status.modelCount,
      uptime_seconds: status.uptimeSeconds,
    },
  };
}

export function activities({ activity: { edges } }: MlopsActivitiesQuery): Reply {
  return { body: edges.map(({ node }) => activityOf(node)) };
}

function known<Value, Shown>(value: Value | null, show: (value: Value) => Shown): Shown | null {
  return value === null ? null : show(value);
}

function ratio(value: number | null): number | null {
  return known(value, (number) => round(number, 4));
}

function percent(value: number | null): number | null {
  return known(value, (number) => round(number, 2));
}

function milliseconds(value: number | null): number | null {
  return known(value, (number) => round(number, 2));
}

/** Closed sets are upper case in the graph. */
function lower<Word extends string>(word: Word): Lowercase<Word> {
  return word.toLowerCase() as Lowercase<Word>;
}

function lowerOrNull(word: string | null): string | null {
  return known(word, lower);
}
