import { readFile } from 'node:fs/promises';
import * as os from 'node:os';
import type { HostInfo } from './events.ts';
import { parseOsRelease } from './linux-probe.ts';

/** Describes this machine. */
export async function readHostInfo(hostId: string): Promise<HostInfo> {
  const processors = os.cpus();
  const uptime = uptimeMs();
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
    coreCount: processors.length === 0 ? os.availableParallelism() : processors.length,
    memoryTotalBytes: os.totalmem(),
    bootedAt: uptime === null ? null : Math.round((Date.now() - uptime) / 1_000) * 1_000,
  };
}

/** Null where the operating system does not provide it. */
export function uptimeMs(): number | null {
  try {
    return Math.floor(os.uptime()) * 1_000;
  } catch {
    return null;
  }
}
