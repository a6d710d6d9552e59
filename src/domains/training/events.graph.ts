import { builder } from '../../graph/builder.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import type { Entry } from '../../journal/topic.ts';
import {
  trainingEvents,
  type TrainingCompletion,
  type TrainingEventPayload,
  type TrainingEventType,
  type TrainingFailure,
  type TrainingProgress,
} from './events.ts';
import { stageInWords } from './run.ts';
import { TrainingStageType } from './stage.graph.ts';

const eventTypes = {
  TRAINING_PROGRESSED: 'trainingProgressed',
  TRAINING_COMPLETED: 'trainingCompleted',
  TRAINING_FAILED: 'trainingFailed',
} as const satisfies Record<string, TrainingEventType>;

type EventTypeName = keyof typeof eventTypes;

const typeNames = new Map<string, EventTypeName>(
  Object.entries(eventTypes).map(([name, type]) => [type, name as EventTypeName]),
);

const TrainingEventTypeEnum = builder.enumType('TrainingEventType', {
  description: 'What can happen in training.',
  values: {
    TRAINING_PROGRESSED: { description: 'A run has come further; its first report begins it.' },
    TRAINING_COMPLETED: { description: 'A run ended well.' },
    TRAINING_FAILED: { description: 'A run ended badly.' },
  } as const,
});

const TrainingEvent = eventRef('TrainingEvent', trainingEvents, { kind: 'TRAINING' });

function progressOf({ type, payload }: Entry<TrainingEventPayload>): TrainingProgress | null {
  return type === 'trainingProgressed' ? (payload as TrainingProgress) : null;
}

function completionOf({ type, payload }: Entry<TrainingEventPayload>): TrainingCompletion | null {
  return type === 'trainingCompleted' ? (payload as TrainingCompletion) : null;
}

function failureOf({ type, payload }: Entry<TrainingEventPayload>): TrainingFailure | null {
  return type === 'trainingFailed' ? (payload as TrainingFailure) : null;
}

builder.objectType(TrainingEvent, {
  description:
    'Something that happened in a training run, as its trainer reported it. Null is what was not said, or what this ' +
    'type does not have.',
  interfaces: [Event],
  fields: (t) => ({
    type: t.field({
      type: TrainingEventTypeEnum,
      description: 'What happened.',
      resolve: ({ type }) => typeNames.get(type) ?? 'TRAINING_PROGRESSED',
    }),
    runId: t.id({ description: 'The run.', resolve: ({ payload }) => payload.runId }),
    modelId: t.id({
      nullable: true,
      description: 'The model that is trained.',
      resolve: ({ payload }) => payload.modelId,
    }),
    first: t.boolean({
      description: 'Whether the run began with it: it is progress, and nothing of the run was known before.',
      resolve: (entry) => progressOf(entry)?.first ?? false,
    }),
    progress: t.float({
      nullable: true,
      description: 'Of progress: percent, 0 to 100.',
      resolve: (entry) => progressOf(entry)?.progress,
    }),
    stage: t.field({
      type: TrainingStageType,
      nullable: true,
      description: 'Of progress: where it is.',
      resolve: (entry) => progressOf(entry)?.stage,
    }),
    currentStage: t.string({
      nullable: true,
      description: 'Of progress: the same in words, the trainer’s, else the stage’s name.',
      resolve: (entry) => {
        const progress = progressOf(entry);
        return progress === null ? null : stageInWords(progress);
      },
    }),
    estimatedTimeRemainingSeconds: t.float({
      nullable: true,
      description: 'Of progress: seconds.',
      resolve: (entry) => progressOf(entry)?.estimatedTimeRemainingSeconds,
    }),
    currentEpoch: t.float({
      nullable: true,
      description: 'Of progress: the epoch it is in.',
      resolve: (entry) => progressOf(entry)?.currentEpoch,
    }),
    totalEpochs: t.float({
      nullable: true,
      description: 'Of progress and completion: epochs in all.',
      resolve: (entry) => (progressOf(entry) ?? completionOf(entry))?.totalEpochs,
    }),
    currentLoss: t.float({
      nullable: true,
      description: 'Of progress.',
      resolve: (entry) => progressOf(entry)?.currentLoss,
    }),
    message: t.string({
      nullable: true,
      description: 'Of progress and completion: for people.',
      resolve: (entry) => (progressOf(entry) ?? completionOf(entry))?.message,
    }),
    finalAccuracy: t.float({
      nullable: true,
      description: 'Of completion: 0 to 1.',
      resolve: (entry) => completionOf(entry)?.finalAccuracy,
    }),
    trainingTimeSeconds: t.float({
      nullable: true,
      description: 'Of completion: seconds, as the trainer measured them.',
      resolve: (entry) => completionOf(entry)?.trainingTimeSeconds,
    }),
    validationScore: t.float({
      nullable: true,
      description: 'Of completion: as the trainer measures it.',
      resolve: (entry) => completionOf(entry)?.validationScore,
    }),
    modelSizeBytes: t.float({
      nullable: true,
      description: 'Of completion: bytes of the model.',
      resolve: (entry) => completionOf(entry)?.modelSizeBytes,
    }),
    error: t.string({
      nullable: true,
      description: 'Of failure: why, in words.',
      resolve: (entry) => failureOf(entry)?.error,
    }),
    errorCode: t.string({
      nullable: true,
      description: 'Of failure: the same for programs.',
      resolve: (entry) => failureOf(entry)?.errorCode,
    }),
    stageFailed: t.field({
      type: TrainingStageType,
      nullable: true,
      description: 'Of failure: where it was.',
      resolve: (entry) => failureOf(entry)?.stageFailed,
    }),
    progressWhenFailed: t.float({
      nullable: true,
      description: 'Of failure: percent, 0 to 100.',
      resolve: (entry) => failureOf(entry)?.progressWhenFailed,
    }),
    suggestions: t.stringList({
      description: 'Of failure: what might help; else empty.',
      resolve: (entry) => [...(failureOf(entry)?.suggestions ?? [])],
    }),
  }),
});

function typesOf(args: Readonly<Record<string, unknown>>): readonly string[] | null {
  const names = args['types'] as readonly EventTypeName[] | null | undefined;
  return names?.map((name) => eventTypes[name]) ?? null;
}

builder.subscriptionField('trainingEvents', (t) =>
  t.field({
    type: TrainingEvent,
    requires: 'read',
    description: 'EVERY. What happens in training, after the cursor `after` or from now on.',
    args: {
      runId: t.arg.id({ description: 'Only of this run; default all.' }),
      types: t.arg({ type: [TrainingEventTypeEnum], description: 'Only of these types; default all.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
      }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: [trainingEvents.name],
      types: typesOf,
      matches: (args) => {
        const types = typesOf(args);
        const runId = args['runId'] as string | null | undefined;
        return ({ type, key }) => (types === null || types.includes(type)) && (!runId || key === runId);
      },
    }),
    subscribe: throughTheDoor<TrainingEventPayload>,
    resolve: (entry) => entry,
  }),
);
