import { latest } from '../../journal/topic.ts';

/** One look at all GPUs of a machine. */
export interface GpuSample {
  readonly hostId: string;
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** Whether monitoring is on and nvidia-smi answers. */
  readonly available: boolean;
  /** Why they are not available; null when they are. */
  readonly reason: string | null;
  /** In the order of their indexes; empty when not available. */
  readonly gpus: readonly Gpu[];
}

/** Null is what the driver does not tell of this GPU. MB = 2^20 bytes; percents are 0 to 100. */
export interface Gpu {
  /** The driver's index. */
  readonly gpuId: number;
  readonly uuid: string | null;
  readonly name: string | null;
  /** Share of the time in which it was busy. */
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
