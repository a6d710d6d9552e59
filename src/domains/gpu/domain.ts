import type { Domain } from '../domain.ts';
import './graph.ts';
import { gpuSource } from './source.ts';

/** The NVIDIA GPUs of this machine. */
export function gpuDomain(): Domain {
  return {
    name: 'gpu',
    start: async ({ config, hostId }) => ({
      sources: [
        gpuSource({
          enabled: config.features.ENABLE_GPU_MONITORING,
          hostId,
          intervalMs: Math.min(config.intervals.gpuSampleMs, config.intervals.gpuMetricsMs),
        }),
      ],
    }),
  };
}
