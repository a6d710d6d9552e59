import { gaugeHistory } from '../history/graph.ts';
import './rule-fields.graph.ts';

gaugeHistory('modelHistory', {
  gauge: 'model',
  type: 'ModelHistoryPoint',
  of: 'a model',
  args: (t) => ({ modelId: t.id({ required: true, description: 'Identifies the model.' }) }),
  subject: ({ modelId }) => modelId,
});

gaugeHistory('modelServerHistory', {
  gauge: 'modelServer',
  type: 'ModelServerHistoryPoint',
  of: 'a model server',
  args: (t) => ({
    server: t.string({
      required: true,
      bounds: { chars: 256 },
      description: 'Name of the model server, as configured.',
    }),
  }),
  subject: ({ server }) => server,
});
