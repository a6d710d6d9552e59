import { describe, expect, test } from 'vitest';
import {
  parseCpuinfoMhz,
  parseDiskstats,
  parseMeminfo,
  parseNetDev,
  parseOsRelease,
  parseScalingFrequencies,
  parseStat,
} from './linux-probe.ts';

const garbage = ['', '\n\n', 'no such thing', '\0\u{1F600}: : :', 'cpu a b c d', '8 0 sda x y z'];

describe.each([
  ['/proc/stat', parseStat],
  ['/proc/meminfo', parseMeminfo],
  ['/proc/net/dev', parseNetDev],
  ['/proc/diskstats', parseDiskstats],
  ['/proc/cpuinfo', parseCpuinfoMhz],
  ['/etc/os-release', parseOsRelease],
] as const)('the parser of %s', (_name, parse) => {
  test.each(garbage)('is null for the text %j', (text) => {
    expect(parse(text)).toBeNull();
  });
});

describe('parseStat', () => {
  test('counts waiting for disks as idle, stolen time as busy and the time of guests once', () => {
    const text = [
      'cpu  9911 12 5652 479359 492 3 143 11 700 70',
      'cpu0 4413 0 2504 240753 61 0 41 4 0 0',
      'cpu1 5498 0 3148 238605 431 0 102 7 0 0',
      'intr 663283 0 0',
      'ctxt 1765895',
      '',
    ].join('\n');
    expect(parseStat(text)).toEqual({
      busy: 9911 + 12 + 5652 + 3 + 143 + 11,
      idle: 479359 + 492,
      coreCount: 2,
    });
  });

  test('accepts the four fields of the oldest kernels', () => {
    expect(parseStat('cpu 1 2 3 4\n')).toEqual({ busy: 6, idle: 4, coreCount: 1 });
  });

  test('ignores the time of guests', () => {
    expect(parseStat('cpu 1 2 3 4 5 6 7 8 - ?\n')).toEqual({ busy: 27, idle: 9, coreCount: 1 });
  });

  test('is null when a field is not a number', () => {
    expect(parseStat('cpu  1 2 x 4 5 6 7 8\n')).toBeNull();
  });
});

describe('parseMeminfo', () => {
  const meminfo = (...lines: string[]): string => `${lines.join('\n')}\n`;

  test('returns the available memory that the kernel reports', () => {
    const text = meminfo(
      'MemTotal:       24684084 kB',
      'MemFree:        24135120 kB',
      'MemAvailable:   24252928 kB',
      'Active(anon):       1568 kB',
      'SwapTotal:       2097148 kB',
      'SwapFree:        2000000 kB',
      'HugePages_Total:       0',
    );
    expect(parseMeminfo(text)).toEqual({
      totalBytes: 24684084 * 1024,
      availableBytes: 24252928 * 1024,
      swapTotalBytes: 2097148 * 1024,
      swapFreeBytes: 2000000 * 1024,
    });
  });

  test('estimates the available memory if the kernel does not report it', () => {
    const text = meminfo('MemTotal: 1000 kB', 'MemFree: 100 kB', 'Buffers: 20 kB', 'Cached: 3 kB');
    expect(parseMeminfo(text)).toEqual({
      totalBytes: 1000 * 1024,
      availableBytes: 123 * 1024,
      swapTotalBytes: null,
      swapFreeBytes: null,
    });
  });

  test('limits the available memory to the total', () => {
    const text = meminfo('MemTotal: 1000 kB', 'MemFree: 10 kB', 'MemAvailable: 1001 kB');
    expect(parseMeminfo(text)?.availableBytes).toBe(1000 * 1024);
  });

  test('is null without the total or the free memory', () => {
    expect(parseMeminfo(meminfo('MemFree: 100 kB', 'MemAvailable: 50 kB'))).toBeNull();
    expect(parseMeminfo(meminfo('MemTotal: 100 kB', 'Cached: 50 kB'))).toBeNull();
    expect(parseMeminfo(meminfo('MemTotal: 0 kB', 'MemFree: 0 kB'))).toBeNull();
  });
});

describe('parseNetDev', () => {
  const header =
    'Inter-|   Receive                                                |  Transmit\n' +
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n';

  test('sums all interfaces, including the loopback and aliases', () => {
    const text =
      `${header}    lo:    5449      61    0    0    0     0          0         0     5449      61    0    0    0     0       0          0\n` +
      '  eth0:732468861   21363    2    0    0     0          0         0  2292491   14102    3    0    0     0       0          0\n' +
      'eth0:1:     100       1    0    0    0     0          0         0       10       1    0    0    0     0       0          0\n';
    expect(parseNetDev(text)).toEqual({
      receivedBytes: 5449 + 732468861 + 100,
      receivedPacketCount: 61 + 21363 + 1,
      receiveErrorCount: 2,
      sentBytes: 5449 + 2292491 + 10,
      sentPacketCount: 61 + 14102 + 1,
      sendErrorCount: 3,
    });
  });

  test('is null without interfaces, and ignores an incomplete line', () => {
    expect(parseNetDev(header)).toBeNull();
    expect(parseNetDev(`${header}  eth0: 1 2 3\n`)).toBeNull();
  });
});

describe('parseDiskstats', () => {
  const line = (name: string, read: number, written: number): string =>
    ` 254       0 ${name} 24658 11827 ${read} 19529 16378 69757 ${written} 11830 0 7348 34411 33108 42 1176024 2832`;
  const disks = (...names: string[]): readonly string[] =>
    [...(parseDiskstats(names.map((name) => line(name, 1, 1)).join('\n')) ?? [])].map(([name]) => name);

  test('counts sectors of 512 bytes', () => {
    expect(parseDiskstats(`${line('vda', 2856370, 2570440)}\n`)).toEqual(
      new Map([['vda', { readBytes: 2856370 * 512, writtenBytes: 2570440 * 512 }]]),
    );
  });

  test.each([
    ['sda', ['sda1', 'sda2', 'sda10']],
    ['sdaa', ['sdaa1']],
    ['nvme0n1', ['nvme0n1p1', 'nvme0n1p15']],
    ['mmcblk0', ['mmcblk0p1']],
    ['nbd1', ['nbd1p1']],
  ])('ignores the partitions of %s', (disk, partitions) => {
    expect(disks(disk, ...partitions)).toEqual([disk]);
  });

  test('does not mistake one disk for a partition of another', () => {
    const names = ['sda', 'sdb', 'sdaa', 'nvme0n1', 'nvme0n10', 'nvme1n1', 'nbd1', 'nbd10', 'sr0', 'xvdb1'];
    expect(disks(...names)).toEqual(names);
  });

  test('ignores devices in memory and layers over other disks', () => {
    const layers = ['loop0', 'ram1', 'zram0', 'dm-0', 'md127', 'bcache0', 'zd16', 'drbd0', 'nvme0c0n1'];
    expect(disks('sda', ...layers)).toEqual(['sda']);
    expect(parseDiskstats(layers.map((name) => line(name, 1, 1)).join('\n'))).toBeNull();
  });

  test('ignores the short lines of old kernels for partitions', () => {
    expect(parseDiskstats(`${line('hda', 1, 1)}\n   3    1 hda1 35486 38030 38030 38030\n`)?.size).toBe(1);
  });
});

describe('the mean frequency of the processors', () => {
  test('is read from /proc/cpuinfo of x86', () => {
    const text =
      'processor\t: 0\ncpu MHz\t\t: 2599.998\ncache size\t: 1024 KB\n\nprocessor\t: 1\ncpu MHz\t\t: 1400.002\n';
    expect(parseCpuinfoMhz(text)).toBe(2000);
  });

  test('is read from /proc/cpuinfo of POWER and s390', () => {
    expect(parseCpuinfoMhz('processor\t: 0\ncpu\t\t: POWER9\nclock\t\t: 3425.000000MHz\n')).toBe(3425);
    expect(parseCpuinfoMhz('cpu MHz dynamic : 5200\ncpu MHz static  : 5208\n')).toBe(5200);
  });

  test('is null if /proc/cpuinfo contains no frequency or zero', () => {
    expect(parseCpuinfoMhz('processor\t: 0\nBogoMIPS\t: 108.00\nFeatures\t: fp asimd\n')).toBeNull();
    expect(parseCpuinfoMhz('cpu MHz\t\t: 0.000\n')).toBeNull();
  });

  test('is the mean of the known scaling frequencies, which are in kHz', () => {
    expect(parseScalingFrequencies(['1500000\n', '2400000\n', '<unknown>\n', ''])).toBe(1950);
    expect(parseScalingFrequencies([])).toBeNull();
  });
});

test('parseOsRelease returns the name of a distribution with and without quotes', () => {
  expect(parseOsRelease('NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\n')).toBe(
    'Debian GNU/Linux 13 (trixie)',
  );
  expect(parseOsRelease('PRETTY_NAME=Alpine\n')).toBe('Alpine');
  expect(parseOsRelease(String.raw`PRETTY_NAME="The \"OS\""`)).toBe('The "OS"');
});
