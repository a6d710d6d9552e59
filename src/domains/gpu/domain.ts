import type { Domain } from '../domain.ts';
import './graph.ts';
import { gpuSource } from './source.ts';
import './rule-fields.graph.ts';

export interface GpuOptions {
  readonly enabled: boolean;
  /** The usual interval of samples. */
  readonly intervalMs: number;
}

/** The NVIDIA GPUs of this machine. */
export function gpuDomain({ enabled, intervalMs }: GpuOptions): Domain {
  return {
    name: 'gpu',
    start: async ({ hostId }) => (enabled ? { sources: [gpuSource({ hostId, intervalMs })] } : {}),
  };
}
