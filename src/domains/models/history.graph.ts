import { gaugeHistory, historyLink } from '../history/graph.ts';
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

historyLink(Model, modelHistory, ({ modelId }) => modelId);

historyLink(ModelServer, modelServerHistory, ({ server }) => server);
