import { every, latest } from '../../journal/topic.ts';

export type TrainingStage =
  | 'DATA_PREPARATION'
  | 'FEATURE_ENGINEERING'
  | 'MODEL_TRAINING'
  | 'VALIDATION'
  | 'FINALIZATION';

export type TrainingState = 'RUNNING' | 'COMPLETED' | 'FAILED';

/** Progress of a run. In all three payloads, null is a value that the producer did not report. */
export interface TrainingProgress {
  readonly runId: string;
  readonly modelId: string | null;
  /** 0 to 100. */
  readonly progress: number;
  readonly stage: TrainingStage;
  /** The producer's own name of the stage. */
  readonly currentStage: string | null;
  readonly estimatedTimeRemainingSeconds: number | null;
  readonly currentEpoch: number | null;
  readonly epochCount: number | null;
  readonly currentLoss: number | null;
  readonly message: string | null;
  /** Whether this is the first event of the run. Set when the event is stored. */
  readonly first: boolean;
}

export interface TrainingCompletion {
  readonly runId: string;
  readonly modelId: string | null;
  /** 0 to 1. */
  readonly finalAccuracy: number | null;
  readonly trainingTimeSeconds: number | null;
  /** On the producer's scale, usually 0 to 1. */
  readonly validationScore: number | null;
  readonly modelSizeBytes: number | null;
  readonly epochCount: number | null;
  readonly message: string | null;
}

export interface TrainingFailure {
  readonly runId: string;
  readonly modelId: string | null;
  /** A message for people. */
  readonly error: string;
  readonly errorCode: string | null;
  readonly stageFailed: TrainingStage | null;
  /** 0 to 100. */
  readonly progressWhenFailed: number | null;
  /** At most 20. */
  readonly suggestions: readonly string[];
}

export interface TrainingEventPayloads {
  readonly trainingProgressed: TrainingProgress;
  readonly trainingCompleted: TrainingCompletion;
  readonly trainingFailed: TrainingFailure;
}

export type TrainingEventType = keyof TrainingEventPayloads;
export type TrainingEventPayload = TrainingEventPayloads[TrainingEventType];

/** Keyed by run id. */
export const trainingEvents = every<TrainingEventPayload>('training.events');

export interface TrainingActivity {
  /** Number of runs that have neither completed nor failed. */
  readonly running: number;
}

export const trainingActivityChanged = latest<TrainingActivity>('training.activity');
/** The only key of that gauge. */
export const trainingActivityKey = 'all';
