import { readFile } from 'node:fs/promises';
import * as os from 'node:os';
import type { HostInfo } from './events.ts';
import { parseOsRelease } from './linux.ts';

/** Makes the numbers that clients see of counters: rates, shares and sizes, rounded as promised. */
import { round } from '../../lib/round.ts';
import type { HostSample } from './events.ts';
import type { CpuTimes, Disks, Memory } from './probe.ts';

const MB_BYTES = 2 ** 20;
const GB_BYTES = 2 ** 30;
const PERCENT_DECIMALS = 2;
const SIZE_DECIMALS = 4;
const NUDGES_MAX = 32;

/** Of a file system, as `statfs` counts. */
export interface Blocks {
  /** The size of what is counted; null where it cannot be known. */
  readonly fragmentBytes: number | null;
  readonly blocks: number;
  readonly bfree: number;
  /** Free for users other than root. */
  readonly bavail: number;
}

/** Null when no time has passed. A counter that went back, as that of waiting for disks can, counts as still. */
export function cpuPercent(before: CpuTimes, after: CpuTimes): number | null {
  const busy = Math.max(0, after.busy - before.busy);
  const idle = Math.max(0, after.idle - before.idle);
  return busy + idle === 0 ? null : round((100 * busy) / (busy + idle), PERCENT_DECIMALS);
}

export function memoryFigures(memory: Memory | null): HostSample['memory'] {
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
  const swapKnown = swapTotalBytes !== null && swapFreeBytes !== null;
  return {
    percent: round((100 * (totalBytes - availableBytes)) / totalBytes, PERCENT_DECIMALS),
    ...split(mb(totalBytes), mb(availableBytes)),
    swapUsedMb: swapKnown ? mb(Math.max(0, swapTotalBytes - swapFreeBytes)) : null,
    swapTotalMb: swapTotalBytes === null ? null : mb(swapTotalBytes),
  };
}

export function diskUsage(blocks: Blocks | null): Pick<HostSample['disk'], 'percent' | 'usedGb' | 'totalGb'> {
  if (blocks === null || blocks.blocks === 0) return { percent: null, usedGb: null, totalGb: null };
  const used = blocks.blocks - blocks.bfree;
  const usable = used + blocks.bavail;
  const gb = (count: number): number | null =>
    blocks.fragmentBytes === null ? null : round((count * blocks.fragmentBytes) / GB_BYTES, SIZE_DECIMALS);
  return {
    percent: usable === 0 ? null : round((100 * used) / usable, PERCENT_DECIMALS),
    usedGb: gb(used),
    totalGb: gb(blocks.blocks),
  };
}

/** Disks that were there both times. */
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
  const speed = (bytes: number): number => round(bytes / MB_BYTES / (elapsedMs / 1000), SIZE_DECIMALS);
  return { readSpeedMbs: speed(readBytes), writeSpeedMbs: speed(writtenBytes) };
}

export function mb(bytes: number): number {
  return round(bytes / MB_BYTES, SIZE_DECIMALS);
}

/**
 * Rounded sizes that add up exactly, also in the binary fractions in which a reader adds them. Where they do not, a
 * hundred bytes more are said to be available.
 */
function split(
  totalMb: number,
  availableMb: number,
): { usedMb: number; totalMb: number; availableMb: number } {
  for (let nudge = 0; nudge < NUDGES_MAX; nudge++) {
    const available = round(Math.min(totalMb, availableMb + nudge / 10 ** SIZE_DECIMALS), SIZE_DECIMALS);
    const used = round(totalMb - available, SIZE_DECIMALS);
    if (used + available === totalMb) return { usedMb: used, totalMb, availableMb: available };
  }
  return { usedMb: round(totalMb - availableMb, SIZE_DECIMALS), totalMb, availableMb };
}

/** What this machine is. */
export async function hostInfo(hostId: string): Promise<HostInfo> {
  const processors = os.cpus();
  const uptime = uptimeSeconds();
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const cpuModel = processors[0]?.model.trim() ?? '';
  return {
    hostId,
    hostname: os.hostname(),
    platform: process.platform,
    os: parseOsRelease(release) ?? os.version(),
    kernel: os.release(),
    arch: process.arch,
    cpuModel: cpuModel === '' || cpuModel === 'unknown' ? null : cpuModel,
    cores: processors.length === 0 ? os.availableParallelism() : processors.length,
    memoryTotalMb: mb(os.totalmem()),
    bootedAt: uptime === null ? null : Math.round(Date.now() / 1000 - uptime) * 1000,
  };
}

export function uptimeSeconds(): number | null {
  try {
    return Math.floor(os.uptime());
  } catch {
    return null;
  }
}
