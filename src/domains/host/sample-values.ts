import { round } from '../../lib/round.ts';
import type { HostSample } from './events.ts';
import type { FileSystemBlocks } from './file-system.ts';
import type { CpuTimes, Disks, Memory } from './probe.ts';

/** Computes the rates, percentages and sizes of a sample from counters, rounded as `HostSample` promises. */

const percentDecimals = 2;

/** Null if no time has passed. A counter that decreases, as the one of disk waits can, counts as unchanged. */
export function cpuPercent(before: CpuTimes, after: CpuTimes): number | null {
  const busy = Math.max(0, after.busy - before.busy);
  const idle = Math.max(0, after.idle - before.idle);
  return busy + idle === 0 ? null : round((100 * busy) / (busy + idle), percentDecimals);
}

export function memoryUsage(memory: Memory | null): HostSample['memory'] {
  if (memory === null) {
    return {
      usedPercent: null,
      usedBytes: null,
      totalBytes: null,
      availableBytes: null,
      swapUsedBytes: null,
      swapTotalBytes: null,
    };
  }
  const { totalBytes, availableBytes, swapTotalBytes, swapFreeBytes } = memory;
  const isSwapKnown = swapTotalBytes !== null && swapFreeBytes !== null;
  return {
    usedPercent: round((100 * (totalBytes - availableBytes)) / totalBytes, percentDecimals),
    usedBytes: totalBytes - availableBytes,
    totalBytes,
    availableBytes,
    swapUsedBytes: isSwapKnown ? Math.max(0, swapTotalBytes - swapFreeBytes) : null,
    swapTotalBytes,
  };
}

export function diskUsage(
  fileSystem: FileSystemBlocks | null,
): Pick<HostSample['disk'], 'usedPercent' | 'usedBytes' | 'totalBytes'> {
  if (fileSystem === null || fileSystem.blocks === 0)
    return { usedPercent: null, usedBytes: null, totalBytes: null };
  const used = fileSystem.blocks - fileSystem.bfree;
  const usable = used + fileSystem.bavail;
  const bytes = (count: number): number | null =>
    fileSystem.fragmentBytes === null ? null : count * fileSystem.fragmentBytes;
  return {
    usedPercent: usable === 0 ? null : round((100 * used) / usable, percentDecimals),
    usedBytes: bytes(used),
    totalBytes: bytes(fileSystem.blocks),
  };
}

/** The speeds of all disks together that are present in both readings. */
export function diskSpeeds(
  before: Disks | null,
  after: Disks | null,
  elapsedMs: number,
): Pick<HostSample['disk'], 'readBytesPerSecond' | 'writeBytesPerSecond'> {
  if (before === null || after === null || elapsedMs <= 0)
    return { readBytesPerSecond: null, writeBytesPerSecond: null };
  let readBytes = 0;
  let writtenBytes = 0;
  for (const [name, now] of after) {
    const then = before.get(name);
    if (then === undefined) continue;
    readBytes += Math.max(0, now.readBytes - then.readBytes);
    writtenBytes += Math.max(0, now.writtenBytes - then.writtenBytes);
  }
  const speed = (bytes: number): number => Math.round(bytes / (elapsedMs / 1_000));
  return { readBytesPerSecond: speed(readBytes), writeBytesPerSecond: speed(writtenBytes) };
}
