import { producerEvent, type InputFieldBuilder } from '../../graph/producer-event.ts';
import {
  requireNotNegative,
  requirePercent,
  requireRatio,
  requireWhole,
} from '../../graph/reported-values.ts';
import { secondsOf } from '../../lib/seconds.ts';
import { trainingEvents } from './events.ts';
import { TrainingStageType } from './graph.ts';

const idBounds = { chars: [1, 256] } as const;
const nameBounds = { chars: 256 } as const;
const textBounds = { chars: 4_096 } as const;

const runFields = (t: InputFieldBuilder) => ({
  runId: t.id({
    required: true,
    bounds: idBounds,
    description: 'Identifier of the run, chosen by the producer.',
  }),
  modelId: t.id({ bounds: idBounds, description: 'Identifier of the model that is trained.' }),
});

producerEvent('trainingProgress', {
  description: 'Progress of a training run.',
  inputDescription:
    'Progress of a training run. The first report of a run starts it. `modelId`, the epochs and the loss keep their last ' +
    'reported value when they are omitted; other omitted fields become null.',
  topic: trainingEvents,
  type: 'trainingProgressed',
  fields: (t) => ({
    ...runFields(t),
    progressPercent: t.float({ required: true, description: 'Progress of the run, 0 to 100.' }),
    stage: t.field({ type: TrainingStageType, required: true, description: 'The current stage.' }),
    stageName: t.string({
      bounds: nameBounds,
      description: 'Display name of the stage. Default: the name of `stage`.',
    }),
    estimatedTimeRemainingMs: t.float({
      description: 'Estimated milliseconds to completion, not negative.',
    }),
    currentEpoch: t.field({ type: 'SafeInt', description: 'Number of the current epoch, not negative.' }),
    epochCount: t.field({ type: 'SafeInt', description: 'Epochs of the whole run, not negative.' }),
    currentLoss: t.float({ description: 'Current value of the loss function.' }),
    statusMessage: t.string({ bounds: textBounds, description: 'Message for people.' }),
  }),
  draft: ({ progressPercent: progress, estimatedTimeRemainingMs, stageName, statusMessage, ...fields }) => {
    requirePercent('progressPercent', progress);
    requireNotNegative('estimatedTimeRemainingMs', estimatedTimeRemainingMs);
    requireWhole('currentEpoch', fields.currentEpoch);
    requireWhole('epochCount', fields.epochCount);
    const estimatedTimeRemainingSeconds = secondsOf(estimatedTimeRemainingMs);
    return {
      key: fields.runId,
      payload: {
        ...fields,
        progress,
        currentStage: stageName,
        estimatedTimeRemainingSeconds,
        message: statusMessage,
        first: false,
      },
    };
  },
});

producerEvent('trainingCompleted', {
  description: 'The successful completion of a training run.',
  topic: trainingEvents,
  fields: (t) => ({
    ...runFields(t),
    finalAccuracy: t.float({ description: 'Accuracy of the trained model, 0 to 1.' }),
    trainingTimeMs: t.float({ description: 'Training time in milliseconds, not negative.' }),
    validationScore: t.float({ description: "Validation score, on the producer's scale." }),
    modelSizeBytes: t.field({
      type: 'SafeInt',
      description: 'Size of the trained model in bytes, not negative.',
    }),
    epochCount: t.field({ type: 'SafeInt', description: 'Epochs of the whole run, not negative.' }),
    statusMessage: t.string({ bounds: textBounds, description: 'Message for people.' }),
  }),
  draft: ({ trainingTimeMs, statusMessage: message, ...fields }) => {
    const payload = { ...fields, message, trainingTimeSeconds: secondsOf(trainingTimeMs) };
    requireRatio('finalAccuracy', payload.finalAccuracy);
    requireNotNegative('trainingTimeMs', trainingTimeMs);
    requireWhole('modelSizeBytes', payload.modelSizeBytes);
    requireWhole('epochCount', payload.epochCount);
    return { key: payload.runId, payload };
  },
});

producerEvent('trainingFailed', {
  description: 'The failure of a training run.',
  topic: trainingEvents,
  fields: (t) => ({
    ...runFields(t),
    error: t.string({
      required: true,
      bounds: { chars: [1, 4_096] },
      description: 'Why the run failed.',
    }),
    errorCode: t.string({ bounds: nameBounds, description: 'Error code defined by the producer.' }),
    stageFailed: t.field({ type: TrainingStageType, description: 'The stage in which the run failed.' }),
    failedAtPercent: t.float({ description: 'Progress when the run failed, 0 to 100.' }),
    suggestions: t.stringList({
      bounds: { items: 20, chars: 1_024 },
      description: 'Suggested fixes for the failure.',
    }),
  }),
  draft: ({ failedAtPercent: progressWhenFailed, ...fields }) => {
    requirePercent('failedAtPercent', progressWhenFailed);
    return {
      key: fields.runId,
      payload: { ...fields, progressWhenFailed, suggestions: fields.suggestions ?? [] },
    };
  },
});
