import { latest } from '../../journal/topic.ts';

/** A sample of all GPUs of a host; the schema describes its fields. */
export interface GpuSample {
  readonly hostId: string;
  /** Unix milliseconds. */
  readonly sampledAt: number;
  readonly available: boolean;
  readonly reason: string | null;
  readonly gpus: readonly Gpu[];
}

/** Null: the driver does not report the value for this GPU. */
export interface Gpu {
  readonly index: number;
  readonly uuid: string | null;
  readonly name: string | null;
  readonly busyPercent: number | null;
  readonly memoryUsedBytes: number | null;
  readonly memoryTotalBytes: number | null;
  readonly temperatureC: number | null;
  readonly powerW: number | null;
  readonly clockMhz: number | null;
  readonly fanPercent: number | null;
}

/** Keyed by host id. */
export const gpuSampled = latest<GpuSample>('gpu.sampled');
