import { itemOfKey, ruleFields } from '../../graph/rule-fields.ts';
import { modelServerChanged, modelStatusChanged } from './events.ts';

ruleFields('model', {
  topic: modelStatusChanged,
  everyMs: 15_000,
  items: ({ key, payload }) => [
    { item: payload, about: { subject: key, labels: { server: payload.server } } },
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
