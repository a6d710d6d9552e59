import { every, latest } from '../../journal/topic.ts';

/**
 * A sample of a host. Null: the value cannot be read. Percentages are 0 to 100 with at most 2 decimals; sizes have at
 * most 4 decimals. MB are 2^20 bytes, GB are 2^30 bytes.
 */
export interface HostSample {
  readonly hostId: string;
  /** Unix milliseconds. */
  readonly sampledAt: number;
  readonly cpu: {
    /** Busy time of all processors since the previous sample; waiting for a disk counts as idle. */
    readonly percent: number | null;
    /** Logical processors. */
    readonly cores: number;
    /** Current mean of the processors. */
    readonly frequencyMhz: number | null;
    readonly loadAverage1m: number | null;
    readonly loadAverage5m: number | null;
    readonly loadAverage15m: number | null;
  };
  /** used + available = total, exactly. */
  readonly memory: {
    readonly percent: number | null;
    readonly usedMb: number | null;
    readonly totalMb: number | null;
    /** Memory that programs can allocate without swapping; more than the free memory. */
    readonly availableMb: number | null;
    readonly swapUsedMb: number | null;
    readonly swapTotalMb: number | null;
  };
  readonly disk: {
    /** The file system that contains this path is measured. */
    readonly path: string;
    /** used / (used + available to users), as in `df`. */
    readonly percent: number | null;
    readonly usedGb: number | null;
    readonly totalGb: number | null;
    /** Since the previous sample, over all whole disks; null in the first sample. */
    readonly readSpeedMbs: number | null;
    readonly writeSpeedMbs: number | null;
  };
  /** Counters since boot, over all interfaces. */
  readonly network: {
    readonly bytesSent: number | null;
    readonly bytesRecv: number | null;
    readonly packetsSent: number | null;
    readonly packetsRecv: number | null;
    readonly errorsIn: number | null;
    readonly errorsOut: number | null;
  };
  readonly temperature: {
    /** Also null while temperatures are not monitored. */
    readonly cpuC: number | null;
  };
  readonly uptimeSeconds: number | null;
}

/** Properties of a host that do not change while the server runs. */
export interface HostInfo {
  readonly hostId: string;
  readonly hostname: string;
  /** As in Node.js: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /** As in `Debian GNU/Linux 13 (trixie)`. */
  readonly os: string;
  readonly kernel: string;
  /** `x64`, `arm64`. */
  readonly arch: string;
  readonly cpuModel: string | null;
  /** Logical processors. */
  readonly cores: number;
  readonly memoryTotalMb: number;
  /** Unix milliseconds, rounded to seconds. */
  readonly bootedAt: number | null;
}

/** WARNING and CRITICAL: a resource is nearly exhausted. Unknown values count as low usage. */
export type HostHealth = 'HEALTHY' | 'WARNING' | 'CRITICAL';

/** A change of a host's health. Percentages are those of the sample that caused it; null if unknown. */
export interface HostHealthChange {
  readonly hostId: string;
  readonly health: HostHealth;
  readonly previousHealth: HostHealth;
  /** For people; names the resources. */
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

/** Keyed by host id; put once, at the start. */
export const hostDescribed = latest<HostInfo>('host.described');
