import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuPercent, diskSpeeds, diskUsage, memoryUsage } from './sample-values.ts';

const decimals = (value: number): number => `${value}`.split('.')[1]?.length ?? 0;

describe('cpuPercent', () => {
  test('is the share of busy time between two readings', () => {
    expect(cpuPercent({ busy: 100, idle: 1000, cores: 2 }, { busy: 133, idle: 1067, cores: 2 })).toBe(33);
    expect(cpuPercent({ busy: 0, idle: 0, cores: 1 }, { busy: 1, idle: 2, cores: 1 })).toBe(33.33);
  });

  test('takes a counter that decreased as unchanged', () => {
    expect(cpuPercent({ busy: 10, idle: 100, cores: 1 }, { busy: 20, idle: 90, cores: 1 })).toBe(100);
  });

  test('is null when no time has passed', () => {
    expect(cpuPercent({ busy: 10, idle: 100, cores: 1 }, { busy: 10, idle: 100, cores: 1 })).toBeNull();
  });
});

describe('memoryUsage', () => {
  test('returns rounded sizes with used + available = total, exactly and with at most four decimals', () => {
    const pages = fc.tuple(fc.integer({ min: 1, max: 2 ** 32 }), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(pages, ([total, share]) => {
        const totalBytes = total * 4096;
        const availableBytes = Math.floor(total * share) * 4096;
        const usage = memoryUsage({ totalBytes, availableBytes, swapTotalBytes: 0, swapFreeBytes: 0 });
        const { usedMb, availableMb, totalMb, percent } = usage;
        expect(Number(usedMb) + Number(availableMb)).toBe(totalMb);
        expect(Math.max(...[usedMb, availableMb, totalMb].map(Number).map(decimals))).toBeLessThanOrEqual(4);
        expect(Number(availableMb)).toBeCloseTo(availableBytes / 2 ** 20, 2);
        expect(Number(usedMb)).toBeGreaterThanOrEqual(0);
        expect(Number(percent)).toBeGreaterThanOrEqual(0);
        expect(Number(percent)).toBeLessThanOrEqual(100);
      }),
      { numRuns: 2000 },
    );
  });

  test('distinguishes swap space, no swap space and unknown swap space', () => {
    const memory = { totalBytes: 2 ** 30, availableBytes: 2 ** 29 };
    expect(memoryUsage({ ...memory, swapTotalBytes: 2 ** 21, swapFreeBytes: 2 ** 20 })).toMatchObject({
      percent: 50,
      swapUsedMb: 1,
      swapTotalMb: 2,
    });
    expect(memoryUsage({ ...memory, swapTotalBytes: 0, swapFreeBytes: 0 })).toMatchObject({
      swapUsedMb: 0,
      swapTotalMb: 0,
    });
    expect(memoryUsage({ ...memory, swapTotalBytes: null, swapFreeBytes: null })).toMatchObject({
      swapUsedMb: null,
      swapTotalMb: null,
    });
  });
});

describe('diskUsage', () => {
  test('excludes the space reserved for root from the percentage, as df does', () => {
    expect(diskUsage({ fragmentBytes: 4096, blocks: 262144, bfree: 100000, bavail: 80000 })).toEqual({
      percent: 66.96, // df: 67
      usedGb: 0.6185,
      totalGb: 1,
    });
  });

  test('is null for a file system without blocks, such as /proc, and sizes are null without a fragment size', () => {
    const nothing = { percent: null, usedGb: null, totalGb: null };
    const unknown = diskUsage({ fragmentBytes: null, blocks: 262144, bfree: 100000, bavail: 80000 });
    expect(unknown).toMatchObject({ percent: expect.any(Number) as number, usedGb: null, totalGb: null });
    expect(diskUsage({ fragmentBytes: 4096, blocks: 0, bfree: 0, bavail: 0 })).toEqual(nothing);
    expect(diskUsage(null)).toEqual(nothing);
  });
});

describe('diskSpeeds', () => {
  const disk = (readMb: number, writtenMb: number) => ({
    readBytes: readMb * 2 ** 20,
    writtenBytes: writtenMb * 2 ** 20,
  });

  test('are in MB per second, summed over all disks', () => {
    const before = new Map([
      ['sda', disk(100, 10)],
      ['sdb', disk(0, 0)],
    ]);
    const after = new Map([
      ['sda', disk(103, 10)],
      ['sdb', disk(0, 1)],
    ]);
    expect(diskSpeeds(before, after, 2000)).toEqual({ readSpeedMbs: 1.5, writeSpeedMbs: 0.5 });
  });

  test('count a disk from its second reading, and ignore decreasing counters', () => {
    const before = new Map([
      ['sda', disk(100, 10)],
      ['gone', disk(9, 9)],
    ]);
    const after = new Map([
      ['sda', disk(1, 11)],
      ['new', disk(500, 500)],
    ]);
    expect(diskSpeeds(before, after, 1000)).toEqual({ readSpeedMbs: 0, writeSpeedMbs: 1 });
  });

  test('are null without an earlier reading and without time between the readings', () => {
    const unknown = { readSpeedMbs: null, writeSpeedMbs: null };
    const disks = new Map([['sda', disk(1, 1)]]);
    expect(diskSpeeds(null, disks, 1000)).toEqual(unknown);
    expect(diskSpeeds(disks, null, 1000)).toEqual(unknown);
    expect(diskSpeeds(disks, disks, 0)).toEqual(unknown);
  });
});
