import { round } from '../../lib/round.ts';
import type { Entry } from '../../journal/topic.ts';
import type {
  DeployedModel,
  ModelDeployment,
  ModelEventPayload,
  OperationalReport,
  PredictionsReport,
} from './events.ts';
import type { DeployedModelsTable } from './deployments.store.ts';

/** A second in which predictions were reported. */
export interface PredictionCount {
  /** Its start. */
  readonly at: Date;
  readonly model_id: string;
  readonly predictions: number;
}

const nothingKnown = {
  model_name: null,
  model_version: null,
  model_size_bytes: null,
  deployed_at: null,
  deployed_seq: null,
  operational_status: 'ACTIVE', // what is deployed, or predicts, is in service
  status_at: null,
  accuracy: null,
  health_score: null,
  total_predictions: 0,
  timed_predictions: 0,
  response_time_sum_ms: 0,
  last_prediction_at: null,
} as const;

/** What is known of a deployed model once an event is added; undefined for events of other kinds. */
export function afterEntry(
  model: DeployedModelsTable | undefined,
  entry: Entry<ModelEventPayload>,
): DeployedModelsTable | undefined {
  const before = model ?? { ...nothingKnown, model_id: entry.key };
  if (entry.type === 'modelDeployed') return deployed(before, entry as Entry<ModelDeployment>);
  if (entry.type === 'modelStatusReported') return reported(before, entry as Entry<OperationalReport>);
  if (entry.type === 'predictionsReported') return predicted(before, entry as Entry<PredictionsReport>);
  return undefined;
}

/** A new version begins: what was said of the one before does not hold for it. An older deployment changes nothing. */
function deployed(
  before: DeployedModelsTable,
  { occurredAt, seq, payload }: Entry<ModelDeployment>,
): DeployedModelsTable {
  const at = new Date(occurredAt);
  if (before.deployed_at !== null && at < before.deployed_at) return before;
  const named = {
    ...before,
    model_name: payload.modelName,
    model_version: payload.modelVersion,
    model_size_bytes: payload.modelSizeBytes,
    deployed_at: at,
    deployed_seq: seq,
  };
  if (before.status_at !== null && at < before.status_at)
    return { ...named, accuracy: before.accuracy ?? payload.modelAccuracy };
  return {
    ...named,
    operational_status: 'ACTIVE',
    status_at: at,
    accuracy: payload.modelAccuracy,
    health_score: null,
  };
}

/** What a report leaves out stays as it was. An older one changes nothing but the time of the last prediction. */
function reported(
  before: DeployedModelsTable,
  { occurredAt, payload }: Entry<OperationalReport>,
): DeployedModelsTable {
  const at = new Date(occurredAt);
  const { lastPredictionAt } = payload;
  const predicting = {
    ...before,
    last_prediction_at:
      lastPredictionAt === null
        ? before.last_prediction_at
        : later(before.last_prediction_at, new Date(lastPredictionAt)),
  };
  if (before.status_at !== null && at < before.status_at) return predicting;
  return {
    ...predicting,
    operational_status: payload.status,
    status_at: at,
    accuracy: payload.accuracy ?? before.accuracy,
    health_score: payload.healthScore ?? before.health_score,
  };
}

function predicted(before: DeployedModelsTable, entry: Entry<PredictionsReport>): DeployedModelsTable {
  const { count, avgResponseTimeMs } = entry.payload;
  return {
    ...before,
    total_predictions: before.total_predictions + count,
    timed_predictions: before.timed_predictions + (avgResponseTimeMs === null ? 0 : count),
    response_time_sum_ms: before.response_time_sum_ms + (avgResponseTimeMs ?? 0) * count,
    last_prediction_at: later(before.last_prediction_at, reportTime(entry)),
  };
}

function later(a: Date | null, b: Date): Date {
  return a !== null && a > b ? a : b;
}

/** A producer whose clock runs ahead has predicted nothing that is yet to come. */
function reportTime({ occurredAt, recordedAt }: Entry): Date {
  return new Date(Math.min(occurredAt, recordedAt));
}

/** How many predictions a batch reports for each second and model, those of `since` and later. */
export function predictionCounts(
  entries: readonly Entry<ModelEventPayload>[],
  since: number,
): readonly PredictionCount[] {
  const counts = new Map<string, PredictionCount>();
  for (const entry of entries) {
    if (entry.type !== 'predictionsReported') continue;
    const at = new Date(Math.floor(reportTime(entry).getTime() / 1_000) * 1_000);
    if (at.getTime() < since) continue;
    const key = `${at.getTime()} ${entry.key}`;
    const { count } = entry.payload as PredictionsReport;
    const predictions = (counts.get(key)?.predictions ?? 0) + count;
    counts.set(key, { at, model_id: entry.key, predictions });
  }
  return [...counts.values()];
}

/** @param recent predictions of the last minute. */
export function shown(
  row: DeployedModelsTable,
  { recent, isCurrent }: { readonly recent: number; readonly isCurrent: boolean },
): DeployedModel {
  return {
    modelId: row.model_id,
    modelName: row.model_name,
    modelVersion: row.model_version,
    operationalStatus: row.operational_status,
    accuracy: row.accuracy,
    healthScore: row.health_score,
    totalPredictions: row.total_predictions,
    predictionsPerMinute: row.total_predictions === 0 ? null : recent,
    meanResponseTimeMs:
      row.timed_predictions === 0 ? null : round(row.response_time_sum_ms / row.timed_predictions, 2),
    deployedAt: row.deployed_at?.getTime() ?? null,
    lastPredictionAt: row.last_prediction_at?.getTime() ?? null,
    modelSizeBytes: row.model_size_bytes,
    isCurrent,
  };
}
