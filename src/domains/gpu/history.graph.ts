import { gaugeHistory, historyLink } from '../history/graph.ts';
import { Gpu, hostIdArgument } from './graph.ts';
import './rule-fields.graph.ts';

const gpuHistory = gaugeHistory('gpuHistory', {
  gauge: 'gpu',
  type: 'GpuHistoryPoint',
  of: 'a GPU',
  args: (t) => ({
    ...hostIdArgument(t),
    index: t.int({ required: true, description: 'Index of the GPU on its host, from 0.' }),
  }),
  subject: ({ hostId, index }, { serverInfo }) => `${hostId ?? serverInfo.hostId}/gpu${index}`,
});

historyLink(Gpu, gpuHistory, ({ hostId, gpu }) => `${hostId}/gpu${gpu.index}`);
