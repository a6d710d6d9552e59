import { latest } from '../../journal/topic.ts';

/** A sample of all GPUs of a host. */
export interface GpuSample {
  readonly hostId: string;
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** Whether nvidia-smi responds. */
  readonly available: boolean;
  /** Why the GPUs are not available; null if they are. */
  readonly reason: string | null;
  /** In the order of their indexes; empty if not available. */
  readonly gpus: readonly Gpu[];
}

/** Null: the driver does not report the value for this GPU. MB are 2^20 bytes; percentages are 0 to 100. */
export interface Gpu {
  /** The index in the driver. */
  readonly gpuId: number;
  readonly uuid: string | null;
  readonly name: string | null;
  /** The share of time in which the GPU was busy. */
  readonly percent: number | null;
  readonly memoryUsedMb: number | null;
  readonly memoryTotalMb: number | null;
  readonly temperatureC: number | null;
  readonly powerW: number | null;
  readonly clockMhz: number | null;
  readonly fanPercent: number | null;
}

/** Keyed by host id. */
export const gpuSampled = latest<GpuSample>('gpu.sampled');
