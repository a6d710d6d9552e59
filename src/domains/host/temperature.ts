import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { largest } from '../../lib/extremes.ts';

/** A sensor of a chip, as in `coretemp` with the label `Package id 0`; or a thermal zone by its type, without a label. */
export interface Sensor {
  readonly chip: string;
  readonly label: string;
  readonly celsius: number;
}

/** Chips in the processor, the most reliable first. Sensors of the mainboard (`acpitz`) do not measure the processor. */
const cpuChips = [
  /^coretemp$/,
  /^(?:k10temp|k8temp|zenpower)$/,
  /^(?:cpu|soc)[_-]?thermal/,
  /^x86_pkg_temp$/,
  /cpu/,
];
/** The whole processor, on chips that also measure its parts. On some, Tctl is Tdie plus an offset. */
const wholeCpuLabels = [/^package id/i, /^tdie$/i, /^tctl$/i];
const celsiusMin = -50;
const celsiusMax = 150;

/** The temperature of the hottest processor; null if no sensor measures a processor. */
export function cpuTemperature(sensors: readonly Sensor[]): number | null {
  const plausible = sensors.filter(({ celsius }) => celsius > celsiusMin && celsius < celsiusMax);
  const ofCpu = firstMatching(plausible, cpuChips, ({ chip }) => chip);
  const ofWholeCpu = firstMatching(ofCpu, wholeCpuLabels, ({ label }) => label);
  const chosen = ofWholeCpu.length > 0 ? ofWholeCpu : ofCpu;
  return largest(chosen.map(({ celsius }) => celsius));
}

/** The processor sensors under `/sys/class`. Other sensors are not read, because they can be slow. */
export async function readSensors(classDir: string): Promise<readonly Sensor[]> {
  const [chips, zones] = await Promise.all([
    pathsIn(join(classDir, 'hwmon'), /^hwmon\d+$/),
    pathsIn(join(classDir, 'thermal'), /^thermal_zone\d+$/),
  ]);
  return (await Promise.all([...chips.map(readChip), ...zones.map(readZone)])).flat();
}

async function readChip(dir: string): Promise<readonly Sensor[]> {
  const chip = await read(join(dir, 'name'));
  if (!isCpu(chip)) return [];
  const inputs = await pathsIn(dir, /^temp\d+_input$/);
  const sensors = inputs.map(async (input) =>
    sensor(chip, await read(input.replace(/_input$/, '_label')), await read(input)),
  );
  return (await Promise.all(sensors)).flat();
}

async function readZone(dir: string): Promise<readonly Sensor[]> {
  const chip = await read(join(dir, 'type'));
  return isCpu(chip) ? sensor(chip, '', await read(join(dir, 'temp'))) : [];
}

function sensor(chip: string, label: string, millidegrees: string): readonly Sensor[] {
  return /^-?\d+$/.test(millidegrees) ? [{ chip, label, celsius: Number(millidegrees) / 1_000 }] : [];
}

function isCpu(chip: string): boolean {
  return cpuChips.some((pattern) => pattern.test(chip));
}

/** The items that match the first pattern with a match. */
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

async function pathsIn(dir: string, pattern: RegExp): Promise<readonly string[]> {
  const names = await readdir(dir).catch(() => []);
  return names.filter((name) => pattern.test(name)).map((name) => join(dir, name));
}

/** The text of a file; empty if it cannot be read. */
async function read(path: string): Promise<string> {
  return (await readFile(path, 'utf8').catch(() => '')).trim();
}
