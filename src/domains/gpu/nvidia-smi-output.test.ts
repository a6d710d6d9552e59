import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Gpu } from './events.ts';
import { nvidiaSmiArguments, parseGpu, ReadingAssembler } from './nvidia-smi-output.ts';

const UUID = 'GPU-004f693d-767b-b215-b4a9-a18af0ffd643';

describe('parseGpu', () => {
  test('parses a line', () => {
    expect(parseGpu(`0, ${UUID}, NVIDIA H200, 86, 10032, 143771, 54, 329.17, 1980, 30`)).toEqual({
      index: 0,
      uuid: UUID,
      name: 'NVIDIA H200',
      busyPercent: 86,
      memoryUsedBytes: 10032 * 2 ** 20,
      memoryTotalBytes: 143771 * 2 ** 20,
      temperatureC: 54,
      powerW: 329.17,
      clockMhz: 1980,
      fanPercent: 30,
    });
  });

  test.each(['[N/A]', '[Not Supported]', '[Unknown Error]', '[GPU requires reset]', 'N/A', 'ERR!', ''])(
    'returns null for fields with the text %j',
    (unknown) => {
      expect(parseGpu(`3, ${unknown}, ${unknown}${`, ${unknown}`.repeat(7)}`)).toEqual({
        index: 3,
        uuid: null,
        name: null,
        busyPercent: null,
        memoryUsedBytes: null,
        memoryTotalBytes: null,
        temperatureC: null,
        powerW: null,
        clockMhz: null,
        fanPercent: null,
      });
    },
  );

  test.each([
    ['NVIDIA A100-SXM4-80GB', 'NVIDIA A100-SXM4-80GB'],
    ['Quadro, the odd one, 8GB', 'Quadro, the odd one, 8GB'],
    ['"Quoted, with commas"', 'Quoted, with commas'],
    ['8', '8'],
  ])('parses the name %s', (name, expected) => {
    const gpu = parseGpu(`1, ${UUID}, ${name}, 1, 2, 3, 4, 5.5, 6, [N/A]`);
    expect(gpu).toMatchObject({ name: expected, busyPercent: 1, powerW: 5.5, clockMhz: 6, fanPercent: null });
  });

  test('returns null for percentages above 100 and negative amounts, and limits the fan to 100 %', () => {
    expect(parseGpu(`0, ${UUID}, n, 4294967295, -1, 80, -3, -5, 7, 104`)).toMatchObject({
      busyPercent: null,
      memoryUsedBytes: null,
      memoryTotalBytes: 80 * 2 ** 20,
      temperatureC: -3,
      powerW: null,
      clockMhz: 7,
      fanPercent: 100,
    });
  });

  test('returns null for a field that it cannot parse, and the values of the others', () => {
    const known = {
      index: 0,
      uuid: UUID,
      name: 'n',
      busyPercent: 1,
      memoryUsedBytes: 2 * 2 ** 20,
      memoryTotalBytes: 3 * 2 ** 20,
      temperatureC: 4,
    };
    const others = { powerW: 5, clockMhz: 6, fanPercent: 7 };
    expect(parseGpu(`0, ${UUID}, n, one, 2, 3, 4, 5, 6, 7`)).toEqual({
      ...known,
      ...others,
      busyPercent: null,
    });
    expect(parseGpu(`0, ${UUID}, n, 1, 2, 3, 4, 5, 6 in all, 7`)).toEqual({
      ...known,
      ...others,
      clockMhz: null,
    });
    expect(parseGpu(`0, ${UUID}, n, 1 %, 2 MiB, 3 MiB, 4, 5 W, 6 MHz, 7 %`)).toEqual({ ...known, ...others });
  });

  test.each([
    '',
    'No devices were found',
    'index, uuid, name, utilization.gpu [%], memory.used [MiB], memory.total [MiB], temperature.gpu, power.draw [W], clocks.current.graphics [MHz], fan.speed [%]',
    'Unable to determine the device handle for GPU 0000:0B:00.0: Unknown Error',
    'Failed to initialize NVML: Driver/library version mismatch',
    `0, ${UUID}, n, 1, 2, 3`,
    `256, ${UUID}, n, 1, 2, 3, 4, 5, 6, 7`,
    `-1, ${UUID}, n, 1, 2, 3, 4, 5, 6, 7`,
    '0, abc, n, one, 2, 3, 4, 5, 6, 7',
  ])('returns null for the line %j', (line) => {
    expect(parseGpu(line)).toBeNull();
  });

  test('accepts any text without an exception', () => {
    const field = fc.oneof(fc.string(), fc.integer().map(String), fc.constantFrom('[N/A]', '"', ''));
    fc.assert(
      fc.property(fc.array(field, { maxLength: 14 }), (fields) => {
        const gpu = parseGpu(fields.join(','));
        expect(gpu === null || Number.isInteger(gpu.index)).toBe(true);
      }),
    );
  });
});

test('nvidiaSmiArguments requests the fields that it parses, at the given interval', () => {
  expect(nvidiaSmiArguments(2000)).toEqual([
    '--query-gpu=index,uuid,name,utilization.gpu,memory.used,memory.total,temperature.gpu,power.draw,clocks.gr,fan.speed',
    '--format=csv,noheader,nounits',
    '--loop-ms=2000',
  ]);
});

const gpu = (index: number): Gpu => parseGpu(`${index}, GPU-${index}, n, 1, 2, 3, 4, 5, 6, 7`) as Gpu;

/** The readings that are complete after each of these indexes; `-` flushes. */
function readingsAfter(...steps: readonly (number | '-')[]): readonly (string | null)[] {
  const assembler = new ReadingAssembler();
  return steps.map((step) => {
    const reading = step === '-' ? assembler.flush() : assembler.add(gpu(step));
    return reading === null ? null : reading.map(({ index }) => index).join('+');
  });
}

describe('ReadingAssembler', () => {
  test('returns the first reading when it is flushed, and the next ones with their last GPU', () => {
    expect(readingsAfter(0, 1, '-', 0, 1, '-', 0, 1)).toEqual([
      null,
      null,
      '0+1',
      null,
      '0+1',
      null,
      null,
      '0+1',
    ]);
  });

  test('returns the first reading when the next one begins', () => {
    expect(readingsAfter(0, 1, 0, 1)).toEqual([null, null, '0+1', '0+1']);
  });

  test('returns readings with fewer GPUs after a GPU is lost', () => {
    expect(readingsAfter(0, 1, '-', 1, '-', 1)).toEqual([null, null, '0+1', null, '1', '1']);
    expect(readingsAfter(0, 1, 0, 1, 0, 0)).toEqual([null, null, '0+1', '0+1', null, '0']);
  });

  test('adds a GPU that comes back to the reading that was returned already', () => {
    expect(readingsAfter(0, '-', 0, 1, 0, 1)).toEqual([null, '0', '0', '0+1', null, '0+1']);
  });

  test('returns nothing without GPUs', () => {
    expect(readingsAfter('-', '-')).toEqual([null, null]);
  });
});
