/**
 * What a machine's own counters say at one moment, in plain units, before rates are taken of them. Null is what this
 * machine does not tell.
 */
export interface Probe {
  cpuTimes(): Promise<CpuTimes | null>;
  read(): Promise<Reading>;
  /** Degrees Celsius. */
  cpuTemperature(): Promise<number | null>;
}

/** Since boot, over all processors, in whatever unit the machine counts. Only ratios are taken. */
export interface CpuTimes {
  readonly busy: number;
  readonly idle: number;
  /** Logical processors in use. */
  readonly cores: number;
}

export interface Reading {
  readonly frequencyMhz: number | null;
  readonly memory: Memory | null;
  /** By name of the device, whole disks only. */
  readonly disks: Disks | null;
  readonly network: Network | null;
}

export interface Memory {
  readonly totalBytes: number;
  readonly availableBytes: number;
  readonly swapTotalBytes: number | null;
  readonly swapFreeBytes: number | null;
}

export type Disks = ReadonlyMap<string, { readonly readBytes: number; readonly writtenBytes: number }>;

/** Since boot. */
export interface Network {
  readonly bytesSent: number | null;
  readonly bytesRecv: number | null;
  readonly packetsSent: number | null;
  readonly packetsRecv: number | null;
  readonly errorsIn: number | null;
  readonly errorsOut: number | null;
}
