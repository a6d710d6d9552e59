import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CpuTimes, Disks, HostCounters, Memory, Probe } from './probe.ts';
import { cpuTemperature, readSensors } from './temperature.ts';

/** Reads the kernel's files. It starts no process and takes about a millisecond. */
export function linuxProbe({ procDir = '/proc', sysDir = '/sys' } = {}): Probe {
  async function proc<Value>(name: string, parse: (text: string) => Value | null): Promise<Value | null> {
    const text = await textOf(join(procDir, name));
    return text === null ? null : parse(text);
  }

  /** The kernel does not count the cache of ZFS as available, although ZFS releases it on demand. */
  async function readMemory(): Promise<Memory | null> {
    const memory = await proc('meminfo', parseMeminfo);
    const cache = memory === null ? null : await proc('spl/kstat/zfs/arcstats', parseArcstats);
    if (memory === null || cache === null) return memory;
    // In a container with its own /proc/meminfo, the cache belongs to the host.
    const isVirtual = (await proc('self/mounts', hasOwnMeminfo)) ?? false;
    return isVirtual ? memory : withReclaimable(memory, cache);
  }

  async function readScalingFrequency(): Promise<number | null> {
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
      const [frequencyMhz, memory, disks, network] = await Promise.all([
        proc('cpuinfo', parseCpuinfoMhz).then((mhz) => mhz ?? readScalingFrequency()),
        readMemory(),
        proc('diskstats', parseDiskstats),
        proc('net/dev', parseNetDev),
      ]);
      return { frequencyMhz, memory, disks, network };
    },
    cpuTemperature: async () => cpuTemperature(await readSensors(join(sysDir, 'class'))),
  };
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}

// Parsers of the texts under `/proc` and `/sys`. They return null for a text that they do not understand.

/** In `/proc/diskstats`, whatever the sector size of the disk is. */
const sectorBytes = 512;
/** Devices in memory, and layers over disks whose traffic is counted already. */
const notDisks = /^(?:loop|ram|zram|dm-|md|bcache|drbd|zd)\d|^nvme\d+c\d+n/;

/** `/proc/stat`. User time includes the time of guests. Time stolen by other guests was requested, so it is busy. */
export function parseStat(text: string): CpuTimes | null {
  const fields = /^cpu +(\d.*)$/m.exec(text)?.[1]?.split(/ +/).slice(0, 8).map(Number);
  if (fields === undefined || fields.length < 4 || !fields.every(Number.isFinite)) return null;
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = fields;
  const coreCount = text.match(/^cpu\d+ /gm)?.length ?? 1;
  return { busy: user + nice + system + irq + softirq + steal, idle: idle + iowait, coreCount };
}

/** `/proc/meminfo`. Kernels without `MemAvailable` get the estimate of old versions of `free`. */
export function parseMeminfo(text: string): Memory | null {
  const bytes = new Map<string, number>();
  for (const [, name = '', kib] of text.matchAll(/^(\w+): +(\d+) kB$/gm))
    bytes.set(name, Number(kib) * 1_024);
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

/** `/proc/spl/kstat/zfs/arcstats`: the bytes of the cache of ZFS (ARC) that it releases when programs need memory. */
export function parseArcstats(text: string): number | null {
  const valueOf = (pattern: RegExp): number => Number(pattern.exec(text)?.[1]);
  const reclaimable = valueOf(/^size +\d+ +(\d+)$/m) - valueOf(/^c_min +\d+ +(\d+)$/m);
  return Number.isSafeInteger(reclaimable) ? Math.max(0, reclaimable) : null;
}

/** Counts the memory that another cache releases on demand as available, as htop does. */
export function withReclaimable(memory: Memory, reclaimableBytes: number): Memory {
  const availableBytes = Math.min(memory.totalBytes, memory.availableBytes + reclaimableBytes);
  return { ...memory, availableBytes };
}

/** `/proc/self/mounts`: whether a container (LXC) has mounted its own `/proc/meminfo`. */
export function hasOwnMeminfo(text: string): boolean {
  return /^\S+ \/proc\/meminfo /m.test(text);
}

/** `/proc/net/dev`: the sum over all interfaces including the loopback, as in psutil. */
export function parseNetDev(text: string): HostCounters['network'] {
  const interfaces = text
    .split('\n')
    .map(countersOf)
    .filter((counters) => counters !== null);
  if (interfaces.length === 0) return null;
  const sum = (field: number): number =>
    interfaces.reduce((total, counters) => total + (counters[field] ?? 0), 0);
  return {
    receivedBytes: sum(0),
    receivedPacketCount: sum(1),
    receiveErrorCount: sum(2),
    sentBytes: sum(8),
    sentPacketCount: sum(9),
    sendErrorCount: sum(10),
  };
}

/** `/proc/diskstats`: whole disks only, because the counters of a disk include those of its partitions. */
export function parseDiskstats(text: string): Disks | null {
  const devices = new Map<string, { readBytes: number; writtenBytes: number }>();
  for (const line of text.split('\n')) {
    const fields = line.trim().split(/\s+/);
    const name = fields[2] ?? '';
    const readBytes = Number(fields[5]) * sectorBytes;
    const writtenBytes = Number(fields[9]) * sectorBytes;
    if (fields.length < 14 || notDisks.test(name) || !Number.isFinite(readBytes + writtenBytes)) continue;
    devices.set(name, { readBytes, writtenBytes });
  }
  const disks = new Map([...devices].filter(([name]) => !isPartition(name, devices)));
  return disks.size === 0 ? null : disks;
}

/** The mean in MHz from `/proc/cpuinfo`, which contains it on x86, s390 and POWER; other machines have it in `/sys`. */
export function parseCpuinfoMhz(text: string): number | null {
  const found = text.matchAll(/^(?:cpu MHz(?: dynamic)?|clock)\s*: *(\d+(?:\.\d+)?)(?: *MHz)?\s*$/gm);
  return mean(Array.from(found, ([, mhz]) => Number(mhz)));
}

/** The mean in MHz of texts of `/sys/devices/system/cpu/cpu<n>/cpufreq/scaling_cur_freq`, which are in kHz. */
export function parseScalingFrequencies(texts: readonly string[]): number | null {
  const khz = texts.map((text) => text.trim()).filter((text) => /^\d+$/.test(text));
  return mean(khz.map((text) => Number(text) / 1_000));
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

/** Whether it is a part of another device: `sda1` of `sda`, `nvme0n1p2` of `nvme0n1`. A lone `xvda1` is a disk. */
function isPartition(name: string, devices: ReadonlyMap<string, unknown>): boolean {
  const disk = /^(.*\d)p\d+$/.exec(name)?.[1] ?? /^(.*\D)\d+$/.exec(name)?.[1];
  return disk !== undefined && devices.has(disk);
}

function mean(values: readonly number[]): number | null {
  const known = values.filter((value) => value > 0);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
