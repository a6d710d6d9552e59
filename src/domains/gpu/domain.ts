import type { Domain } from '../domain.ts';
import './graph.ts';
import { gpuSource } from './source.ts';

export interface GpuOptions {
  readonly enabled: boolean;
  readonly intervalMs: number;
}

/** The NVIDIA GPUs of this machine. */
export function gpuDomain({ enabled, intervalMs }: GpuOptions): Domain {
  return {
    name: 'gpu',
    start: async ({ hostId }) => ({
      sources: [
        gpuSource({
          enabled,
          hostId,
          intervalMs,
        }),
      ],
    }),
  };
}
