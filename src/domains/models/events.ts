import { every, latest } from '../../journal/topic.ts';

/** A model as it is now: what its server says, completed by what producers reported. MB = 2^20 bytes. */
export interface ModelStatus {
  /** `<server>:<name>`. */
  readonly modelId: string;
  readonly modelName: string;
  readonly server: string;
  readonly status: 'LOADED' | 'LOADING' | 'UNLOADED' | 'ERROR';
  readonly memoryUsageMb: number | null;
  readonly memoryTotalMb: number | null;
  readonly inferenceTimeMs: number | null;
  readonly tokensPerSecond: number | null;
  readonly activeSessions: number | null;
  /** Unix milliseconds. */
  readonly updatedAt: number;
  /** Unix milliseconds; null when nobody reported on it. */
  readonly lastReportedAt: number | null;
}

export type ModelServerErrorCode =
  | 'CONNECTION_REFUSED'
  | 'CONNECTION_TIMEOUT'
  | 'AUTHENTICATION_FAILED'
  | 'RATE_LIMITED'
  | 'INVALID_RESPONSE';

/** How the last probe of a model server went. */
export interface ModelServerStatus {
  readonly server: string;
  /** Without credentials. */
  readonly url: string;
  readonly kind: 'OLLAMA' | 'OPENAI';
  /** Null before the first probe. */
  readonly reachable: boolean | null;
  readonly errorCode: ModelServerErrorCode | null;
  readonly errorMessage: string | null;
  /** Unix milliseconds. */
  readonly lastProbeAt: number | null;
  readonly responseTimeMs: number | null;
}

/** What a producer measured; what is left out stays as it was. */
export interface ModelReport {
  readonly modelId: string;
  readonly modelName?: string;
  readonly status?: ModelStatus['status'];
  readonly memoryUsageMb?: number;
  readonly memoryTotalMb?: number;
  readonly inferenceTimeMs?: number;
  readonly tokensPerSecond?: number;
  readonly activeSessions?: number;
}

/** `modelLoaded`, `modelUnloaded`. */
export interface ModelTransition {
  readonly modelId: string;
  readonly modelName: string;
  readonly server: string;
}

/** `modelServerUnreachable`, `modelServerRecovered`. */
export interface ModelServerTransition {
  readonly server: string;
  readonly errorCode: ModelServerErrorCode | null;
  readonly errorMessage: string | null;
}

export type ModelEventPayload = ModelReport | ModelTransition | ModelServerTransition;

/** Keyed by model id. */
export const modelStatusChanged = latest<ModelStatus>('models.status');
/** Keyed by server. */
export const modelServerChanged = latest<ModelServerStatus>('models.servers');
/** Types: modelLoaded, modelUnloaded, modelReported, modelServerUnreachable, modelServerRecovered. */
export const modelEvents = every<ModelEventPayload>('models.events');
