import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CpuTimes, Disks, Memory, Network, Probe } from './probe.ts';
import { cpuTemperature, readSensors } from './temperature.ts';

/** Reads the kernel's files and starts no process: all of it takes about a millisecond. */
export function linuxProbe({ procDir = '/proc', sysDir = '/sys' } = {}): Probe {
  async function proc<Value>(name: string, parse: (text: string) => Value | null): Promise<Value | null> {
    const text = await textOf(join(procDir, name));
    return text === null ? null : parse(text);
  }

  /** ZFS gives its cache back on demand, which the kernel does not count as available. */
  async function memoryNow(): Promise<Memory | null> {
    const memory = await proc('meminfo', parseMeminfo);
    const cache = memory === null ? null : await proc('spl/kstat/zfs/arcstats', parseArcstats);
    if (memory === null || cache === null) return memory;
    // In a container of its own memory the cache is the host's.
    const isVirtual = (await proc('self/mounts', hasOwnMeminfo)) ?? false;
    return isVirtual ? memory : withReclaimable(memory, cache);
  }

  async function frequencyMhz(): Promise<number | null> {
    return (await proc('cpuinfo', parseCpuinfoMhz)) ?? (await scalingFrequencyMhz());
  }

  async function scalingFrequencyMhz(): Promise<number | null> {
    const cpuDir = join(sysDir, 'devices/system/cpu');
    const cpus = (await readdir(cpuDir).catch(() => [])).filter((name) => /^cpu\d+$/.test(name));
    const texts = await Promise.all(
      cpus.map((name) => textOf(join(cpuDir, name, 'cpufreq/scaling_cur_freq'))),
    );
    return parseScalingFrequencies(texts.filter((text) => text !== null));
  }

  return {
    cpuTimes: () => proc('stat', parseStat),
    async read() {
      const [frequency, memory, disks, network] = await Promise.all([
        frequencyMhz(),
        memoryNow(),
        proc('diskstats', parseDiskstats),
        proc('net/dev', parseNetDev),
      ]);
      return { frequencyMhz: frequency, memory, disks, network };
    },
    cpuTemperature: async () => cpuTemperature(await readSensors(join(sysDir, 'class'))),
  };
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}

// The texts that Linux serves under `/proc` and `/sys`. Whatever is not understood is null or left out.

const SECTOR_BYTES = 512; // in /proc/diskstats always, whatever the disk's own sectors are
/** Memory, or a layer over other disks, whose traffic those count already. */
const NO_DISK = /^(?:loop|ram|zram|dm-|md|bcache|drbd|zd)\d|^nvme\d+c\d+n/;

/** `/proc/stat`. Time in guests is part of user time; time stolen by other guests was wanted, so it is busy. */
export function parseStat(text: string): CpuTimes | null {
  const fields = /^cpu +(\d.*)$/m.exec(text)?.[1]?.split(/ +/).slice(0, 8).map(Number);
  if (fields === undefined || fields.length < 4 || !fields.every(Number.isFinite)) return null;
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = fields;
  const cores = text.match(/^cpu\d+ /gm)?.length ?? 1;
  return { busy: user + nice + system + irq + softirq + steal, idle: idle + iowait, cores };
}

/** `/proc/meminfo`. Kernels that do not estimate what is available get the estimate `free` once made. */
export function parseMeminfo(text: string): Memory | null {
  const bytes = new Map<string, number>();
  for (const [, name = '', kib] of text.matchAll(/^(\w+): +(\d+) kB$/gm)) bytes.set(name, Number(kib) * 1024);
  const totalBytes = bytes.get('MemTotal');
  const freeBytes = bytes.get('MemFree');
  const estimate =
    freeBytes === undefined
      ? undefined
      : freeBytes + (bytes.get('Buffers') ?? 0) + (bytes.get('Cached') ?? 0);
  const availableBytes = bytes.get('MemAvailable') ?? estimate;
  if (totalBytes === undefined || totalBytes === 0 || availableBytes === undefined) return null;
  return {
    totalBytes,
    availableBytes: Math.min(availableBytes, totalBytes),
    swapTotalBytes: bytes.get('SwapTotal') ?? null,
    swapFreeBytes: bytes.get('SwapFree') ?? null,
  };
}

/** `/proc/spl/kstat/zfs/arcstats`: the bytes of ZFS's cache (ARC) that it gives back when programs need them. */
export function parseArcstats(text: string): number | null {
  const valueOf = (name: string): number | null => {
    const columns = text
      .split('\n')
      .map((line) => line.split(' ').filter((column) => column !== ''))
      .find(([first]) => first === name);
    const value = columns?.length === 3 ? Number(columns[2]) : Number.NaN;
    return Number.isSafeInteger(value) ? value : null;
  };
  const size = valueOf('size');
  const kept = valueOf('c_min');
  return size === null || kept === null ? null : Math.max(0, size - kept);
}

/** Counts what another cache would give back as available, as htop does. */
export function withReclaimable(memory: Memory, reclaimableBytes: number): Memory {
  const availableBytes = Math.min(memory.totalBytes, memory.availableBytes + reclaimableBytes);
  return { ...memory, availableBytes };
}

/** `/proc/self/mounts`: whether a container (LXC) has put a `/proc/meminfo` of its own in the kernel's place. */
export function hasOwnMeminfo(text: string): boolean {
  return /^\S+ \/proc\/meminfo /m.test(text);
}

/** `/proc/net/dev`: the sum over all interfaces, the loopback too, as psutil has it. */
export function parseNetDev(text: string): Network | null {
  const interfaces = text
    .split('\n')
    .map(countersOf)
    .filter((counters) => counters !== null);
  if (interfaces.length === 0) return null;
  const sum = (field: number): number =>
    interfaces.reduce((total, counters) => total + (counters[field] ?? 0), 0);
  return {
    bytesRecv: sum(0),
    packetsRecv: sum(1),
    errorsIn: sum(2),
    bytesSent: sum(8),
    packetsSent: sum(9),
    errorsOut: sum(10),
  };
}

/** `/proc/diskstats`: whole disks only, for a disk counts what its partitions do. */
export function parseDiskstats(text: string): Disks | null {
  const devices = new Map<string, { readBytes: number; writtenBytes: number }>();
  for (const line of text.split('\n')) {
    const fields = line.trim().split(/\s+/);
    const name = fields[2] ?? '';
    const readBytes = Number(fields[5]) * SECTOR_BYTES;
    const writtenBytes = Number(fields[9]) * SECTOR_BYTES;
    if (fields.length < 14 || NO_DISK.test(name) || !Number.isFinite(readBytes + writtenBytes)) continue;
    devices.set(name, { readBytes, writtenBytes });
  }
  const disks = new Map([...devices].filter(([name]) => !isPartition(name, devices)));
  return disks.size === 0 ? null : disks;
}

/** `/proc/cpuinfo`: x86, s390 and POWER say it there; others in `/sys`. The mean, in MHz. */
export function parseCpuinfoMhz(text: string): number | null {
  const found = text.matchAll(/^(?:cpu MHz(?: dynamic)?|clock)\s*: *(\d+(?:\.\d+)?)(?: *MHz)?\s*$/gm);
  return mean(Array.from(found, ([, mhz]) => Number(mhz)));
}

/** Texts of `/sys/devices/system/cpu/cpu<n>/cpufreq/scaling_cur_freq`, in kHz. The mean, in MHz. */
export function parseScalingFrequencies(texts: readonly string[]): number | null {
  const khz = texts.map((text) => text.trim()).filter((text) => /^\d+$/.test(text));
  return mean(khz.map((text) => Number(text) / 1000));
}

/** The name for people in `/etc/os-release`. */
export function parseOsRelease(text: string): string | null {
  const name = /^PRETTY_NAME=(["']?)(.+)\1\s*$/m.exec(text)?.[2];
  return name === undefined ? null : name.replace(/\\(.)/g, '$1');
}

function countersOf(line: string): readonly number[] | null {
  const colon = line.lastIndexOf(':'); // an alias is called eth0:1
  if (colon < 0) return null;
  const counters = line
    .slice(colon + 1)
    .trim()
    .split(/\s+/)
    .map(Number);
  return counters.length >= 11 && counters.every(Number.isFinite) ? counters : null;
}

/** `sda1` where there is `sda`, `nvme0n1p2` where there is `nvme0n1`; `xvda1` can be a disk of its own. */
function isPartition(name: string, devices: ReadonlyMap<string, unknown>): boolean {
  const disk = /^(.*\d)p\d+$/.exec(name)?.[1] ?? /^(.*\D)\d+$/.exec(name)?.[1];
  return disk !== undefined && devices.has(disk);
}

function mean(values: readonly number[]): number | null {
  const known = values.filter((value) => value > 0);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
