import type { Domain } from '../domain.ts';
import './graph.ts';
import { gpuSampled } from './events.ts';
import { gpuSource } from './source.ts';
import './history.graph.ts';
import './rule-fields.graph.ts';

export interface GpuOptions {
  readonly enabled: boolean;
  /** The usual interval of samples. */
  readonly intervalMs: number;
  /** The interval without readers, for the history. */
  readonly backgroundMs: number;
}

/** The NVIDIA GPUs of this machine. */
export function gpuDomain({ enabled, ...options }: GpuOptions): Domain {
  return {
    name: 'gpu',
    shared: [gpuSampled],
    start: async ({ hostId }) => (enabled ? { sources: [gpuSource({ hostId, ...options })] } : {}),
  };
}
