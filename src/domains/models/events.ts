import { every, latest, type Draft } from '../../journal/topic.ts';

export type ModelState = 'LOADED' | 'LOADING' | 'UNLOADED' | 'ERROR';

/** Null is unknown. */
export interface ModelMeasurements {
  readonly memoryUsedBytes: number | null;
  /** Of the GPU or host that holds the model. */
  readonly memoryTotalBytes: number | null;
  /** Mean of recent inferences. */
  readonly inferenceTimeMs: number | null;
  /** While the model last generated. */
  readonly tokensPerSecond: number | null;
  /** Requests in progress. */
  readonly activeSessionCount: number | null;
}

/** A model, in the state of the last probe of its server and of the reports of producers. */
export interface ModelStatus extends ModelMeasurements {
  /** `<server>:<name>`, without the `:latest` of Ollama. */
  readonly modelId: string;
  /** Display name. */
  readonly modelName: string;
  /** The part of the id before the colon; empty if it has none. */
  readonly server: string;
  readonly status: ModelState;
  /** Unix milliseconds: the last probe of its server or the last report, whichever is later. */
  readonly updatedAt: number;
  /** Unix milliseconds; null if no producer has reported the model. */
  readonly lastReportedAt: number | null;
}

export const modelStatusChanged = latest<ModelStatus>('models.status');

/** The minimum interval between probes of a model server, unless a shorter interval is configured. */
export const probeIntervalMinMs = 1_000;

/** Limit of reported models, which are held in memory. */
export const reportedModelsMax = 2_000;
/** A model without reports for this time can be replaced by a new one. */
export const reportedModelStaleMs = 86_400_000;

export type ModelServerKind = 'OLLAMA' | 'OPENAI';

/** `CONNECTION_TIMEOUT` is also an unknown host name, an unreachable host, and a broken connection. */
export type ModelServerErrorCode =
  | 'CONNECTION_REFUSED'
  | 'CONNECTION_TIMEOUT'
  | 'AUTHENTICATION_FAILED'
  | 'RATE_LIMITED'
  | 'INVALID_RESPONSE';

/** A configured model server and the result of its last probe. */
export interface ModelServerStatus {
  readonly server: string;
  /** Without credentials and query. */
  readonly url: string;
  readonly kind: ModelServerKind;
  /** Whether the last probe succeeded; null before the first. */
  readonly reachable: boolean | null;
  readonly errorCode: ModelServerErrorCode | null;
  readonly errorMessage: string | null;
  /** Unix milliseconds. */
  readonly lastProbeAt: number | null;
  /** Of the last successful probe. */
  readonly responseTimeMs: number | null;
}

export const modelServerChanged = latest<ModelServerStatus>('models.servers');

/** A model as its server reports it. Null is not reported. */
export interface ProbedModel extends Omit<ModelMeasurements, 'memoryTotalBytes'> {
  /** The part of the model id after the colon. */
  readonly name: string;
  /** Display name. */
  readonly title: string | null;
  /** Null: the status comes from reports of producers, or remains the last known one. */
  readonly status: 'LOADED' | 'LOADING' | 'UNLOADED' | null;
  /** Whether at least half of the model is in GPU memory. */
  readonly onGpu: boolean;
}

/** A result of a probe as JSON, for the other instances. */
export interface SharedProbeResult {
  readonly server: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly responseTimeMs: number;
  readonly models: readonly ProbedModel[] | null;
  /** Why the probe failed; null if it succeeded. */
  readonly failure: { readonly code: ModelServerErrorCode; readonly message: string } | null;
}

/** Keyed by the name of the server. */
export const modelServerProbed = latest<SharedProbeResult>('models.probes');

/** Measurements that a producer reports. Missing properties keep their last reported value. */
export interface ModelReport extends Partial<ModelMeasurements> {
  readonly modelId: string;
  readonly modelName?: string | null;
  /** Used while no configured server reports the model. */
  readonly status?: ModelState | null;
}

/** By event type. The key of an event is the id of the model, the name of the server, or `all` for the volume. */
export interface ModelEventPayloads {
  readonly modelLoaded: ModelTransition;
  readonly modelUnloaded: ModelTransition;
  readonly modelReported: ModelReport;
  readonly modelServerUnreachable: ModelServerTransition;
  readonly modelServerRecovered: ModelServerTransition;
  readonly modelDeployed: ModelDeployment;
  readonly modelStatusReported: OperationalReport;
  readonly predictionsReported: PredictionsReport;
  readonly predictionVolumeChanged: PredictionVolume;
}

export interface ModelTransition {
  readonly modelId: string;
  readonly modelName: string;
  readonly server: string;
}

export interface ModelServerTransition {
  readonly server: string;
  /** Null for modelServerRecovered. */
  readonly errorCode: ModelServerErrorCode | null;
  readonly errorMessage: string | null;
}

/** A version of a model was deployed. */
export interface ModelDeployment {
  readonly modelId: string;
  readonly modelName: string;
  readonly modelVersion: string;
  /** 0 to 1, measured before the deployment. */
  readonly modelAccuracy: number | null;
  readonly modelSizeBytes: number | null;
}

export type OperationalStatus = 'ACTIVE' | 'TRAINING' | 'ERROR' | 'INACTIVE';

export interface OperationalReport {
  readonly modelId: string;
  readonly status: OperationalStatus;
  /** 0 to 1. */
  readonly healthScore: number | null;
  /** Unix milliseconds. */
  readonly lastPredictionAt: number | null;
  /** 0 to 1, measured after the deployment. */
  readonly accuracy: number | null;
}

/** Predictions of a model since the previous report. */
export interface PredictionsReport {
  readonly modelId: string;
  /** At least 1. */
  readonly count: number;
  /** Mean of these predictions. */
  readonly avgResponseTimeMs: number | null;
}

/** The predictions of all models, at milestones and after a considerable change of their rate. */
export interface PredictionVolume {
  readonly predictionCount: number;
  /** Predictions in the last 60 seconds. */
  readonly predictionsPerMinute: number;
  /** The multiple of PREDICTION_MILESTONE that the total has passed; null if the rate has changed. */
  readonly milestonePredictionCount: number | null;
  readonly message: string | null;
}

/** A model that was deployed, or for which a producer has reported a status or predictions. */
export interface DeployedModel {
  readonly modelId: string;
  readonly modelName: string | null;
  readonly modelVersion: string | null;
  /** ACTIVE after a deployment. */
  readonly operationalStatus: OperationalStatus;
  /** 0 to 1. */
  readonly accuracy: number | null;
  /** 0 to 1; null after a deployment. */
  readonly healthScore: number | null;
  readonly predictionCount: number;
  /** Predictions in the last 60 seconds; null before the first report. */
  readonly predictionsPerMinute: number | null;
  /** Of all predictions with a reported response time. */
  readonly avgResponseTimeMs: number | null;
  /** Null if no deployment was reported. */
  readonly deployedAt: Date | null;
  readonly lastPredictionAt: Date | null;
  readonly modelSizeBytes: number | null;
  /** Whether this is the most recently deployed model. */
  readonly isCurrent: boolean;
}

/** Statistics of all deployed models. */
export interface Deployments {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** Null before the first deployment. */
  readonly current: DeployedModel | null;
  readonly modelCount: number;
  readonly predictionCount: number;
  /** Predictions of all models in the last 60 seconds; null before the first report. */
  readonly predictionsPerMinute: number | null;
}

export const deploymentsKey = 'all';

export const deploymentsSampled = latest<Deployments>('models.deployments');

/** The deployed models whose history is stored, at most `recordedModelsMax`. */
export interface DeployedModels {
  readonly models: readonly DeployedModel[];
}

export const recordedModelsMax = 1_000;

/** The only key is `deploymentsKey`. */
export const deployedModelsSampled = latest<DeployedModels>('models.deployed');

export type ModelEventType = keyof ModelEventPayloads;
export type ModelEventPayload = ModelEventPayloads[ModelEventType];

export const modelEvents = every<ModelEventPayload>('models.events');

export type ModelEventDraft = Draft<ModelEventPayload>;

/** The event has an id, so that a second attempt to store it stores nothing. */
export function modelEvent<Type extends ModelEventType>(
  type: Type,
  about: {
    readonly key: string;
    readonly id: string;
    readonly occurredAt: number;
    readonly payload: ModelEventPayloads[Type];
  },
): ModelEventDraft {
  return { topic: modelEvents, type, ...about };
}

/** What `pipelineStatus` shows besides other gauges. */
export interface PipelineSample extends Pick<
  Deployments,
  'modelCount' | 'predictionCount' | 'predictionsPerMinute'
> {
  /** When these gauges were sampled, Unix milliseconds. */
  readonly sampledAt: number;
  /** Of the current model, 0 to 1; null if it is unknown. */
  readonly modelAccuracy: number | null;
  readonly activeTrainingRunCount: number;
}

/** Keyed by host id. */
export const pipelineSampled = latest<PipelineSample>('pipeline.status');
