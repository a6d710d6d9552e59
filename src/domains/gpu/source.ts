import type { Source } from '../../sources/source.ts';
import { gpuSampled, type GpuSample } from './events.ts';
import { GpuReader, type GpuReaderOptions, type GpuReading } from './gpu-reader.ts';

export interface GpuSourceOptions extends Pick<GpuReaderOptions, 'command' | 'restartMinMs'> {
  readonly hostId: string;
  /** The usual interval. Readers of GPUs can request a shorter one, readers of hosts cannot. */
  readonly intervalMs: number;
  /** The interval without readers, if it is longer. Default: 30 s. */
  readonly backgroundMs?: number;
}

/** A client that reads samples of the host also reads the first GPU. */
const feeds = [gpuSampled.name, 'host.sampled'];
const timeoutMs = 5_000;
const backgroundMsDefault = 30_000;

/**
 * Samples the NVIDIA GPUs of this machine. A sample does not fail if the GPUs are not available: it contains the
 * reason.
 */
export function gpuSource({
  hostId,
  intervalMs,
  backgroundMs = backgroundMsDefault,
  ...options
}: GpuSourceOptions): Source {
  const reader = new GpuReader({ intervalMs, ...options });
  let previousShape: string | null = null;
  return {
    name: 'gpu',
    lease: `gpu/${hostId}`,
    feeds,
    otherFeedsFastestMs: intervalMs,
    backgroundMs: Math.max(backgroundMs, intervalMs),
    timeoutMs,
    async sample(signal, paceMs) {
      const payload = sampleOf(hostId, await reader.read(signal, paceMs ?? intervalMs));
      const shape = JSON.stringify([payload.reason, payload.gpus.map(({ index, uuid }) => [index, uuid])]);
      const urgent = previousShape !== null && shape !== previousShape;
      previousShape = shape;
      return { gauges: [{ topic: gpuSampled, key: hostId, payload, occurredAt: payload.sampledAt, urgent }] };
    },
    [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
  };
}

function sampleOf(hostId: string, reading: GpuReading): GpuSample {
  if ('reason' in reading) {
    return { hostId, sampledAt: Date.now(), available: false, reason: reading.reason, gpus: [] };
  }
  return { hostId, sampledAt: reading.at, available: true, reason: null, gpus: reading.gpus };
}
