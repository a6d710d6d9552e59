import { itemOfKey, onlyItem, ruleFields } from '../../graph/rule-fields.ts';
import { pick } from '../../lib/pick.ts';
import { deployedModelsSampled, modelServerChanged, modelStatusChanged, pipelineSampled } from './events.ts';

ruleFields('model', {
  topic: modelStatusChanged,
  everyMs: 15_000,
  items: ({ key, payload }) => [
    { item: payload, about: { subject: key, labels: { serverName: payload.server } } },
  ],
  fields: {
    memoryUsedBytes: ['bytes', 'Memory that the model uses.'],
    inferenceTimeMs: ['ms', 'Mean time of recent inferences.'],
    tokensPerSecond: ['tokens/s', 'Speed at which the model generates.'],
    activeSessionCount: [null, 'Requests in progress.'],
  },
});

ruleFields('modelServer', {
  topic: modelServerChanged,
  everyMs: 15_000,
  items: itemOfKey,
  fields: { responseTimeMs: ['ms', 'Time in which the model server answered the last probe.'] },
});

ruleFields('deployedModel', {
  topic: deployedModelsSampled,
  everyMs: 15_000,
  items: ({ payload }) =>
    payload.models.map((model) => ({
      item: pick(
        model,
        'accuracy',
        'healthScore',
        'predictionCount',
        'predictionsPerMinute',
        'avgResponseTimeMs',
      ),
      about: { subject: model.modelId, labels: { modelId: model.modelId } },
    })),
  fields: {
    accuracy: [null, 'Last reported accuracy of the deployed model, 0 to 1.'],
    healthScore: [null, 'Last reported health of the deployed model, 0 to 1.'],
    predictionCount: [null, 'Predictions of all versions of the deployed model.'],
    predictionsPerMinute: [null, 'Predictions of the deployed model in the last 60 seconds.'],
    avgResponseTimeMs: ['ms', 'Mean response time of the predictions of the deployed model.'],
  },
});

ruleFields('pipeline', {
  topic: pipelineSampled,
  everyMs: 15_000,
  items: onlyItem,
  fields: {
    modelAccuracy: [null, 'Last reported accuracy of the most recently deployed model, 0 to 1.'],
    modelCount: [null, 'Deployed models.'],
    predictionCount: [null, 'Predictions of all deployed models.'],
    predictionsPerMinute: [null, 'Predictions of all deployed models in the last 60 seconds.'],
    activeTrainingRunCount: [null, 'Training runs that have neither completed nor failed.'],
  },
});
