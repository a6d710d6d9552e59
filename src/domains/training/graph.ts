import { builder, type GraphTypes } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventConnection, eventsLink } from '../../graph/event-links.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventVariants } from '../../graph/event.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  id,
  nullable,
  of,
  payloadFields,
  string,
  stringList,
} from '../../graph/exposed-fields.ts';
import { keysetConnection, searchedPages } from '../../graph/keyset-connection.ts';
import { timeRangeFields } from '../../graph/time-range-fields.ts';
import type { Entry } from '../../journal/topic.ts';
import { linkField } from '../../graph/links.ts';
import { fromList, nodeType } from '../../graph/node.ts';
import { msOf } from '../../lib/seconds.ts';
import {
  trainingEvents,
  type TrainingCompletion,
  type TrainingEventPayloads,
  type TrainingFailure,
  type TrainingProgress,
  type TrainingStage,
  type TrainingState,
} from './events.ts';
import { runList, type TrainingRunsTable } from './store.ts';

export const TrainingStageType = describedEnum<TrainingStage>(
  'TrainingStage',
  'The stages of a training run, in their usual order.',
  {
    DATA_PREPARATION: 'Training data is collected and cleaned.',
    FEATURE_ENGINEERING: 'Features are derived from the training data.',
    MODEL_TRAINING: 'The model is fitted to the training data.',
    VALIDATION: 'The trained model is evaluated.',
    FINALIZATION: 'The trained model is packaged and stored.',
  },
);

const TrainingStatus = describedEnum<TrainingState>(
  'TrainingStatus',
  'Whether a training run is in progress or has ended.',
  {
    RUNNING: 'Neither the completion nor the failure of the run has been reported.',
    COMPLETED: 'The run completed successfully.',
    FAILED: 'The run failed.',
  },
);

/** The producer's name of the stage, or the stage in words: `Data preparation`. */
function stageName({ stage, currentStage }: TrainingProgress): string {
  return currentStage ?? stage.charAt(0) + stage.slice(1).toLowerCase().replaceAll('_', ' ');
}

const stageNameText = "The producer's own name, or the name of the stage if the producer gave none.";

type Run = ReturnType<typeof toRun>;

function toRun({ state, progress, ending, ...row }: TrainingRunsTable) {
  const completion = state === 'COMPLETED' ? (ending as TrainingCompletion) : null;
  const failure = state === 'FAILED' ? (ending as TrainingFailure) : null;
  return {
    runId: row.run_id,
    modelId: row.model_id,
    status: state,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    endedAt: row.ended_at,
    progressPercent: completion ? 100 : (failure?.progressWhenFailed ?? progress?.progress ?? null),
    stage: failure?.stageFailed ?? progress?.stage ?? null,
    stageName: progress && stageName(progress),
    estimatedTimeRemainingMs:
      state === 'RUNNING' ? msOf(progress?.estimatedTimeRemainingSeconds ?? null) : null,
    currentEpoch: progress?.currentEpoch ?? null,
    epochCount: completion?.epochCount ?? progress?.epochCount ?? null,
    currentLoss: progress?.currentLoss ?? null,
    statusMessage: failure ? null : ((completion ?? progress)?.message ?? null),
    finalAccuracy: completion?.finalAccuracy ?? null,
    validationScore: completion?.validationScore ?? null,
    trainingTimeMs: msOf(completion?.trainingTimeSeconds ?? null),
    modelSizeBytes: completion?.modelSizeBytes ?? null,
    error: failure?.error ?? null,
    errorCode: failure?.errorCode ?? null,
    suggestions: failure?.suggestions ?? [],
  };
}

export const TrainingRun = nodeType<Run>('TrainingRun', {
  description:
    'A training run, in the state of its newest report. A field is null if the producer did not report its value. ' +
    'Progress that is reported after the end of the run does not change it. Source: the producer events ' +
    '`trainingProgress`, `trainingCompleted` and `trainingFailed`, stored in the table training_runs.',
  key: ({ runId }) => runId,
  load: fromList(runList, toRun),
  fields: (t) =>
    exposedFields(t, {
      runId: id('Identifier of the run, chosen by its producer.'),
      modelId: nullable.id('Identifier of the model that is trained.'),
      status: of(TrainingStatus, 'Whether the run is in progress or has ended.'),
      startedAt: dateTime('Time of the first report.'),
      updatedAt: dateTime('Time of the newest report that changed the run.'),
      endedAt: nullable.dateTime('Time of completion or failure. Null while the run is in progress.'),
      progressPercent: nullable.float('Progress, 0 to 100. For a failed run: progress when it failed.'),
      stage: nullable.of(TrainingStageType, 'Last reported stage. For a failed run: the stage that failed.'),
      stageName: nullable.string(`Display name of the last reported stage. ${stageNameText}`),
      estimatedTimeRemainingMs: nullable.float(
        'Estimated milliseconds to completion. Null once the run has ended.',
      ),
      currentEpoch: nullable.safeInt('Number of the last reported epoch.'),
      epochCount: nullable.safeInt('Number of epochs of the whole run.'),
      currentLoss: nullable.float('Last reported value of the loss function.'),
      statusMessage: nullable.string('Message for people in the newest report. Null for a failed run.'),
      finalAccuracy: nullable.float('Accuracy of the trained model, 0 to 1. Null until the run completes.'),
      validationScore: nullable.float(
        "Validation score, on the producer's scale. Null until the run completes.",
      ),
      trainingTimeMs: nullable.float('Training time in milliseconds. Null until the run completes.'),
      modelSizeBytes: nullable.safeInt('Size of the trained model in bytes. Null until the run completes.'),
      error: nullable.string('Why the run failed. Null unless it failed.'),
      errorCode: nullable.string('Error code defined by the producer. Null unless the run failed.'),
      suggestions: stringList('Suggested fixes for the failure. Empty unless the run failed.'),
    }),
});

const TrainingRunFilterInput = builder.inputType('TrainingRunFilter', {
  description: 'Selects training runs that match all given conditions.',
  fields: (t) => ({
    statuses: t.field({ type: [TrainingStatus], description: 'Only runs with one of these statuses.' }),
    modelId: t.id({ description: 'Only runs that train this model.' }),
    ...timeRangeFields(t, 'runs that started'),
  }),
});

export const trainingRuns = keysetConnection('trainingRuns', {
  name: 'TrainingRun',
  type: TrainingRun,
  node: toRun,
  list: runList,
  description:
    'Returns training runs, the most recently started first. Source: the table training_runs, ' +
    `which retains a run for RETENTION_DAYS after its last report. ${searchedPages('`statuses` and `modelId`')}`,
  followedBy: 'trainingEvents',
  page: 'A page of training runs.',
  edge: 'A training run and its cursor.',
  totalCount: 'Number of retained training runs that match the filter.',
  filterInput: TrainingRunFilterInput,
  orders: { STARTED_AT: 'When the run started.', UPDATED_AT: 'When the run was last reported.' },
  one: {
    field: 'trainingRun',
    description: 'Returns a training run, or null if it is unknown or no longer retained.',
    key: 'runId',
    keyDescription: 'Identifier of the run, chosen by its producer.',
  },
});

export const trainingEvent = eventVariants<TrainingEventPayloads>('TrainingEvent', trainingEvents, {
  kind: 'TRAINING',
  description:
    'An event of a training run. A field is null if the producer did not report its value. Source: the producer events ' +
    '`trainingProgress`, `trainingCompleted` and `trainingFailed`.',
  typesDescription: 'What producers report about training runs.',
  fields: (t) => ({
    ...payloadFields(t, { runId: id('Identifier of the run, chosen by its producer.') }),
    trainingRun: linkField(t, {
      to: TrainingRun,
      description: 'The present state of the run. Null if it is no longer retained.',
      key: ({ payload }) => payload.runId,
    }),
    trainedModelId: t.id({
      nullable: true,
      description: 'Identifier of the model that is trained. Null if the producer did not name it.',
      resolve: ({ payload }) => payload.modelId,
    }),
  }),
  variants: (of) => ({
    TRAINING_PROGRESSED: of(
      'trainingProgressed',
      'TrainingProgressed',
      'The run started or made progress.',
      (t) => ({
        ...payloadFields(t, {
          first: boolean('Whether this is the first event of the run.'),
          currentEpoch: nullable.safeInt('Number of the current epoch.'),
          epochCount: nullable.safeInt('Number of epochs of the whole run.'),
          currentLoss: nullable.float('Current value of the loss function.'),
        }),
        estimatedTimeRemainingMs: t.float({
          nullable: true,
          description: 'Estimated milliseconds to completion.',
          resolve: ({ payload }) => msOf(payload.estimatedTimeRemainingSeconds),
        }),
        progressPercent: t.float({
          description: 'Progress of the run, 0 to 100.',
          resolve: ({ payload }) => payload.progress,
        }),
        trainingStage: t.field({
          type: TrainingStageType,
          description: 'Current stage.',
          resolve: ({ payload }) => payload.stage,
        }),
        stageName: t.string({
          description: `Display name of the stage. ${stageNameText}`,
          resolve: ({ payload }) => stageName(payload),
        }),
        statusMessage: statusMessage(t),
      }),
    ),
    TRAINING_COMPLETED: of(
      'trainingCompleted',
      'TrainingCompleted',
      'The run completed successfully.',
      (t) => ({
        ...payloadFields(t, {
          finalAccuracy: nullable.float('Accuracy of the trained model, 0 to 1.'),
          validationScore: nullable.float("Validation score, on the producer's scale."),
          modelSizeBytes: nullable.safeInt('Size of the trained model in bytes.'),
          epochCount: nullable.safeInt('Number of epochs of the whole run.'),
        }),
        trainingTimeMs: t.float({
          nullable: true,
          description: 'Duration of the run in milliseconds.',
          resolve: ({ payload }) => msOf(payload.trainingTimeSeconds),
        }),
        statusMessage: statusMessage(t),
      }),
    ),
    TRAINING_FAILED: of('trainingFailed', 'TrainingFailed', 'The run failed.', (t) => ({
      ...payloadFields(t, {
        error: string('Why the run failed.'),
        errorCode: nullable.string('Error code defined by the producer.'),
        stageFailed: nullable.of(TrainingStageType, 'Stage in which the run failed.'),
        suggestions: stringList('Suggested fixes for the failure.'),
      }),
      failedAtPercent: t.float({
        nullable: true,
        description: 'Progress when the run failed, 0 to 100.',
        resolve: ({ payload }) => payload.progressWhenFailed,
      }),
    })),
  }),
});

function statusMessage(
  t: PothosSchemaTypes.ObjectFieldBuilder<GraphTypes, Entry<{ readonly message: string | null }>>,
) {
  return t.string({
    nullable: true,
    description: 'Message for people. Null if the producer gave none.',
    resolve: ({ payload }) => payload.message,
  });
}

eventSubscription('trainingEvents', {
  ...trainingEvent,
  description: 'Events of training runs',
  ofKey: ['runId', 'Sends only events of this run. Default: all runs.'],
});

eventsLink(
  TrainingRun,
  eventConnection('TrainingEvent', { ...trainingEvent, followedBy: 'trainingEvents' }),
  {
    description: 'The events of the run',
    of: ({ runId }) => ({ key: runId }),
  },
);
