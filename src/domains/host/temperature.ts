import { largest } from '../../lib/extremes.ts';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One sensor: `coretemp` with `Package id 0`, or a thermal zone by its type and without a label. */
export interface Sensor {
  readonly chip: string;
  readonly label: string;
  readonly celsius: number;
}

/** Chips that are in the processor, the most trusted first. A mainboard's (`acpitz`) say nothing of it. */
const CPU_CHIPS = [
  /^coretemp$/,
  /^(?:k10temp|k8temp|zenpower)$/,
  /^(?:cpu|soc)[_-]?thermal/,
  /^x86_pkg_temp$/,
  /cpu/,
];
/** The whole processor, where a chip has sensors for its parts as well; Tctl is Tdie plus an offset on some. */
const WHOLE = [/^package id/i, /^tdie$/i, /^tctl$/i];
const CELSIUS_MIN = -50;
const CELSIUS_MAX = 150;

/** The hottest processor of the machine; null when none of the sensors is a processor's. */
export function cpuTemperature(sensors: readonly Sensor[]): number | null {
  const sane = sensors.filter(({ celsius }) => celsius > CELSIUS_MIN && celsius < CELSIUS_MAX);
  const ofCpu = firstMatching(sane, CPU_CHIPS, ({ chip }) => chip);
  const whole = firstMatching(ofCpu, WHOLE, ({ label }) => label);
  const chosen = whole.length > 0 ? whole : ofCpu;
  return largest(chosen.map(({ celsius }) => celsius));
}

/** All sensors under `/sys/class`; only those of processors are asked, for others can be slow to answer. */
export async function readSensors(classDir: string): Promise<readonly Sensor[]> {
  const [chips, zones] = await Promise.all([
    folders(join(classDir, 'hwmon'), /^hwmon\d+$/),
    folders(join(classDir, 'thermal'), /^thermal_zone\d+$/),
  ]);
  const found = await Promise.all([...chips.map(readChip), ...zones.map(readZone)]);
  return found.flat();
}

async function readChip(dir: string): Promise<readonly Sensor[]> {
  const chip = (await line(join(dir, 'name'))) ?? '';
  if (!isCpu(chip)) return [];
  const inputs = await folders(dir, /^temp\d+_input$/);
  return (
    await Promise.all(
      inputs.map(async (input) => {
        const label = (await line(input.replace(/_input$/, '_label'))) ?? '';
        return sensor(chip, label, await line(input));
      }),
    )
  ).flat();
}

async function readZone(dir: string): Promise<readonly Sensor[]> {
  const chip = (await line(join(dir, 'type'))) ?? '';
  return isCpu(chip) ? sensor(chip, '', await line(join(dir, 'temp'))) : [];
}

function sensor(chip: string, label: string, millidegrees: string | null): readonly Sensor[] {
  if (millidegrees === null || !/^-?\d+$/.test(millidegrees)) return [];
  return [{ chip, label, celsius: Number(millidegrees) / 1000 }];
}

function isCpu(chip: string): boolean {
  return CPU_CHIPS.some((pattern) => pattern.test(chip));
}

/** Those that the first pattern with any match matches. */
function firstMatching<Item>(
  items: readonly Item[],
  patterns: readonly RegExp[],
  name: (item: Item) => string,
): readonly Item[] {
  for (const pattern of patterns) {
    const matching = items.filter((item) => pattern.test(name(item)));
    if (matching.length > 0) return matching;
  }
  return [];
}

async function folders(dir: string, pattern: RegExp): Promise<readonly string[]> {
  const names = await readdir(dir).catch(() => []);
  return names.filter((name) => pattern.test(name)).map((name) => join(dir, name));
}

async function line(path: string): Promise<string | null> {
  return readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
}
