import { producerEvent, type InputFieldBuilder } from '../../graph/producer-event.ts';
import {
  requireNotNegative,
  requirePercent,
  requireRatio,
  requireWhole,
} from '../../graph/reported-values.ts';
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
    progress: t.float({ required: true, description: 'Progress in percent, 0 to 100.' }),
    stage: t.field({ type: TrainingStageType, required: true, description: 'The current stage.' }),
    currentStage: t.string({
      bounds: nameBounds,
      description: 'Display name of the stage. Default: the name of `stage`.',
    }),
    estimatedTimeRemainingSeconds: t.float({ description: 'Estimated seconds to completion, not negative.' }),
    currentEpoch: t.float({ description: 'Number of the current epoch, an integer, not negative.' }),
    totalEpochs: t.float({ description: 'Epochs of the whole run, an integer, not negative.' }),
    currentLoss: t.float({ description: 'Current value of the loss function.' }),
    message: t.string({ bounds: textBounds, description: 'Message for people.' }),
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
  description: 'The successful completion of a training run.',
  topic: trainingEvents,
  fields: (t) => ({
    ...runFields(t),
    finalAccuracy: t.float({ description: 'Accuracy of the trained model, 0 to 1.' }),
    trainingTimeSeconds: t.float({ description: 'Training time in seconds, not negative.' }),
    validationScore: t.float({ description: "Validation score, on the producer's scale." }),
    modelSizeBytes: t.float({ description: 'Size of the trained model in bytes, an integer, not negative.' }),
    totalEpochs: t.float({ description: 'Epochs of the whole run, an integer, not negative.' }),
    message: t.string({ bounds: textBounds, description: 'Message for people.' }),
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
    progressWhenFailed: t.float({ description: 'Progress when the run failed, 0 to 100 percent.' }),
    suggestions: t.stringList({
      bounds: { items: 20, chars: 1_024 },
      description: 'Suggested fixes for the failure.',
    }),
  }),
  draft: (fields) => {
    requirePercent('progressWhenFailed', fields.progressWhenFailed);
    return { key: fields.runId, payload: { ...fields, suggestions: fields.suggestions ?? [] } };
  },
});
