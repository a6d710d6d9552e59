import type { GpuSample } from '../domains/gpu/events.ts';
import { gpuSource } from '../domains/gpu/source.ts';
import type { HostInfo, HostSample } from '../domains/host/events.ts';
import { readHostInfo } from '../domains/host/host-info.ts';
import { hostSource } from '../domains/host/source.ts';
import type { Source } from '../sources/source.ts';
import { withTimeLimit } from '../lib/with-time-limit.ts';

export interface SamplerOptions {
  readonly hostId: string;
  readonly intervalMs: number;
  readonly diskPath: string;
  readonly gpus: boolean;
  readonly temperature: boolean;
}

/** Samples this machine with the sources of the server, for the member `host` of `publish`. */
export class HostSampler implements AsyncDisposable {
  readonly #options: SamplerOptions;
  readonly #info: HostInfo;
  readonly #host: Source;
  readonly #gpu: Source | null;

  private constructor(options: SamplerOptions, info: HostInfo) {
    const { hostId, intervalMs, diskPath, temperature, gpus } = options;
    this.#options = options;
    this.#info = info;
    this.#host = hostSource({ hostId, diskPath, temperature, backgroundMs: intervalMs });
    this.#gpu = gpus ? gpuSource({ hostId, intervalMs }) : null;
  }

  static async open(options: SamplerOptions): Promise<HostSampler> {
    return new HostSampler(options, await readHostInfo(options.hostId));
  }

  /** @returns the report as JSON. @throws Error when the host cannot be sampled */
  async sample(signal: AbortSignal): Promise<string> {
    const [sample, gpu] = await Promise.all([
      valueOf<HostSample>(this.#host, signal),
      this.#gpu === null ? null : valueOf<GpuSample>(this.#gpu, signal, this.#options.intervalMs),
    ]);
    const { sampledAt, ...values } = sample;
    const { hostId: _, bootedAt, ...info } = this.#info;
    return JSON.stringify({
      sampledAt: new Date(sampledAt),
      intervalMs: this.#options.intervalMs,
      info: { ...info, bootedAt: bootedAt === null ? null : new Date(bootedAt) },
      ...values,
      ...(gpu === null ? {} : { gpus: gpu.gpus, gpusReason: gpu.reason }),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#host[Symbol.asyncDispose]?.();
    await this.#gpu?.[Symbol.asyncDispose]?.();
  }
}

async function valueOf<Payload>(
  source: Source,
  signal: AbortSignal,
  paceMs: number | null = null,
): Promise<Payload> {
  const { gauges } = await withTimeLimit(source.timeoutMs, signal, (limited) =>
    source.sample(limited, paceMs),
  );
  const [gauge] = gauges;
  if (gauge === undefined) throw new Error(`the source ${source.name} has no value`);
  return gauge.payload as Payload;
}
