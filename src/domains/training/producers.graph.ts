import { builder } from '../../graph/builder.ts';
import { eventMember } from '../../graph/event-input.ts';
import {
  requireNotNegative,
  requirePercent,
  requireRatio,
  requireWhole,
} from '../../graph/reported-values.ts';
import type { Draft } from '../../journal/topic.ts';
import {
  trainingEvents,
  type TrainingCompletion,
  type TrainingEventPayload,
  type TrainingFailure,
  type TrainingProgress,
} from './events.ts';
import { TrainingStageType } from './stage.graph.ts';

/** What trainers report. */

const idBounds = { chars: [1, 256] } as const;
const nameBounds = { chars: 256 } as const;
const textCharsMax = 4_096;
const textBounds = { chars: textCharsMax } as const;

const idempotency = 'Idempotency key: a second event with it is accepted and not stored again.';
const when = 'When it happened. Default: now.';
const whichRun = 'The run, as its trainer names it.';
const whichModel = 'The model that is trained.';

const TrainingProgressInput = builder.inputType('TrainingProgressInput', {
  description: 'How far a training run has come. What is left out is unknown.',
  fields: (t) => ({
    id: t.id({ description: idempotency }),
    at: t.field({ type: 'DateTime', description: when }),
    runId: t.id({ required: true, bounds: idBounds, description: whichRun }),
    modelId: t.id({ bounds: idBounds, description: whichModel }),
    progress: t.float({ required: true, description: 'Percent, 0 to 100.' }),
    stage: t.field({ type: TrainingStageType, required: true, description: 'Where it is.' }),
    currentStage: t.string({ bounds: nameBounds, description: 'The same in words.' }),
    estimatedTimeRemainingSeconds: t.float({ description: 'Seconds, not negative.' }),
    currentEpoch: t.float({ description: 'Whole, not negative.' }),
    totalEpochs: t.float({ description: 'Whole, not negative.' }),
    currentLoss: t.float({ description: 'As the trainer measures it.' }),
    message: t.string({ bounds: textBounds, description: 'For people.' }),
  }),
});

eventMember({
  name: 'trainingProgress',
  input: TrainingProgressInput,
  description: 'How far a training run has come.',
  draft: (fields, common): Draft<TrainingEventPayload> => {
    requirePercent('progress', fields.progress);
    requireNotNegative('estimatedTimeRemainingSeconds', fields.estimatedTimeRemainingSeconds);
    requireWhole('currentEpoch', fields.currentEpoch);
    requireWhole('totalEpochs', fields.totalEpochs);
    return {
      topic: trainingEvents,
      key: fields.runId,
      type: 'trainingProgressed',
      ...common,
      payload: {
        runId: fields.runId,
        modelId: fields.modelId ?? null,
        progress: fields.progress,
        stage: fields.stage,
        currentStage: fields.currentStage ?? null,
        estimatedTimeRemainingSeconds: fields.estimatedTimeRemainingSeconds ?? null,
        currentEpoch: fields.currentEpoch ?? null,
        totalEpochs: fields.totalEpochs ?? null,
        currentLoss: fields.currentLoss ?? null,
        message: fields.message ?? null,
        first: false,
      } satisfies TrainingProgress,
    };
  },
});

const TrainingCompletedInput = builder.inputType('TrainingCompletedInput', {
  description: 'A training run ended well. What is left out is unknown.',
  fields: (t) => ({
    id: t.id({ description: idempotency }),
    at: t.field({ type: 'DateTime', description: when }),
    runId: t.id({ required: true, bounds: idBounds, description: whichRun }),
    modelId: t.id({ bounds: idBounds, description: whichModel }),
    finalAccuracy: t.float({ description: '0 to 1.' }),
    trainingTimeSeconds: t.float({ description: 'Seconds, not negative.' }),
    validationScore: t.float({ description: 'As the trainer measures it.' }),
    modelSizeBytes: t.float({ description: 'Whole bytes, not negative.' }),
    totalEpochs: t.float({ description: 'Whole, not negative.' }),
    message: t.string({ bounds: textBounds, description: 'For people.' }),
  }),
});

eventMember({
  name: 'trainingCompleted',
  input: TrainingCompletedInput,
  description: 'A training run ended well.',
  draft: (fields, common): Draft<TrainingEventPayload> => {
    requireRatio('finalAccuracy', fields.finalAccuracy);
    requireNotNegative('trainingTimeSeconds', fields.trainingTimeSeconds);
    requireWhole('modelSizeBytes', fields.modelSizeBytes);
    requireWhole('totalEpochs', fields.totalEpochs);
    return {
      topic: trainingEvents,
      key: fields.runId,
      type: 'trainingCompleted',
      ...common,
      payload: {
        runId: fields.runId,
        modelId: fields.modelId ?? null,
        finalAccuracy: fields.finalAccuracy ?? null,
        trainingTimeSeconds: fields.trainingTimeSeconds ?? null,
        validationScore: fields.validationScore ?? null,
        modelSizeBytes: fields.modelSizeBytes ?? null,
        totalEpochs: fields.totalEpochs ?? null,
        message: fields.message ?? null,
      } satisfies TrainingCompletion,
    };
  },
});

const TrainingFailedInput = builder.inputType('TrainingFailedInput', {
  description: 'A training run ended badly. What is left out is unknown.',
  fields: (t) => ({
    id: t.id({ description: idempotency }),
    at: t.field({ type: 'DateTime', description: when }),
    runId: t.id({ required: true, bounds: idBounds, description: whichRun }),
    modelId: t.id({ bounds: idBounds, description: whichModel }),
    error: t.string({ required: true, bounds: { chars: [1, textCharsMax] }, description: 'Why.' }),
    errorCode: t.string({ bounds: nameBounds, description: 'The same for programs.' }),
    stageFailed: t.field({ type: TrainingStageType, description: 'Where it was.' }),
    progressWhenFailed: t.float({ description: 'Percent, 0 to 100.' }),
    suggestions: t.stringList({
      bounds: { items: 20, chars: 1_024 },
      description: 'What might help.',
    }),
  }),
});

eventMember({
  name: 'trainingFailed',
  input: TrainingFailedInput,
  description: 'A training run ended badly.',
  draft: (fields, common): Draft<TrainingEventPayload> => {
    requirePercent('progressWhenFailed', fields.progressWhenFailed);
    return {
      topic: trainingEvents,
      key: fields.runId,
      type: 'trainingFailed',
      ...common,
      payload: {
        runId: fields.runId,
        modelId: fields.modelId ?? null,
        error: fields.error,
        errorCode: fields.errorCode ?? null,
        stageFailed: fields.stageFailed ?? null,
        progressWhenFailed: fields.progressWhenFailed ?? null,
        suggestions: fields.suggestions ?? [],
      } satisfies TrainingFailure,
    };
  },
});
