import { ruleFields } from '../../graph/rule-fields.ts';
import { gpuSampled } from './events.ts';

ruleFields('gpu', {
  topic: gpuSampled,
  everyMs: 5_000,
  items: ({ key, payload }) =>
    payload.gpus.map((item) => ({
      item,
      about: { subject: `${key}/gpu${item.index}`, labels: { hostId: key, gpuIndex: String(item.index) } },
    })),
  fields: {
    busyPercent: ['percent', 'Share of time in which the GPU was busy.'],
    memoryUsedBytes: ['bytes', 'Memory of the GPU in use.'],
    temperatureC: ['°C', 'Temperature of the GPU.'],
    powerW: ['W', 'Power that the GPU draws.'],
    clockMhz: ['MHz', 'Frequency of the graphics clock.'],
    fanPercent: ['percent', 'Speed of the fan, of its maximum.'],
  },
});
