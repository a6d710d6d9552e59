import { every, latest } from '../../journal/topic.ts';

/**
 * One look at a machine. Null is what could not be known; percents have at most 2 decimals, sizes at most 4;
 * MB = 2^20 and GB = 2^30 bytes.
 */
export interface HostSample {
  readonly hostId: string;
  /** Unix milliseconds. */
  readonly sampledAt: number;
  readonly cpu: {
    /** Time not idle (nor waiting for a disk) since the sample before, over all processors. */
    readonly percent: number | null;
    /** Logical processors. */
    readonly cores: number;
    /** Mean of the processors, now. */
    readonly frequencyMhz: number | null;
    readonly loadAverage1m: number | null;
    readonly loadAverage5m: number | null;
    readonly loadAverage15m: number | null;
  };
  /** used + available = total, to the last digit. */
  readonly memory: {
    readonly percent: number | null;
    readonly usedMb: number | null;
    readonly totalMb: number | null;
    /** What programs could get without swapping: more than what is free. */
    readonly availableMb: number | null;
    readonly swapUsedMb: number | null;
    readonly swapTotalMb: number | null;
  };
  readonly disk: {
    /** The file system that holds this path is the one measured. */
    readonly path: string;
    /** used / (used + available to users), as `df`. */
    readonly percent: number | null;
    readonly usedGb: number | null;
    readonly totalGb: number | null;
    /** Since the sample before, over all whole disks; null in the first sample. */
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
    /** Null too when temperatures are not monitored. */
    readonly cpuC: number | null;
  };
  readonly uptimeSeconds: number | null;
}

/** What a machine is, as against how it does. */
export interface HostInfo {
  readonly hostId: string;
  readonly hostname: string;
  /** Node's name of it: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /** `Debian GNU/Linux 13 (trixie)`. */
  readonly os: string;
  readonly kernel: string;
  /** `x64`, `arm64`. */
  readonly arch: string;
  readonly cpuModel: string | null;
  /** Logical processors. */
  readonly cores: number;
  readonly memoryTotalMb: number;
  /** Unix milliseconds, to the second. */
  readonly bootedAt: number | null;
}

/** WARNING and CRITICAL: a resource is nearly used up. What cannot be known counts as if it were not. */
export type HostHealth = 'HEALTHY' | 'WARNING' | 'CRITICAL';

/** A host's health became another one. Percents are those of the sample that showed it, null what it did not know. */
export interface HostHealthChange {
  readonly hostId: string;
  readonly health: HostHealth;
  readonly previousHealth: HostHealth;
  /** In words, naming the resource. */
  readonly reason: string;
  readonly recommendedAction: string;
  readonly cpuPercent: number | null;
  readonly memoryPercent: number | null;
  readonly diskPercent: number | null;
}

/** The type is `hostHealthChanged`, the key the host id. */
export const hostEvents = every<HostHealthChange>('host.events');

/** Keyed by host id. */
export const hostSampled = latest<HostSample>('host.sampled');

/** Keyed by host id; put once, at start. */
export const hostSeen = latest<HostInfo>('host.seen');
