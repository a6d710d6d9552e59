import type { HostSample } from './events.ts';

/** Reads a machine's own counters, before rates are computed from them. Null: the machine does not provide the value. */
export interface Probe {
  cpuTimes(): Promise<CpuTimes | null>;
  read(): Promise<HostCounters>;
  /** Degrees Celsius. */
  cpuTemperature(): Promise<number | null>;
}

/** Times since boot, summed over all processors, in the unit of the machine: only ratios are used. */
export interface CpuTimes {
  readonly busy: number;
  readonly idle: number;
  /** Logical processors in use. */
  readonly coreCount: number;
}

export interface HostCounters {
  readonly frequencyMhz: number | null;
  readonly memory: Memory | null;
  readonly disks: Disks | null;
  readonly network: HostSample['network'] | null;
}

export interface Memory {
  readonly totalBytes: number;
  readonly availableBytes: number;
  readonly swapTotalBytes: number | null;
  readonly swapFreeBytes: number | null;
}

/** Bytes since boot by device name; whole disks only. */
export type Disks = ReadonlyMap<string, { readonly readBytes: number; readonly writtenBytes: number }>;
