import { every, latest, type Draft } from '../../journal/topic.ts';

/** ERROR: it was loaded when its server stopped answering, or a producer reported the error. */
export type ModelState = 'LOADED' | 'LOADING' | 'UNLOADED' | 'ERROR';

/** Measured values of a model. Null is unknown; MB = 2^20 bytes. */
export interface ModelMeasurements {
  readonly memoryUsageMb: number | null;
  /** Of the device that holds it. */
  readonly memoryTotalMb: number | null;
  /** Mean of the last inferences that are known. */
  readonly inferenceTimeMs: number | null;
  /** When anything was generated last. */
  readonly tokensPerSecond: number | null;
  /** Requests being processed. */
  readonly activeSessions: number | null;
}

/** A model as its server and its producers describe it. */
export interface ModelStatus extends ModelMeasurements {
  /** `<server>:<name>`; Ollama's `:latest` is cut. */
  readonly modelId: string;
  /** For people. */
  readonly modelName: string;
  /** The part of the id before the colon; empty without one. */
  readonly server: string;
  readonly status: ModelState;
  /** Unix milliseconds: the last probe of its server or the last report, whichever is later. */
  readonly updatedAt: number;
  /** Unix milliseconds; null when no producer has reported on it. */
  readonly lastReportedAt: number | null;
}

export const modelStatusChanged = latest<ModelStatus>('models.status');

/** Model servers are probed no more often than this, in milliseconds, unless a shorter interval is configured. */
export const serversAskedMinMs = 1_000;

/** Maximum number of models that are known by reports only. Each is held in memory. */
export const reportedModelsMax = 2_000;
/** A model that was not reported for this long makes room for another one. */
export const reportedModelStaleMs = 86_400_000;

export type ModelServerKind = 'OLLAMA' | 'OPENAI';

/** Refused: nothing listens there. Timeout: no answer in time, no such name, not reachable, or the connection broke. */
export type ModelServerErrorCode =
  | 'CONNECTION_REFUSED'
  | 'CONNECTION_TIMEOUT'
  | 'AUTHENTICATION_FAILED'
  | 'RATE_LIMITED'
  | 'INVALID_RESPONSE';

/** A configured model server and how its last probe went. */
export interface ModelServerStatus {
  readonly server: string;
  /** Without credentials and without a query. */
  readonly url: string;
  readonly kind: ModelServerKind;
  /** Whether the last probe brought its models; null before the first. */
  readonly reachable: boolean | null;
  readonly errorCode: ModelServerErrorCode | null;
  readonly errorMessage: string | null;
  /** Unix milliseconds. */
  readonly lastProbeAt: number | null;
  /** Of the last probe that brought its models. */
  readonly responseTimeMs: number | null;
}

export const modelServerChanged = latest<ModelServerStatus>('models.servers');

/** What a producer measured of a model. What is left out stays as it was reported before. */
export interface ModelReport extends Partial<ModelMeasurements> {
  readonly modelId: string;
  readonly modelName?: string | null;
  /** Used while no configured server answers for the model. */
  readonly status?: ModelState | null;
}

/** The payload of each type of event. The key is the model's id, the server's name, or `all` for the volume. */
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
  /** Null when it answers again. */
  readonly errorCode: ModelServerErrorCode | null;
  readonly errorMessage: string | null;
}

/** A version of a model was put in service. */
export interface ModelDeployment {
  readonly modelId: string;
  readonly modelName: string;
  readonly modelVersion: string;
  /** 0 to 1, as measured before it was deployed. */
  readonly modelAccuracy: number | null;
  readonly modelSizeBytes: number | null;
}

/** The state of a deployed model, as its operators report it. */
export type OperationalStatus = 'ACTIVE' | 'TRAINING' | 'ERROR' | 'INACTIVE';

export interface OperationalReport {
  readonly modelId: string;
  readonly status: OperationalStatus;
  /** 0 to 1. */
  readonly healthScore: number | null;
  /** Unix milliseconds. */
  readonly lastPredictionAt: number | null;
  /** 0 to 1, as measured in service. */
  readonly accuracy: number | null;
}

/** Predictions of a model since its producer's last report. */
export interface PredictionsReport {
  readonly modelId: string;
  /** Above zero. */
  readonly count: number;
  /** Mean of these predictions. */
  readonly avgResponseTimeMs: number | null;
}

/** The volume of predictions over all models: an event at milestones and when the rate has changed much. */
export interface PredictionVolume {
  /** Ever reported. */
  readonly totalPredictions: number;
  /** Reported for the last 60 seconds. */
  readonly predictionsPerMinute: number;
  /** The multiple of PREDICTION_MILESTONE that the total has passed; null when the rate was the reason. */
  readonly milestoneReached: number | null;
  readonly message: string | null;
}

/** A model that was deployed, or that an operational report or predictions are about. */
export interface DeployedModel {
  readonly modelId: string;
  readonly modelName: string | null;
  readonly modelVersion: string | null;
  /** As reported last; ACTIVE from a deployment on until something else is reported. */
  readonly operationalStatus: OperationalStatus;
  /** 0 to 1: of the deployment, or as reported since. */
  readonly accuracy: number | null;
  /** 0 to 1; null until it is reported of the version in service. */
  readonly healthScore: number | null;
  readonly totalPredictions: number;
  /** For the last 60 seconds; null until the first report ever. */
  readonly predictionsPerMinute: number | null;
  /** Over all predictions for which a time was reported, each counting the same. */
  readonly meanResponseTimeMs: number | null;
  /** Unix milliseconds; null when no deployment was reported. */
  readonly deployedAt: number | null;
  /** Unix milliseconds. */
  readonly lastPredictionAt: number | null;
  readonly modelSizeBytes: number | null;
  /** Whether it was deployed last of all. */
  readonly isCurrent: boolean;
}

/** Statistics of all deployed models. */
export interface Deployments {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** The one deployed last; null before the first deployment. */
  readonly current: DeployedModel | null;
  readonly modelCount: number;
  readonly totalPredictions: number;
  /** For the last 60 seconds, over all models; null until the first report ever. */
  readonly predictionsPerMinute: number | null;
}

export const deploymentsKey = 'all';

export const deploymentsSampled = latest<Deployments>('models.deployments');

export type ModelEventType = keyof ModelEventPayloads;
export type ModelEventPayload = ModelEventPayloads[ModelEventType];

export const modelEvents = every<ModelEventPayload>('models.events');

export type ModelEventDraft = Draft<ModelEventPayload>;

/** `id` is given so that a second attempt to store the event stores nothing. */
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

/** When all parts of the pipeline's status were measured; the parts are gauges of their own. */
export interface PipelineLook {
  /** Unix milliseconds. */
  readonly sampledAt: number;
}

/** Keyed by host id. */
export const pipelineLookedAt = latest<PipelineLook>('pipeline.status');
