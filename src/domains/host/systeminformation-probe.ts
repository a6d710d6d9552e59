import { cpus } from 'node:os';
import type { Systeminformation } from 'systeminformation';
import type { CpuTimes, Disks, HostCounters, Memory, Probe } from './probe.ts';

/**
 * Reads systems other than Linux with the package `systeminformation`. It starts processes, about 20 ms of work per
 * sample, so it is loaded only there.
 */
export function systeminformationProbe(): Probe {
  const library = () => import('systeminformation');
  return {
    cpuTimes: async () => cpuTimes(),
    async read() {
      const { cpuCurrentSpeed, mem, fsStats, networkStats } = await library();
      const [speed, memory, disks, network] = await Promise.all([
        orNull(cpuCurrentSpeed()),
        orNull(mem()),
        orNull(fsStats()),
        orNull(networkStats('*')),
      ]);
      return {
        frequencyMhz: speed !== null && speed.avg > 0 ? speed.avg * 1_000 : null,
        memory: memory === null ? null : memoryOf(memory),
        disks: disks === null ? null : disksOf(disks),
        network: network === null ? null : networkOf(network),
      };
    },
    async cpuTemperature() {
      const { cpuTemperature } = await library();
      const { main } = await cpuTemperature();
      return amount(main) !== null && main > 0 ? main : null;
    },
  };
}

function cpuTimes(): CpuTimes | null {
  const processors = cpus();
  if (processors.length === 0) return null;
  let busy = 0;
  let idle = 0;
  for (const { times } of processors) {
    busy += times.user + times.nice + times.sys + times.irq;
    idle += times.idle;
  }
  return { busy, idle, coreCount: processors.length };
}

function memoryOf(memory: Systeminformation.MemData): Memory | null {
  const totalBytes = amount(memory.total);
  const availableBytes = amount(memory.available);
  if (totalBytes === null || totalBytes === 0 || availableBytes === null) return null;
  return {
    totalBytes,
    availableBytes: Math.min(availableBytes, totalBytes),
    swapTotalBytes: amount(memory.swaptotal),
    swapFreeBytes: amount(memory.swapfree),
  };
}

/** The library provides only the sum over all disks. */
function disksOf({ rx, wx }: Systeminformation.FsStatsData): Disks | null {
  const readBytes = amount(rx);
  const writtenBytes = amount(wx);
  return readBytes === null || writtenBytes === null ? null : new Map([['all', { readBytes, writtenBytes }]]);
}

/** The library does not count packets. */
function networkOf(interfaces: readonly Systeminformation.NetworkStatsData[]): HostCounters['network'] {
  if (interfaces.length === 0) return null;
  const sum = (field: 'rx_bytes' | 'tx_bytes' | 'rx_errors' | 'tx_errors'): number | null =>
    interfaces.reduce<number | null>((total, one) => {
      const value = amount(one[field]);
      return total === null || value === null ? null : total + value;
    }, 0);
  return {
    sentBytes: sum('tx_bytes'),
    receivedBytes: sum('rx_bytes'),
    sentPacketCount: null,
    receivedPacketCount: null,
    receiveErrorCount: sum('rx_errors'),
    sendErrorCount: sum('tx_errors'),
  };
}

/** The library returns null, NaN and negative values where its types promise a number. */
function amount(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

async function orNull<Value>(work: Promise<Value>): Promise<Value | null> {
  return work.then(
    (value) => value ?? null,
    () => null,
  );
}
