import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cpuTemperature, readSensors } from './temperature.ts';

describe('cpuTemperature', () => {
  const of = (chip: string, ...sensors: [label: string, celsius: number][]) =>
    sensors.map(([label, celsius]) => ({ chip, label, celsius }));

  test('is the temperature of the hottest package, not of a core', () => {
    const packages = of('coretemp', ['Package id 0', 61], ['Core 0', 66], ['Package id 1', 63]);
    expect(cpuTemperature([...of('acpitz', ['', 90]), ...packages])).toBe(63);
  });

  test('is Tdie if there is one, otherwise Tctl', () => {
    expect(cpuTemperature(of('k10temp', ['Tctl', 80], ['Tdie', 70], ['Tccd1', 75]))).toBe(70);
    expect(cpuTemperature(of('k10temp', ['Tctl', 80], ['Tccd1', 85]))).toBe(80);
  });

  test('is the hottest zone on a board without labels', () => {
    expect(cpuTemperature([...of('cpu-thermal', ['', 48.3]), ...of('cpu-thermal', ['', 51])])).toBe(51);
    expect(cpuTemperature([...of('gpu-thermal', ['', 60]), ...of('cpu0-thermal', ['', 44])])).toBe(44);
  });

  test('is null if no sensor measures the processor, and for implausible values', () => {
    expect(cpuTemperature([])).toBeNull();
    expect(cpuTemperature(of('nvme', ['Composite', 40]))).toBeNull();
    expect(cpuTemperature(of('coretemp', ['Package id 0', -273], ['Core 0', 255]))).toBeNull();
  });
});

describe('readSensors', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sensors-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  async function put(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), text);
    }
  }

  test('returns processor chips with labels, and processor zones with types', async () => {
    await put({
      'hwmon/hwmon0/name': 'nvme\n',
      'hwmon/hwmon0/temp1_input': '35850\n',
      'hwmon/hwmon1/name': 'coretemp\n',
      'hwmon/hwmon1/temp1_input': '61000\n',
      'hwmon/hwmon1/temp1_label': 'Package id 0\n',
      'hwmon/hwmon1/temp2_input': 'garbage\n',
      'thermal/thermal_zone0/type': 'x86_pkg_temp\n',
      'thermal/thermal_zone0/temp': '60500\n',
      'thermal/cooling_device0/type': 'Processor\n',
    });
    const sensors = await readSensors(dir);
    expect(sensors).toEqual([
      { chip: 'coretemp', label: 'Package id 0', celsius: 61 },
      { chip: 'x86_pkg_temp', label: '', celsius: 60.5 },
    ]);
    expect(cpuTemperature(sensors)).toBe(61);
  });

  test('returns nothing on a machine without sensors', async () => {
    expect(await readSensors(join(dir, 'absent'))).toEqual([]);
  });
});
