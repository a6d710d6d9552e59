import { builder } from '../../graph/builder.ts';
import { connectionLink, nodeLink } from '../../graph/links.ts';
import { listSize } from '../../graph/list-size.ts';
import { trainingEvent, TrainingRun, trainingRuns } from '../training/graph.ts';
import { DeployedModelType } from './deployments.graph.ts';
import { currentModels, Model, ModelServer } from './graph.ts';

nodeLink(TrainingRun, 'model', {
  to: DeployedModelType,
  description:
    'The deployed model with the id `modelId`. Null if the run has none, or if no such model is deployed.',
  key: ({ modelId }) => modelId,
});

nodeLink(trainingEvent.type, 'trainedModel', {
  to: DeployedModelType,
  description:
    'The deployed model with the id `trainedModelId`. Null if the event has none, or if no such model is deployed.',
  key: ({ payload }) => payload.modelId,
});

connectionLink(DeployedModelType, 'trainingRuns', trainingRuns, {
  description: 'The training runs of the model, the most recently started first.',
  of: ({ modelId }) => ({ modelId }),
});

nodeLink(Model, 'server', {
  to: ModelServer,
  description: 'The model server. Null if no configured server has the model.',
  key: ({ server }) => (server === '' ? null : server),
});

builder.objectField(ModelServer, 'models', (t) =>
  t.field({
    type: [Model],
    requires: 'read',
    extensions: { ...listSize(100), link: 'models' },
    description: 'The models that the server has, ordered by id.',
    resolve: async ({ server }, _args, context) =>
      (await currentModels(context)).filter((model) => model.server === server),
  }),
);
