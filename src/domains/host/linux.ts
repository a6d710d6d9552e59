import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Memory, Probe } from './probe.ts';
import {
  hasOwnMeminfo,
  parseArcstats,
  parseCpuinfoMhz,
  parseDiskstats,
  parseMeminfo,
  parseNetDev,
  parseScalingFrequencies,
  parseStat,
  withReclaimable,
} from './proc.ts';
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
