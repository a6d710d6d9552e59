import { describe, expect, test } from 'vitest';
import { cpuPercent, diskSpeeds, diskUsage, memoryUsage } from './sample-values.ts';

describe('cpuPercent', () => {
  test('is the share of busy time between two readings', () => {
    expect(cpuPercent({ busy: 100, idle: 1000, coreCount: 2 }, { busy: 133, idle: 1067, coreCount: 2 })).toBe(
      33,
    );
    expect(cpuPercent({ busy: 0, idle: 0, coreCount: 1 }, { busy: 1, idle: 2, coreCount: 1 })).toBe(33.33);
  });

  test('takes a counter that decreased as unchanged', () => {
    expect(cpuPercent({ busy: 10, idle: 100, coreCount: 1 }, { busy: 20, idle: 90, coreCount: 1 })).toBe(100);
  });

  test('is null when no time has passed', () => {
    expect(
      cpuPercent({ busy: 10, idle: 100, coreCount: 1 }, { busy: 10, idle: 100, coreCount: 1 }),
    ).toBeNull();
  });
});

describe('memoryUsage', () => {
  test('returns whole bytes with used + available = total, and a percentage', () => {
    const memory = { totalBytes: 3_000_000_001, availableBytes: 1_000_000_000 };
    expect(memoryUsage({ ...memory, swapTotalBytes: 0, swapFreeBytes: 0 })).toMatchObject({
      ...memory,
      usedBytes: 2_000_000_001,
      usedPercent: 66.67,
    });
  });

  test('distinguishes swap space, no swap space and unknown swap space', () => {
    const memory = { totalBytes: 2 ** 30, availableBytes: 2 ** 29 };
    expect(memoryUsage({ ...memory, swapTotalBytes: 2 ** 21, swapFreeBytes: 2 ** 20 })).toMatchObject({
      usedPercent: 50,
      swapUsedBytes: 2 ** 20,
      swapTotalBytes: 2 ** 21,
    });
    expect(memoryUsage({ ...memory, swapTotalBytes: 0, swapFreeBytes: 0 })).toMatchObject({
      swapUsedBytes: 0,
      swapTotalBytes: 0,
    });
    expect(memoryUsage({ ...memory, swapTotalBytes: null, swapFreeBytes: null })).toMatchObject({
      swapUsedBytes: null,
      swapTotalBytes: null,
    });
  });
});

describe('diskUsage', () => {
  test('excludes the space reserved for root from the percentage, as df does', () => {
    expect(diskUsage({ fragmentBytes: 4096, blocks: 262144, bfree: 100000, bavail: 80000 })).toEqual({
      usedPercent: 66.96, // df: 67
      usedBytes: 162_144 * 4096,
      totalBytes: 2 ** 30,
    });
  });

  test('is null for a file system without blocks, such as /proc, and sizes are null without a fragment size', () => {
    const nothing = { usedPercent: null, usedBytes: null, totalBytes: null };
    const unknown = diskUsage({ fragmentBytes: null, blocks: 262144, bfree: 100000, bavail: 80000 });
    expect(unknown).toMatchObject({
      usedPercent: expect.any(Number) as number,
      usedBytes: null,
      totalBytes: null,
    });
    expect(diskUsage({ fragmentBytes: 4096, blocks: 0, bfree: 0, bavail: 0 })).toEqual(nothing);
    expect(diskUsage(null)).toEqual(nothing);
  });
});

describe('diskSpeeds', () => {
  const disk = (readMb: number, writtenMb: number) => ({
    readBytes: readMb * 2 ** 20,
    writtenBytes: writtenMb * 2 ** 20,
  });

  test('are in bytes per second, summed over all disks', () => {
    const before = new Map([
      ['sda', disk(100, 10)],
      ['sdb', disk(0, 0)],
    ]);
    const after = new Map([
      ['sda', disk(103, 10)],
      ['sdb', disk(0, 1)],
    ]);
    expect(diskSpeeds(before, after, 2000)).toEqual({
      readBytesPerSecond: 1.5 * 2 ** 20,
      writeBytesPerSecond: 2 ** 19,
    });
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
    expect(diskSpeeds(before, after, 1000)).toEqual({
      readBytesPerSecond: 0,
      writeBytesPerSecond: 2 ** 20,
    });
  });

  test('are null without an earlier reading and without time between the readings', () => {
    const unknown = { readBytesPerSecond: null, writeBytesPerSecond: null };
    const disks = new Map([['sda', disk(1, 1)]]);
    expect(diskSpeeds(null, disks, 1000)).toEqual(unknown);
    expect(diskSpeeds(disks, null, 1000)).toEqual(unknown);
    expect(diskSpeeds(disks, disks, 0)).toEqual(unknown);
  });
});
