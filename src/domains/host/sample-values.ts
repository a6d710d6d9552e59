import { round } from '../../lib/round.ts';
import type { HostSample } from './events.ts';
import type { FileSystemBlocks } from './file-system.ts';
import type { CpuTimes, Disks, Memory } from './probe.ts';

/** Computes the rates, percentages and sizes of a sample from counters, rounded as `HostSample` promises. */

const mbBytes = 2 ** 20;
const gbBytes = 2 ** 30;
const percentDecimals = 2;
const sizeDecimals = 4;
const nudgesMax = 32;

/** Null if no time has passed. A counter that decreases, as the one of disk waits can, counts as unchanged. */
export function cpuPercent(before: CpuTimes, after: CpuTimes): number | null {
  const busy = Math.max(0, after.busy - before.busy);
  const idle = Math.max(0, after.idle - before.idle);
  return busy + idle === 0 ? null : round((100 * busy) / (busy + idle), percentDecimals);
}

export function memoryUsage(memory: Memory | null): HostSample['memory'] {
  if (memory === null) {
    return {
      percent: null,
      usedMb: null,
      totalMb: null,
      availableMb: null,
      swapUsedMb: null,
      swapTotalMb: null,
    };
  }
  const { totalBytes, availableBytes, swapTotalBytes, swapFreeBytes } = memory;
  const isSwapKnown = swapTotalBytes !== null && swapFreeBytes !== null;
  return {
    percent: round((100 * (totalBytes - availableBytes)) / totalBytes, percentDecimals),
    ...split(mb(totalBytes), mb(availableBytes)),
    swapUsedMb: isSwapKnown ? mb(Math.max(0, swapTotalBytes - swapFreeBytes)) : null,
    swapTotalMb: swapTotalBytes === null ? null : mb(swapTotalBytes),
  };
}

export function diskUsage(
  fileSystem: FileSystemBlocks | null,
): Pick<HostSample['disk'], 'percent' | 'usedGb' | 'totalGb'> {
  if (fileSystem === null || fileSystem.blocks === 0) return { percent: null, usedGb: null, totalGb: null };
  const used = fileSystem.blocks - fileSystem.bfree;
  const usable = used + fileSystem.bavail;
  const gb = (count: number): number | null =>
    fileSystem.fragmentBytes === null
      ? null
      : round((count * fileSystem.fragmentBytes) / gbBytes, sizeDecimals);
  return {
    percent: usable === 0 ? null : round((100 * used) / usable, percentDecimals),
    usedGb: gb(used),
    totalGb: gb(fileSystem.blocks),
  };
}

/** The speeds of all disks together that are present in both readings. */
export function diskSpeeds(
  before: Disks | null,
  after: Disks | null,
  elapsedMs: number,
): Pick<HostSample['disk'], 'readSpeedMbs' | 'writeSpeedMbs'> {
  if (before === null || after === null || elapsedMs <= 0) return { readSpeedMbs: null, writeSpeedMbs: null };
  let readBytes = 0;
  let writtenBytes = 0;
  for (const [name, now] of after) {
    const then = before.get(name);
    if (then === undefined) continue;
    readBytes += Math.max(0, now.readBytes - then.readBytes);
    writtenBytes += Math.max(0, now.writtenBytes - then.writtenBytes);
  }
  const speed = (bytes: number): number => round(bytes / mbBytes / (elapsedMs / 1_000), sizeDecimals);
  return { readSpeedMbs: speed(readBytes), writeSpeedMbs: speed(writtenBytes) };
}

export function mb(bytes: number): number {
  return round(bytes / mbBytes, sizeDecimals);
}

/**
 * Rounded sizes with used + available = total, also in the binary fractions with which a reader adds them. Where
 * rounding prevents that, the available size is raised by steps of about a hundred bytes.
 */
function split(
  totalMb: number,
  availableMb: number,
): { usedMb: number; totalMb: number; availableMb: number } {
  for (let nudge = 0; nudge < nudgesMax; nudge++) {
    const available = round(Math.min(totalMb, availableMb + nudge / 10 ** sizeDecimals), sizeDecimals);
    const used = round(totalMb - available, sizeDecimals);
    if (used + available === totalMb) return { usedMb: used, totalMb, availableMb: available };
  }
  return { usedMb: round(totalMb - availableMb, sizeDecimals), totalMb, availableMb };
}
