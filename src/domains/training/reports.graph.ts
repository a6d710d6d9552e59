import { producerEvent, type InputFieldBuilder } from '../../graph/producer-event.ts';
import {
  requireNotNegative,
  requirePercent,
  requireRatio,
  requireWhole,
} from '../../graph/reported-values.ts';
import { trainingEvents } from './events.ts';
import { TrainingStageType } from './graph.ts';

// What trainers report.

const idBounds = { chars: [1, 256] } as const;
const nameBounds = { chars: 256 } as const;
const textCharsMax = 4_096;
const textBounds = { chars: textCharsMax } as const;

const whichRun = (t: InputFieldBuilder) => ({
  runId: t.id({ required: true, bounds: idBounds, description: 'The run, as its trainer names it.' }),
  modelId: t.id({ bounds: idBounds, description: 'The model that is trained.' }),
});

producerEvent('trainingProgress', {
  description: 'How far a training run has come.',
  inputDescription: 'How far a training run has come. What is left out is unknown.',
  topic: trainingEvents,
  type: 'trainingProgressed',
  fields: (t) => ({
    ...whichRun(t),
    progress: t.float({ required: true, description: 'Percent, 0 to 100.' }),
    stage: t.field({ type: TrainingStageType, required: true, description: 'Where it is.' }),
    currentStage: t.string({ bounds: nameBounds, description: 'The same in words.' }),
    estimatedTimeRemainingSeconds: t.float({ description: 'Seconds, not negative.' }),
    currentEpoch: t.float({ description: 'Whole, not negative.' }),
    totalEpochs: t.float({ description: 'Whole, not negative.' }),
    currentLoss: t.float({ description: 'As the trainer measures it.' }),
    message: t.string({ bounds: textBounds, description: 'For people.' }),
  }),
  draft: (fields) => {
    requirePercent('progress', fields.progress);
    requireNotNegative('estimatedTimeRemainingSeconds', fields.estimatedTimeRemainingSeconds);
    requireWhole('currentEpoch', fields.currentEpoch);
    requireWhole('totalEpochs', fields.totalEpochs);
    return { key: fields.runId, payload: { ...fields, first: false } };
  },
});

producerEvent('trainingCompleted', {
  description: 'A training run ended well.',
  inputDescription: 'A training run ended well. What is left out is unknown.',
  topic: trainingEvents,
  type: 'trainingCompleted',
  fields: (t) => ({
    ...whichRun(t),
    finalAccuracy: t.float({ description: '0 to 1.' }),
    trainingTimeSeconds: t.float({ description: 'Seconds, not negative.' }),
    validationScore: t.float({ description: 'As the trainer measures it.' }),
    modelSizeBytes: t.float({ description: 'Whole bytes, not negative.' }),
    totalEpochs: t.float({ description: 'Whole, not negative.' }),
    message: t.string({ bounds: textBounds, description: 'For people.' }),
  }),
  draft: (payload) => {
    requireRatio('finalAccuracy', payload.finalAccuracy);
    requireNotNegative('trainingTimeSeconds', payload.trainingTimeSeconds);
    requireWhole('modelSizeBytes', payload.modelSizeBytes);
    requireWhole('totalEpochs', payload.totalEpochs);
    return { key: payload.runId, payload };
  },
});

producerEvent('trainingFailed', {
  description: 'A training run ended badly.',
  inputDescription: 'A training run ended badly. What is left out is unknown.',
  topic: trainingEvents,
  type: 'trainingFailed',
  fields: (t) => ({
    ...whichRun(t),
    error: t.string({ required: true, bounds: { chars: [1, textCharsMax] }, description: 'Why.' }),
    errorCode: t.string({ bounds: nameBounds, description: 'The same for programs.' }),
    stageFailed: t.field({ type: TrainingStageType, description: 'Where it was.' }),
    progressWhenFailed: t.float({ description: 'Percent, 0 to 100.' }),
    suggestions: t.stringList({
      bounds: { items: 20, chars: 1_024 },
      description: 'What might help.',
    }),
  }),
  draft: (fields) => {
    requirePercent('progressWhenFailed', fields.progressWhenFailed);
    return { key: fields.runId, payload: { ...fields, suggestions: fields.suggestions ?? [] } };
  },
});
