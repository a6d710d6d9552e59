import { every, latest } from '../../journal/topic.ts';

export type TrainingStage =
  | 'DATA_PREPARATION'
  | 'FEATURE_ENGINEERING'
  | 'MODEL_TRAINING'
  | 'VALIDATION'
  | 'FINALIZATION';

export type TrainingState = 'RUNNING' | 'COMPLETED' | 'FAILED';

/** The progress of a run, as its trainer reports it. */
export interface TrainingProgress {
  readonly runId: string;
  readonly modelId: string | null;
  /** 0 to 100. */
  readonly progress: number;
  readonly stage: TrainingStage;
  /** The trainer's own name of the stage; null when it gave none. */
  readonly currentStage: string | null;
  readonly estimatedTimeRemainingSeconds: number | null;
  readonly currentEpoch: number | null;
  readonly totalEpochs: number | null;
  readonly currentLoss: number | null;
  readonly message: string | null;
  /** Whether this is the first event of the run. Filled in when the event is stored. */
  readonly first: boolean;
}

/** A run completed. Null is what the trainer did not report. */
export interface TrainingCompletion {
  readonly runId: string;
  readonly modelId: string | null;
  /** 0 to 1. */
  readonly finalAccuracy: number | null;
  readonly trainingTimeSeconds: number | null;
  /** As the trainer measures it; usually 0 to 1. */
  readonly validationScore: number | null;
  readonly modelSizeBytes: number | null;
  readonly totalEpochs: number | null;
  readonly message: string | null;
}

/** A run failed. */
export interface TrainingFailure {
  readonly runId: string;
  readonly modelId: string | null;
  /** In words. */
  readonly error: string;
  /** For programs, as the trainer names it. */
  readonly errorCode: string | null;
  readonly stageFailed: TrainingStage | null;
  /** 0 to 100. */
  readonly progressWhenFailed: number | null;
  /** Suggestions for a fix, at most 20. */
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

/** How many runs are going on. */
export interface TrainingActivity {
  /** Runs that have neither completed nor failed. */
  readonly running: number;
}

export const trainingActivityKey = 'all';

/** One value, put whenever it may have changed. */
export const trainingActivityChanged = latest<TrainingActivity>('training.activity');
