import { every, latest } from '../../journal/topic.ts';
import type { GpuSample } from '../gpu/events.ts';

/**
 * A sample of a host; the schema describes its fields. Null: the value cannot be read. Percentages have at most 2
 * decimals; sizes are whole bytes.
 */
export interface HostSample {
  readonly hostId: string;
  /** Unix milliseconds. */
  readonly sampledAt: number;
  readonly cpu: {
    readonly usedPercent: number | null;
    readonly coreCount: number;
    readonly frequencyMhz: number | null;
    readonly loadAverage1m: number | null;
    readonly loadAverage5m: number | null;
    readonly loadAverage15m: number | null;
  };
  /** used + available = total, exactly. */
  readonly memory: {
    readonly usedPercent: number | null;
    readonly usedBytes: number | null;
    readonly totalBytes: number | null;
    readonly availableBytes: number | null;
    readonly swapUsedBytes: number | null;
    readonly swapTotalBytes: number | null;
  };
  readonly disk: {
    readonly path: string;
    readonly usedPercent: number | null;
    readonly usedBytes: number | null;
    readonly totalBytes: number | null;
    readonly readBytesPerSecond: number | null;
    readonly writeBytesPerSecond: number | null;
  };
  readonly network: {
    readonly sentBytes: number | null;
    readonly receivedBytes: number | null;
    readonly sentPacketCount: number | null;
    readonly receivedPacketCount: number | null;
    readonly receiveErrorCount: number | null;
    readonly sendErrorCount: number | null;
  };
  readonly temperature: { readonly cpuC: number | null };
  readonly uptimeMs: number | null;
}

/** Properties of a host that do not change while the server runs. */
export interface HostInfo {
  readonly hostId: string;
  readonly hostname: string;
  readonly platform: string;
  readonly os: string | null;
  readonly kernel: string | null;
  readonly arch: string;
  readonly cpuModel: string | null;
  readonly coreCount: number;
  readonly memoryTotalBytes: number | null;
  /** Unix milliseconds, rounded to seconds. */
  readonly bootedAt: number | null;
}

/** OFFLINE: a host agent has become silent. */
export type HostHealth = 'HEALTHY' | 'WARNING' | 'CRITICAL' | 'OFFLINE';

/** A change of a host's health, with the values of the sample that caused it; null if no sample did. */
export interface HostHealthChange {
  readonly hostId: string;
  readonly health: HostHealth;
  readonly previousHealth: HostHealth;
  readonly reason: string;
  readonly recommendedAction: string;
  readonly cpuPercent: number | null;
  readonly memoryPercent: number | null;
  readonly diskPercent: number | null;
}

/** Events of the type `hostHealthChanged`, keyed by host id. */
export const hostEvents = every<HostHealthChange>('host.events');

/** Keyed by host id. */
export const hostSampled = latest<HostSample>('host.sampled');

/** Keyed by host id; of this host put once, at the start. */
export const hostDescribed = latest<HostInfo>('host.described');

/** The last report of a host agent on another host. */
export interface HostReport {
  readonly hostId: string;
  readonly info: HostInfo;
  readonly sample: HostSample;
  /** Null: the host agent monitors no GPUs. */
  readonly gpu: GpuSample | null;
  /** Planned time to the next sample, milliseconds. */
  readonly intervalMs: number;
  /** The subject of the credential. */
  readonly reportedBy: string;
  /** When this server received it, Unix milliseconds. */
  readonly receivedAt: number;
}

/** Whether a reported host is offline, as its last event says. */
export interface HostPresence {
  readonly hostId: string;
  readonly offline: boolean;
  /** When the newest sample was received, Unix milliseconds. */
  readonly receivedAt: number;
}

/** Keyed by host id; of reported hosts only. */
export const hostPresence = latest<HostPresence>('host.presence');

/** Keyed by host id. The parts of a report are values of `hostSampled`, `hostDescribed` and `gpuSampled`, too. */
export const hostReported = latest<HostReport>('host.reported');
