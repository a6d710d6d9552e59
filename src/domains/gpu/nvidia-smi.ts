/** The language of nvidia-smi: what we ask it, and how we read a line that it answers with. */
import { round } from '../../lib/round.ts';
import type { Gpu } from './events.ts';

const FIELDS = [
  'index',
  'uuid',
  'name',
  'utilization.gpu',
  'memory.used',
  'memory.total',
  'temperature.gpu',
  'power.draw',
  'clocks.gr',
  'fan.speed',
] as const;
const FIELDS_BEFORE_NAME = 2;
const FIELDS_AFTER_NAME = 7;
/** More than any machine holds; a line that claims a higher index is none of a GPU's. */
const GPUS_MAX = 256;
/** `[N/A]`, `[Not Supported]`, `[Unknown Error]`, `[GPU requires reset]`, `N/A`, `ERR!`. */
const UNKNOWN = /^(?:\[.*\]|N\/A|ERR!|)$/i;

/** Makes it answer again and again, one line for each GPU. */
export function nvidiaSmiArguments(intervalMs: number): readonly string[] {
  return [
    `--query-gpu=${FIELDS.join(',')}`,
    '--format=csv,noheader,nounits',
    `--loop-ms=${Math.round(intervalMs)}`,
  ];
}

/** One line; null for a line that is no GPU's, of which a driver in trouble prints some between the others. */
export function parseGpu(line: string): Gpu | null {
  const fields = line.split(',').map((field) => field.trim());
  if (fields.length < FIELDS.length || !/^\d{1,3}$/.test(fields[0] ?? '')) return null;
  const gpuId = Number(fields[0]);
  if (gpuId >= GPUS_MAX) return null;
  // A name may hold commas, so the fields after it are counted from the end.
  const measured = fields.slice(-FIELDS_AFTER_NAME);
  // With an identifier it is a GPU's, and a field that is not understood costs only that field.
  const isGpu = /^(?:GPU|MIG)-/.test(fields[1] ?? '');
  if (!isGpu && !measured.every((field) => numberOf(field) !== null || UNKNOWN.test(field))) return null;
  const [percent, memoryUsed, memoryTotal, temperature, power, clock, fan] = measured.map(numberOf);
  return {
    gpuId,
    uuid: textOf(fields[1] ?? ''),
    name: textOf(fields.slice(FIELDS_BEFORE_NAME, -FIELDS_AFTER_NAME).join(', ')),
    percent: percentOf(percent),
    memoryUsedMb: amountOf(memoryUsed),
    memoryTotalMb: amountOf(memoryTotal),
    temperatureC: temperature ?? null,
    powerW: amountOf(power),
    clockMhz: amountOf(clock),
    // A fan may be said to turn faster than its maximum.
    fanPercent: percentOf(fan === null || fan === undefined ? fan : Math.min(fan, 100)),
  };
}

/** Without a unit, as we ask for it, or with the one that a driver puts there all the same. */
function numberOf(field: string): number | null {
  const number = /^(-?\d{1,15}(?:\.\d{1,15})?)(?: (?:%|MiB|W|MHz|C))?$/.exec(field)?.[1];
  return number === undefined ? null : round(Number(number), 2);
}

function textOf(field: string): string | null {
  const text = /^"(.*)"$/.exec(field)?.[1]?.trim() ?? field;
  return UNKNOWN.test(text) ? null : text;
}

function amountOf(value: number | null | undefined): number | null {
  return value === null || value === undefined || value < 0 ? null : value;
}

function percentOf(value: number | null | undefined): number | null {
  const amount = amountOf(value);
  return amount === null || amount > 100 ? null : amount;
}

/**
 * Puts single GPUs together to rounds of all of them. nvidia-smi prints them by rising index and does not say where a
 * round ends. So a round is whole when it has as many GPUs as the one before, when the next one begins, or when
 * nothing more has come for a while; a GPU that comes later still makes it whole once more.
 */
export class Rounds {
  #gpus: readonly Gpu[] = [];
  #told = false;
  #expected = Number.POSITIVE_INFINITY;

  /** The newest whole round, if this GPU made one whole. */
  add(gpu: Gpu): readonly Gpu[] | null {
    const last = this.#gpus.at(-1);
    let finished: readonly Gpu[] | null = null;
    if (last !== undefined && gpu.gpuId <= last.gpuId) {
      finished = this.quiet();
      this.#expected = this.#gpus.length;
      this.#gpus = [];
    }
    this.#gpus = [...this.#gpus, gpu];
    this.#told = false;
    return this.#gpus.length >= this.#expected ? this.quiet() : finished;
  }

  /** The round so far, unless it was told already: nothing more has come for a while. */
  quiet(): readonly Gpu[] | null {
    if (this.#told || this.#gpus.length === 0) return null;
    this.#told = true;
    return this.#gpus;
  }
}
