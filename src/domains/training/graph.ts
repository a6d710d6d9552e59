import { builder } from '../../graph/builder.ts';
import { describedEnum, eventEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { id, nullable, partFields, payloadFields } from '../../graph/exposed-fields.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import type { Entry } from '../../journal/topic.ts';
import {
  trainingEvents,
  type TrainingCompletion,
  type TrainingEventPayload,
  type TrainingEventType as EventType,
  type TrainingFailure,
  type TrainingProgress,
  type TrainingStage,
  type TrainingState,
} from './events.ts';
import { runList, type TrainingRunsTable } from './store.ts';

export const TrainingStageType = describedEnum<TrainingStage>(
  'TrainingStage',
  'The stages of a training run.',
  {
    DATA_PREPARATION: 'Data is gathered and cleaned.',
    FEATURE_ENGINEERING: 'Features are made of it.',
    MODEL_TRAINING: 'The model learns.',
    VALIDATION: 'It is measured.',
    FINALIZATION: 'It is stored.',
  },
);

const TrainingStatus = describedEnum<TrainingState>('TrainingStatus', 'Whether a training run goes on.', {
  RUNNING: 'No end was reported.',
  COMPLETED: 'It ended well.',
  FAILED: 'It ended badly.',
});

/** The trainer's name of the stage, else the stage itself in words: `Data preparation`. */
function stageInWords({ stage, currentStage }: TrainingProgress): string {
  return currentStage ?? stage.charAt(0) + stage.slice(1).toLowerCase().replaceAll('_', ' ');
}

function completionOf({ state, ending }: TrainingRunsTable): TrainingCompletion | null {
  return state === 'COMPLETED' ? (ending as TrainingCompletion) : null;
}

function failureOf({ state, ending }: TrainingRunsTable): TrainingFailure | null {
  return state === 'FAILED' ? (ending as TrainingFailure) : null;
}

function progressOf(run: TrainingRunsTable): number | null {
  if (run.state === 'COMPLETED') return 100;
  return failureOf(run)?.progressWhenFailed ?? run.progress?.progress ?? null;
}

const TrainingRun = builder.objectRef<TrainingRunsTable>('TrainingRun').implement({
  description:
    'A training run as its trainer reports it: the newest of what was said. Null is what was not. An ended run is not ' +
    'opened again by progress that is reported late. Source: the table training_runs.',
  fields: (t) => ({
    id: t.exposeID('run_id', { description: 'As its trainer names it.' }),
    modelId: t.exposeID('model_id', { nullable: true, description: 'The model that is trained.' }),
    status: t.expose('state', { type: TrainingStatus, description: 'Whether it goes on.' }),
    startedAt: t.expose('started_at', { type: 'DateTime', description: 'Time of the first report.' }),
    updatedAt: t.expose('updated_at', { type: 'DateTime', description: 'Time of the newest report.' }),
    endedAt: t.expose('ended_at', {
      type: 'DateTime',
      nullable: true,
      description: 'Time of the report of its end; null while it goes on.',
    }),
    progress: t.float({
      nullable: true,
      description: 'Percent, 0 to 100: 100 once it is completed, where it stood once it has failed.',
      resolve: progressOf,
    }),
    stage: t.field({
      type: TrainingStageType,
      nullable: true,
      description: 'Where it is, or where it failed.',
      resolve: (run) => failureOf(run)?.stageFailed ?? run.progress?.stage,
    }),
    currentStage: t.string({
      nullable: true,
      description: 'The stage reported last in words: the trainer’s, else its name.',
      resolve: ({ progress }) => (progress === null ? null : stageInWords(progress)),
    }),
    estimatedTimeRemainingSeconds: t.float({
      nullable: true,
      description: 'Seconds, as estimated in the newest report; null once it has ended.',
      resolve: ({ state, progress }) =>
        state === 'RUNNING' ? progress?.estimatedTimeRemainingSeconds : null,
    }),
    totalEpochs: t.float({
      nullable: true,
      description: 'Epochs in all.',
      resolve: (run) => completionOf(run)?.totalEpochs ?? run.progress?.totalEpochs,
    }),
    message: t.string({
      nullable: true,
      description: 'For people, of the newest report.',
      resolve: (run) =>
        run.state === 'RUNNING' ? run.progress?.message : (completionOf(run)?.message ?? null),
    }),
    ...partFields(t, ({ progress }) => progress, {
      currentEpoch: nullable.float('The epoch reported last.'),
      currentLoss: nullable.float('The loss reported last.'),
    }),
    ...partFields(t, completionOf, {
      finalAccuracy: nullable.float('0 to 1, once it is completed.'),
      validationScore: nullable.float('As its trainer measures it, once it is completed.'),
      trainingTimeSeconds: nullable.float('Seconds, as its trainer measured them, once it is completed.'),
      modelSizeBytes: nullable.float('Bytes of the trained model, once it is completed.'),
    }),
    ...partFields(t, failureOf, {
      error: nullable.string('Why it failed, in words.'),
      errorCode: nullable.string('The same for programs, as its trainer names it.'),
    }),
    suggestions: t.stringList({
      description: 'What might help once it has failed; else empty.',
      resolve: (run) => [...(failureOf(run)?.suggestions ?? [])],
    }),
  }),
});

keysetConnection('trainingRuns', {
  name: 'TrainingRun',
  type: TrainingRun,
  list: runList,
  description:
    'Training runs, the one that began last first. Paged by keyset: a page deep inside costs what the first one ' +
    'costs. Source: the table training_runs, kept RETENTION_DAYS after the last report.',
  page: 'A page of training runs.',
  edge: 'A run and its place in the list.',
  totalCount: 'All such runs.',
  args: (t) => ({ status: t({ type: TrainingStatus, description: 'Only such runs; default all.' }) }),
  filter: ({ status = null }) => ({ status }),
  one: {
    field: 'trainingRun',
    description: 'One training run; null when it is not known (any more).',
    idDescription: 'The run.',
  },
});

const TrainingEventType = eventEnum<EventType>('TrainingEventType', 'What can happen in training.', {
  TRAINING_PROGRESSED: ['trainingProgressed', 'A run has come further; its first report begins it.'],
  TRAINING_COMPLETED: ['trainingCompleted', 'A run ended well.'],
  TRAINING_FAILED: ['trainingFailed', 'A run ended badly.'],
});

function progressIn({ type, payload }: Entry<TrainingEventPayload>): TrainingProgress | null {
  return type === 'trainingProgressed' ? (payload as TrainingProgress) : null;
}

const TrainingEvent = eventType('TrainingEvent', trainingEvents, {
  kind: 'TRAINING',
  description:
    'Something that happened in a training run, as its trainer reported it. Null is what was not said, or what this ' +
    'type does not have.',
  types: TrainingEventType,
  fields: (t) => ({
    first: t.boolean({
      description: 'Whether the run began with it: it is progress, and nothing of the run was known before.',
      resolve: (entry) => progressIn(entry)?.first ?? false,
    }),
    currentStage: t.string({
      nullable: true,
      description: 'Of progress: the same in words, the trainer’s, else the stage’s name.',
      resolve: (entry) => {
        const progress = progressIn(entry);
        return progress === null ? null : stageInWords(progress);
      },
    }),
    ...payloadFields(t, {
      runId: id('The run.'),
      modelId: nullable.id('The model that is trained.'),
      progress: nullable.float('Of progress: percent, 0 to 100.'),
      stage: nullable.of(TrainingStageType, 'Of progress: where it is.'),
      estimatedTimeRemainingSeconds: nullable.float('Of progress: seconds.'),
      currentEpoch: nullable.float('Of progress: the epoch it is in.'),
      totalEpochs: nullable.float('Of progress and completion: epochs in all.'),
      currentLoss: nullable.float('Of progress.'),
      message: nullable.string('Of progress and completion: for people.'),
      finalAccuracy: nullable.float('Of completion: 0 to 1.'),
      trainingTimeSeconds: nullable.float('Of completion: seconds, as the trainer measured them.'),
      validationScore: nullable.float('Of completion: as the trainer measures it.'),
      modelSizeBytes: nullable.float('Of completion: bytes of the model.'),
      error: nullable.string('Of failure: why, in words.'),
      errorCode: nullable.string('Of failure: the same for programs.'),
      stageFailed: nullable.of(TrainingStageType, 'Of failure: where it was.'),
      progressWhenFailed: nullable.float('Of failure: percent, 0 to 100.'),
    }),
    suggestions: t.stringList({
      description: 'Of failure: what might help; else empty.',
      resolve: ({ payload }) => ('suggestions' in payload ? [...payload.suggestions] : []),
    }),
  }),
});

eventSubscription('trainingEvents', {
  type: TrainingEvent,
  topic: trainingEvents,
  description: 'What happens in training',
  ofKey: ['runId', 'Only of this run; default all.'],
  types: TrainingEventType,
});
