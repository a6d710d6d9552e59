import type { Entry } from '../../journal/topic.ts';
import type {
  TrainingCompletion,
  TrainingEventPayload,
  TrainingFailure,
  TrainingProgress,
  TrainingStage,
} from './events.ts';
import type { TrainingRunsTable } from './store.ts';

/**
 * What is known of a run once an event is added. An ended run is not opened again: progress that is reported after the
 * end is in the log but changes nothing here, while a later ending replaces the one before, as its trainer's last
 * word. Progress older than what is known changes nothing either.
 */
export function afterEntry(
  run: TrainingRunsTable | undefined,
  { type, key, occurredAt, recordedAt, payload }: Entry<TrainingEventPayload>,
): TrainingRunsTable {
  const at = new Date(occurredAt);
  const before = run ?? {
    run_id: key,
    model_id: null,
    state: 'RUNNING' as const,
    started_at: at,
    updated_at: at,
    ended_at: null,
    progress: null,
    ending: null,
  };
  const known = {
    ...before,
    model_id: payload.modelId ?? before.model_id,
    recorded_at: new Date(recordedAt),
  };
  if (type === 'trainingProgressed') {
    if (before.state !== 'RUNNING' || (before.progress !== null && at < before.updated_at)) return known;
    return { ...known, updated_at: at, progress: merged(before.progress, payload as TrainingProgress) };
  }
  return {
    ...known,
    state: type === 'trainingCompleted' ? 'COMPLETED' : 'FAILED',
    updated_at: at > before.updated_at ? at : before.updated_at,
    ended_at: at,
    ending: payload as TrainingCompletion | TrainingFailure,
  };
}

/** What a trainer counts and measures stands until it says otherwise; what it says of the moment does not. */
function merged(before: TrainingProgress | null, now: TrainingProgress): TrainingProgress {
  return {
    ...now,
    currentEpoch: now.currentEpoch ?? before?.currentEpoch ?? null,
    totalEpochs: now.totalEpochs ?? before?.totalEpochs ?? null,
    currentLoss: now.currentLoss ?? before?.currentLoss ?? null,
  };
}

const stages: Readonly<Record<TrainingStage, string>> = {
  DATA_PREPARATION: 'Data preparation',
  FEATURE_ENGINEERING: 'Feature engineering',
  MODEL_TRAINING: 'Model training',
  VALIDATION: 'Validation',
  FINALIZATION: 'Finalization',
};

/** As the trainer puts it, else the stage's own name in words. */
export function stageInWords({ stage, currentStage }: TrainingProgress): string {
  return currentStage ?? stages[stage];
}
