import { builder } from '../../graph/builder.ts';
import { eventMember, refuse } from '../../graph/event-input.ts';
import {
  requireId,
  requireNotNegative,
  requirePercent,
  requireRatio,
  requireText,
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

const nameCharsMax = 256;
const textCharsMax = 4_096;
const suggestionsMax = 20;
const suggestionCharsMax = 1_024;

const idempotency = 'Idempotency key: a second event with it is accepted and not stored again.';
const when = 'When it happened. Default: now.';
const whichRun = 'The run, as its trainer names it, 1 to 256 characters.';
const whichModel = 'The model that is trained, 1 to 256 characters.';

function requireIds(fields: { runId: string; modelId?: string | null | undefined }): void {
  requireId('runId', fields.runId);
  if (typeof fields.modelId === 'string') requireId('modelId', fields.modelId);
}

const TrainingProgressInput = builder.inputType('TrainingProgressInput', {
  description: 'How far a training run has come. What is left out is unknown.',
  fields: (t) => ({
    id: t.id({ description: idempotency }),
    at: t.field({ type: 'DateTime', description: when }),
    runId: t.id({ required: true, description: whichRun }),
    modelId: t.id({ description: whichModel }),
    progress: t.float({ required: true, description: 'Percent, 0 to 100.' }),
    stage: t.field({ type: TrainingStageType, required: true, description: 'Where it is.' }),
    currentStage: t.string({ description: `The same in words, at most ${nameCharsMax} characters.` }),
    estimatedTimeRemainingSeconds: t.float({ description: 'Seconds, not negative.' }),
    currentEpoch: t.float({ description: 'Whole, not negative.' }),
    totalEpochs: t.float({ description: 'Whole, not negative.' }),
    currentLoss: t.float({ description: 'As the trainer measures it.' }),
    message: t.string({ description: `For people, at most ${textCharsMax} characters.` }),
  }),
});

eventMember({
  name: 'trainingProgress',
  input: TrainingProgressInput,
  description: 'How far a training run has come.',
  draft: (fields, common): Draft<TrainingEventPayload> => {
    requireIds(fields);
    requirePercent('progress', fields.progress);
    requireText('currentStage', fields.currentStage, nameCharsMax);
    requireNotNegative('estimatedTimeRemainingSeconds', fields.estimatedTimeRemainingSeconds);
    requireWhole('currentEpoch', fields.currentEpoch);
    requireWhole('totalEpochs', fields.totalEpochs);
    requireText('message', fields.message, textCharsMax);
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
    runId: t.id({ required: true, description: whichRun }),
    modelId: t.id({ description: whichModel }),
    finalAccuracy: t.float({ description: '0 to 1.' }),
    trainingTimeSeconds: t.float({ description: 'Seconds, not negative.' }),
    validationScore: t.float({ description: 'As the trainer measures it.' }),
    modelSizeBytes: t.float({ description: 'Whole bytes, not negative.' }),
    totalEpochs: t.float({ description: 'Whole, not negative.' }),
    message: t.string({ description: `For people, at most ${textCharsMax} characters.` }),
  }),
});

eventMember({
  name: 'trainingCompleted',
  input: TrainingCompletedInput,
  description: 'A training run ended well.',
  draft: (fields, common): Draft<TrainingEventPayload> => {
    requireIds(fields);
    requireRatio('finalAccuracy', fields.finalAccuracy);
    requireNotNegative('trainingTimeSeconds', fields.trainingTimeSeconds);
    requireWhole('modelSizeBytes', fields.modelSizeBytes);
    requireWhole('totalEpochs', fields.totalEpochs);
    requireText('message', fields.message, textCharsMax);
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
    runId: t.id({ required: true, description: whichRun }),
    modelId: t.id({ description: whichModel }),
    error: t.string({ required: true, description: `Why, 1 to ${textCharsMax} characters.` }),
    errorCode: t.string({ description: `The same for programs, at most ${nameCharsMax} characters.` }),
    stageFailed: t.field({ type: TrainingStageType, description: 'Where it was.' }),
    progressWhenFailed: t.float({ description: 'Percent, 0 to 100.' }),
    suggestions: t.stringList({
      description: `What might help: at most ${suggestionsMax}, each of at most ${suggestionCharsMax} characters.`,
    }),
  }),
});

eventMember({
  name: 'trainingFailed',
  input: TrainingFailedInput,
  description: 'A training run ended badly.',
  draft: (fields, common): Draft<TrainingEventPayload> => {
    requireIds(fields);
    if (fields.error.length < 1 || fields.error.length > textCharsMax)
      refuse('error', `1 to ${textCharsMax} characters`);
    requireText('errorCode', fields.errorCode, nameCharsMax);
    requirePercent('progressWhenFailed', fields.progressWhenFailed);
    const suggestions = fields.suggestions ?? [];
    if (suggestions.length > suggestionsMax) refuse('suggestions', `at most ${suggestionsMax}`);
    for (const suggestion of suggestions) requireText('suggestions', suggestion, suggestionCharsMax);
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
        suggestions,
      } satisfies TrainingFailure,
    };
  },
});
