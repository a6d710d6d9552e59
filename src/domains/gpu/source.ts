import type { Source } from '../../sources/source.ts';
import { gpuSampled, type GpuSample } from './events.ts';
import { GpuStream, type Reading } from './stream.ts';

export interface GpuSourceOptions {
  /** Whether GPUs are monitored at all. */
  readonly enabled: boolean;
  readonly hostId: string;
  /** The usual interval. A reader of GPUs may ask for a shorter one; one of hosts may not. */
  readonly intervalMs: number;
  /** Default: `nvidia-smi`, as PATH finds it when it is started. */
  readonly command?: string;
  /** It is stopped when nobody has asked for so long. Default: a minute. */
  readonly idleMs?: number;
  /** How long it goes on at a short interval that nobody needs any more. Default: 30 s. */
  readonly slowDownAfterMs?: number;
  /** The shortest pause before it is started again. Default: a second. */
  readonly restartMinMs?: number;
}

/** Who watches a host wants its GPUs too. */
const FEEDS = [gpuSampled.name, 'host.sampled'];
const TIMEOUT_MS = 5000;
/** Less than the timeout, so that a slow start is said and not thrown. */
const ANSWER_MS = 3000;
const SILENT_EXTRA_MS = 5000;
const BACKGROUND_MS = 30_000;

/** The NVIDIA GPUs of this machine. A sample never fails for want of them: it says why they are not available. */
export function gpuSource(options: GpuSourceOptions): Source {
  return options.enabled ? streaming(options) : disabled(options);
}

function streaming(options: GpuSourceOptions): Source {
  const {
    hostId,
    intervalMs,
    command = 'nvidia-smi',
    idleMs = 60_000,
    slowDownAfterMs = 30_000,
    restartMinMs = 1000,
  } = options;
  const stream = new GpuStream({
    command,
    intervalMs,
    idleMs,
    slowDownAfterMs,
    restartMinMs,
    answerMs: ANSWER_MS,
    silentExtraMs: SILENT_EXTRA_MS,
  });
  let before: string | null = null;
  return {
    name: 'gpu',
    feeds: FEEDS,
    otherFeedsFastestMs: intervalMs,
    backgroundMs: Math.max(BACKGROUND_MS, intervalMs),
    timeoutMs: TIMEOUT_MS,
    async sample(signal, paceMs) {
      const sample = sampleOf(hostId, await stream.read(signal, paceMs ?? intervalMs));
      const shape = JSON.stringify([sample.reason, sample.gpus.map(({ gpuId, uuid }) => [gpuId, uuid])]);
      const urgent = before !== null && shape !== before;
      before = shape;
      return { gauges: [gaugeOf(sample, urgent)] };
    },
    [Symbol.asyncDispose]: () => stream[Symbol.asyncDispose](),
  };
}

/** Says once that it is off; nothing about that can change. */
function disabled({ hostId, intervalMs }: GpuSourceOptions): Source {
  let said = false;
  return {
    name: 'gpu',
    feeds: FEEDS,
    fastestMs: Math.max(BACKGROUND_MS, intervalMs),
    backgroundMs: null,
    timeoutMs: TIMEOUT_MS,
    async sample() {
      if (said) return { gauges: [] };
      said = true;
      return { gauges: [gaugeOf(sampleOf(hostId, { reason: 'GPU monitoring is off' }), false)] };
    },
  };
}

function sampleOf(hostId: string, reading: Reading): GpuSample {
  if ('reason' in reading) {
    return { hostId, sampledAt: Date.now(), available: false, reason: reading.reason, gpus: [] };
  }
  return { hostId, sampledAt: reading.at, available: true, reason: null, gpus: reading.gpus };
}

function gaugeOf(sample: GpuSample, urgent: boolean) {
  return { topic: gpuSampled, key: sample.hostId, payload: sample, occurredAt: sample.sampledAt, urgent };
}
