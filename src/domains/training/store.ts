import { keysetList } from '../../db/keyset-list.ts';
import { indexedIf } from '../../db/list-conditions.ts';
import type { Retained } from '../../db/retained.ts';
import { foldedTable } from '../../journal/folded-table.ts';
import type { Entry } from '../../journal/topic.ts';
import {
  trainingEvents,
  type TrainingCompletion,
  type TrainingEventPayload,
  type TrainingFailure,
  type TrainingProgress,
  type TrainingState,
} from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    training_runs: TrainingRunsTable;
  }
}

export interface TrainingRunsTable {
  run_id: string;
  model_id: string | null;
  state: TrainingState;
  /** Time of the first report. */
  started_at: Date;
  /** Time of the newest report that changed the run. */
  updated_at: Date;
  ended_at: Date | null;
  progress: TrainingProgress | null;
  ending: TrainingCompletion | TrainingFailure | null;
  /** When the last report was stored. */
  recorded_at: Date;
}

/** One row per run. Sets `first` of the first event of each run. */
export const trainingRunTable = foldedTable({
  topics: [trainingEvents],
  table: 'training_runs',
  key: 'run_id',
  fold: applyEvent,
  enrich(drafts, runs) {
    const known = new Set(runs.keys());
    return drafts.map((draft) => {
      const first = !known.has(draft.key);
      known.add(draft.key);
      if (draft.type !== 'trainingProgressed' || !first) return draft;
      return { ...draft, payload: { ...(draft.payload as TrainingProgress), first } };
    });
  },
});

/**
 * The row of a run after an event. Progress does not change a run that has ended or a row that a newer report has
 * changed. A completion or failure replaces an earlier one.
 */
function applyEvent(
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
  const after = {
    ...before,
    model_id: payload.modelId ?? before.model_id,
    recorded_at: new Date(recordedAt),
  };
  if (type === 'trainingProgressed') {
    if (before.state !== 'RUNNING' || (before.progress !== null && at < before.updated_at)) return after;
    return {
      ...after,
      updated_at: at,
      progress: mergeProgress(before.progress, payload as TrainingProgress),
    };
  }
  return {
    ...after,
    state: type === 'trainingCompleted' ? 'COMPLETED' : 'FAILED',
    updated_at: at > before.updated_at ? at : before.updated_at,
    ended_at: at,
    ending: payload as TrainingCompletion | TrainingFailure,
  };
}

/** Epochs and loss keep their last reported value. All other values are those of the newest report. */
function mergeProgress(before: TrainingProgress | null, now: TrainingProgress): TrainingProgress {
  return {
    ...now,
    currentEpoch: now.currentEpoch ?? before?.currentEpoch ?? null,
    epochCount: now.epochCount ?? before?.epochCount ?? null,
    currentLoss: now.currentLoss ?? before?.currentLoss ?? null,
  };
}

export interface TrainingRunFilter {
  readonly statuses?: readonly TrainingState[] | null | undefined;
  readonly modelId?: string | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

export const runList = keysetList({
  table: 'training_runs',
  at: 'started_at',
  id: 'run_id',
  orders: { UPDATED_AT: { column: 'updated_at' } },
  filter: ({ statuses, modelId, since, until }: TrainingRunFilter) => ({
    conditions: [...indexedIf('state', statuses), ...indexedIf('model_id', modelId)],
    since,
    until,
  }),
});

/** A run is removed when its last report is old, whether it has ended or not. */
export const retainedRuns: Retained = {
  table: 'training_runs',
  by: 'recorded_at',
  key: { run_id: 'text' },
};
