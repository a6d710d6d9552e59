import { gaugeHistory, historyLink } from '../history/graph.ts';
import { DeployedModelType } from './deployments.graph.ts';
import { recordedModelsMax } from './events.ts';
import { Model, ModelServer } from './graph.ts';
import './rule-fields.graph.ts';

const modelHistory = gaugeHistory('modelHistory', {
  gauge: 'model',
  type: 'ModelHistoryPoint',
  of: 'a model',
  args: (t) => ({ modelId: t.id({ required: true, description: 'Identifies the model.' }) }),
  subject: ({ modelId }) => modelId,
});

const modelServerHistory = gaugeHistory('modelServerHistory', {
  gauge: 'modelServer',
  type: 'ModelServerHistoryPoint',
  of: 'a model server',
  args: (t) => ({
    serverName: t.string({
      required: true,
      bounds: { chars: 256 },
      description: 'Name of the model server, as configured.',
    }),
  }),
  subject: ({ serverName }) => serverName,
});

const deployedModelHistory = gaugeHistory('deployedModelHistory', {
  gauge: 'deployedModel',
  type: 'DeployedModelHistoryPoint',
  of: `a deployed model, of which the ${recordedModelsMax} that were deployed last are recorded`,
  args: (t) => ({ modelId: t.id({ required: true, description: 'Identifies the deployed model.' }) }),
  subject: ({ modelId }) => modelId,
});

gaugeHistory('pipelineHistory', {
  gauge: 'pipeline',
  type: 'PipelineHistoryPoint',
  of: 'the deployed models and the training runs together',
});

historyLink(Model, modelHistory, ({ modelId }) => modelId);

historyLink(ModelServer, modelServerHistory, ({ server }) => server);

historyLink(DeployedModelType, deployedModelHistory, ({ modelId }) => modelId);
