import { gaugeHistory, historyLink } from '../history/graph.ts';
import { Gpu, hostIdArgument } from './graph.ts';
import './rule-fields.graph.ts';

const gpuHistory = gaugeHistory('gpuHistory', {
  gauge: 'gpu',
  type: 'GpuHistoryPoint',
  of: 'a GPU',
  args: (t) => ({
    ...hostIdArgument(t),
    gpuId: t.int({ required: true, description: 'Index of the GPU on its host, from 0.' }),
  }),
  subject: ({ hostId, gpuId }, { serverInfo }) => `${hostId ?? serverInfo.hostId}/gpu${gpuId}`,
});

historyLink(Gpu, gpuHistory, ({ hostId, gpu }) => `${hostId}/gpu${gpu.gpuId}`);
