import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Probe } from './probe.ts';
import {
  parseCpuinfoMhz,
  parseDiskstats,
  parseMeminfo,
  parseNetDev,
  parseScalingFrequencies,
  parseStat,
} from './proc.ts';
import { cpuTemperature, readSensors } from './temperature.ts';

/** Reads the kernel's files and starts no process: all of it takes about a millisecond. */
export function linuxProbe({ procDir = '/proc', sysDir = '/sys' } = {}): Probe {
  async function proc<Value>(name: string, parse: (text: string) => Value | null): Promise<Value | null> {
    const text = await textOf(join(procDir, name));
    return text === null ? null : parse(text);
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
        proc('meminfo', parseMeminfo),
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
