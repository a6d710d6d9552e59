import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Sample } from '../../sources/source.ts';
import { hostSampled, type HostSample } from './events.ts';
import { readHostInfo } from './host-info.ts';
import { linuxProbe } from './linux-probe.ts';
import type { Disks, Probe } from './probe.ts';
import { hostSource, type HostSourceOptions } from './source.ts';
import { systeminformationProbe } from './systeminformation-probe.ts';

const signal = new AbortController().signal;

function sourceWith(options: Partial<HostSourceOptions> = {}) {
  return hostSource({
    hostId: 'h1',
    diskPath: '/',
    temperature: false,
    backgroundMs: 10_000,
    ...options,
  });
}

function sampleIn({ gauges }: Sample): HostSample {
  return gauges.find(({ topic }) => topic.name === hostSampled.name)?.payload as HostSample;
}

/** A fake machine. Each read of its CPU times returns the next of `busy`, and the same idle time. */
function machine(busy: readonly number[], disks: Disks | null = null): Probe & { temperatureReads: number } {
  let reads = 0;
  return {
    temperatureReads: 0,
    async cpuTimes() {
      const at = busy[reads++] ?? 0;
      return { busy: at, idle: at, coreCount: 3 };
    },
    read: async () => ({ frequencyMhz: 1000.129, memory: null, disks, network: null }),
    async cpuTemperature() {
      return 40 + this.temperatureReads++;
    },
  };
}

const platforms = [
  ...(process.platform === 'linux' ? [['linuxProbe', linuxProbe()] as const] : []),
  ['systeminformationProbe', systeminformationProbe()] as const,
];

describe.each(platforms)('hostSource with %s', (_name, probe) => {
  test('samples this machine, and the speed of its disks from the second sample on', async () => {
    const source = sourceWith({ probe });
    const first = sampleIn(await source.sample(signal));
    const second = sampleIn(await source.sample(signal));
    expect(first.disk).toMatchObject({ readBytesPerSecond: null, writeBytesPerSecond: null });
    for (const { cpu, memory, disk, network, ...sample } of [first, second]) {
      for (const percent of [cpu.usedPercent, memory.usedPercent, disk.usedPercent]) {
        expect(percent).toBeGreaterThanOrEqual(0);
        expect(percent).toBeLessThanOrEqual(100);
        expect(Number.isInteger(Math.round(Number(percent) * 1e8) / 1e6)).toBe(true);
      }
      expect(Number(memory.usedBytes) + Number(memory.availableBytes)).toBe(memory.totalBytes);
      expect(memory.totalBytes).toBe(totalmem());
      expect(disk.path).toBe('/');
      expect(disk.usedBytes).toBeLessThanOrEqual(Number(disk.totalBytes));
      expect(Number.isInteger(network.receivedBytes)).toBe(true);
      expect(Number.isInteger(network.sentBytes)).toBe(true);
      expect(cpu.coreCount).toBeGreaterThan(0);
      expect(sample).toMatchObject({ hostId: 'h1', temperature: { cpuC: null } });
      expect(sample.uptimeMs).toBeGreaterThan(0);
      expect(sample.sampledAt).toBeLessThanOrEqual(Date.now());
    }
    const { disks } = await probe.read();
    const speeds = [second.disk.readBytesPerSecond, second.disk.writeBytesPerSecond];
    expect(speeds.map((speed) => typeof speed)).toEqual(Array(2).fill(disks === null ? 'object' : 'number'));
    expect(Math.min(...speeds.map(Number))).toBeGreaterThanOrEqual(0);
  });
});

describe.runIf(process.platform === 'linux')('the available memory of a machine with ZFS', () => {
  const meminfo = 'MemTotal: 16000000 kB\nMemFree: 1000000 kB\nMemAvailable: 2000000 kB\n';
  const arcstats = `13 1 0x01 147 39984 5 6
name                            type data
hits                            4    1000
c_min                           4    ${1_000_000 * 1024}
size                            4    ${9_000_000 * 1024}
`;
  const availableKb = async (files: Record<string, string>): Promise<number> => {
    const dir = await mkdtemp(join(tmpdir(), 'opsgraph-test-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    for (const [name, text] of Object.entries({ meminfo, ...files })) {
      await mkdir(dirname(join(dir, name)), { recursive: true });
      await writeFile(join(dir, name), text);
    }
    const { memory } = await linuxProbe({ procDir: dir }).read();
    return (memory?.availableBytes ?? 0) / 1024;
  };

  test('includes the reclaimable part of the cache of ZFS, as in htop', async () => {
    expect(await availableKb({})).toBe(2_000_000);
    expect(await availableKb({ 'spl/kstat/zfs/arcstats': arcstats })).toBe(10_000_000);
    expect(await availableKb({ 'spl/kstat/zfs/arcstats': arcstats.replace('c_min', 'c_more') })).toBe(
      2_000_000,
    );
    expect(await availableKb({ 'spl/kstat/zfs/arcstats': arcstats.replace(/size +4 +/, 'size 4 9') })).toBe(
      16_000_000,
    );
  });

  test('excludes the cache of ZFS in a container with its own /proc/meminfo', async () => {
    const mounts = 'proc /proc proc rw 0 0\nlxcfs /proc/meminfo fuse.lxcfs rw 0 0\n';
    const files = { 'spl/kstat/zfs/arcstats': arcstats, 'self/mounts': mounts };
    expect(await availableKb(files)).toBe(2_000_000);
  });
});

describe('hostSource', () => {
  test('reads the CPU times twice for the first sample, so that it has a CPU usage', async () => {
    const source = sourceWith({ probe: machine([100, 200, 250]) });
    expect(sampleIn(await source.sample(signal)).cpu).toMatchObject({
      usedPercent: 50,
      coreCount: 3,
      frequencyMhz: 1000.13,
    });
    expect(sampleIn(await source.sample(signal)).cpu.usedPercent).toBe(50);
  });

  test('returns null for everything on a machine without readable values, and does not fail', async () => {
    const probe = linuxProbe({ procDir: '/nonexistent/proc', sysDir: '/nonexistent/sys' });
    const source = sourceWith({ probe, diskPath: '/nonexistent/disk', temperature: true });
    for (let sample = 0; sample < 2; sample++) {
      const { cpu, memory, disk, network, temperature } = sampleIn(await source.sample(signal));
      const { coreCount, loadAverage1m, loadAverage5m, loadAverage15m, ...rest } = cpu;
      const { path, ...space } = disk;
      const values = [rest, memory, space, network, temperature].flatMap((group) => Object.values(group));
      expect(values.filter((value) => value !== null)).toEqual([]);
      expect(coreCount).toBeGreaterThan(0);
      expect([loadAverage1m, loadAverage5m, loadAverage15m, path]).not.toContain(undefined);
    }
  });

  test('reads the sensors at most every `temperatureEveryMs`, and never while temperatures are not monitored', async () => {
    const probe = machine([1, 2, 3, 4, 5, 6]);
    const source = sourceWith({ probe, temperature: true });
    expect(sampleIn(await source.sample(signal)).temperature.cpuC).toBe(40);
    expect(sampleIn(await source.sample(signal)).temperature.cpuC).toBe(40);
    const off = sourceWith({ probe, temperature: false });
    expect(sampleIn(await off.sample(signal)).temperature.cpuC).toBeNull();
    expect(probe.temperatureReads).toBe(1);
    const unlimited = sourceWith({ probe, temperature: true, temperatureEveryMs: 0 });
    await unlimited.sample(signal);
    expect(sampleIn(await unlimited.sample(signal)).temperature.cpuC).toBe(42);
  });

  test('returns null for sensors that fail or hang', async () => {
    for (const cpuTemperature of [
      async () => Promise.reject(new Error('EIO')),
      () => new Promise<never>(() => {}),
    ]) {
      const source = sourceWith({ probe: { ...machine([1, 2]), cpuTemperature }, temperature: true });
      expect(sampleIn(await source.sample(signal)).temperature).toEqual({ cpuC: null });
    }
  });

  test('ends a sample whose signal aborts', async () => {
    const stopping = new AbortController();
    const sample = sourceWith().sample(stopping.signal);
    stopping.abort();
    await expect(sample).rejects.toThrow(/abort/i);
  });
});

test('readHostInfo describes this machine', async () => {
  const info = await readHostInfo('h1');
  expect(info).toMatchObject({
    hostId: 'h1',
    hostname: hostname(),
    platform: process.platform,
    arch: process.arch,
    os: expect.stringMatching(/\S/) as string,
  });
  expect(info.coreCount).toBeGreaterThan(0);
  expect(info.bootedAt).toBeLessThan(Date.now());
});

test('hostSource returns the event of a health change with each sample until it is stored', async () => {
  const source = sourceWith({ probe: machine([0, 100, 200, 300]), diskPath: '/nowhere', health: 'CRITICAL' });
  const first = await source.sample(signal);
  expect(first.events).toMatchObject([
    {
      key: 'h1',
      payload: { previousHealth: 'CRITICAL', health: 'HEALTHY', cpuPercent: 50, diskPercent: null },
    },
  ]);
  expect((await source.sample(signal)).events).toEqual(first.events);
  first.recorded?.();
  expect((await source.sample(signal)).events).toBeUndefined();
});
