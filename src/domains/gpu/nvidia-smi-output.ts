import { round } from '../../lib/round.ts';
import type { Gpu } from './events.ts';

/** The arguments of nvidia-smi, and the parser of the lines that it prints with them. */

const fieldNames = [
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
const fieldsBeforeName = 2;
const fieldsAfterName = 7;
/** More than any machine has; a line with a higher index does not describe a GPU. */
const gpusMax = 256;
/** `[N/A]`, `[Not Supported]`, `[Unknown Error]`, `[GPU requires reset]`, `N/A`, `ERR!`. */
const unknownField = /^(?:\[.*\]|N\/A|ERR!|)$/i;

/** Prints a line per GPU in each interval. */
export function nvidiaSmiArguments(intervalMs: number): readonly string[] {
  return [
    `--query-gpu=${fieldNames.join(',')}`,
    '--format=csv,noheader,nounits',
    `--loop-ms=${Math.round(intervalMs)}`,
  ];
}

/** Parses a line. Null: it does not describe a GPU. A failing driver prints such lines between the others. */
export function parseGpu(line: string): Gpu | null {
  const fields = line.split(',').map((field) => field.trim());
  const [number = '', uuid = ''] = fields;
  if (fields.length < fieldNames.length || !/^\d{1,3}$/.test(number)) return null;
  const index = Number(number);
  if (index >= gpusMax) return null;
  // A name can contain commas, so the fields after it are counted from the end.
  const measured = fields.slice(-fieldsAfterName);
  // The id proves that the line describes a GPU; then a field that cannot be parsed is null.
  const hasId = /^(?:GPU|MIG)-/.test(uuid);
  if (!hasId && !measured.every((field) => numberOf(field) !== null || unknownField.test(field))) return null;
  const [busy, memoryUsed, memoryTotal, temperature, power, clock, fan] = measured.map(numberOf);
  return {
    index,
    uuid: textOf(uuid),
    name: textOf(fields.slice(fieldsBeforeName, -fieldsAfterName).join(', ')),
    busyPercent: percentOf(busy),
    memoryUsedBytes: bytesOf(memoryUsed),
    memoryTotalBytes: bytesOf(memoryTotal),
    temperatureC: temperature ?? null,
    powerW: amountOf(power),
    clockMhz: amountOf(clock),
    // Drivers report fan speeds above the maximum.
    fanPercent: percentOf(fan && Math.min(fan, 100)),
  };
}

/** Without a unit, as requested, or with the unit that some drivers print nevertheless. */
function numberOf(field: string): number | null {
  const number = /^(-?\d{1,15}(?:\.\d{1,15})?)(?: (?:%|MiB|W|MHz|C))?$/.exec(field)?.[1];
  return number === undefined ? null : round(Number(number), 2);
}

function textOf(field: string): string | null {
  const text = /^"(.*)"$/.exec(field)?.[1]?.trim() ?? field;
  return unknownField.test(text) ? null : text;
}

function amountOf(value: number | null | undefined): number | null {
  return value === null || value === undefined || value < 0 ? null : value;
}

/** nvidia-smi prints sizes in MiB. */
function bytesOf(value: number | null | undefined): number | null {
  const mebibytes = amountOf(value);
  return mebibytes === null ? null : Math.round(mebibytes * 2 ** 20);
}

function percentOf(value: number | null | undefined): number | null {
  const amount = amountOf(value);
  return amount === null || amount > 100 ? null : amount;
}

/**
 * Assembles GPUs to readings of all GPUs. nvidia-smi prints the GPUs in the order of their indexes and does not mark the
 * end of a reading. So a reading is complete when it has as many GPUs as the previous one, when the next one begins, or
 * when no further GPU follows for a while. A GPU that arrives later completes the same reading again.
 */
export class ReadingAssembler {
  #gpus: readonly Gpu[] = [];
  #isReturned = false;
  #expected = Number.POSITIVE_INFINITY;

  /** @returns the newest complete reading, if this GPU completes one. */
  add(gpu: Gpu): readonly Gpu[] | null {
    const last = this.#gpus.at(-1);
    let finished: readonly Gpu[] | null = null;
    if (last !== undefined && gpu.index <= last.index) {
      finished = this.flush();
      this.#expected = this.#gpus.length;
      this.#gpus = [];
    }
    this.#gpus = [...this.#gpus, gpu];
    this.#isReturned = false;
    return this.#gpus.length >= this.#expected ? this.flush() : finished;
  }

  /** Call this when no further GPU follows. @returns the current reading, unless it was returned before. */
  flush(): readonly Gpu[] | null {
    if (this.#isReturned || this.#gpus.length === 0) return null;
    this.#isReturned = true;
    return this.#gpus;
  }
}
