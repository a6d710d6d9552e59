import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nvidiaSmiArguments, parseGpu } from './nvidia-smi.ts';

const UUID = 'GPU-004f693d-767b-b215-b4a9-a18af0ffd643';

describe('parseGpu', () => {
  test('reads a line', () => {
    expect(parseGpu(`0, ${UUID}, NVIDIA H200, 86, 10032, 143771, 54, 329.17, 1980, 30`)).toEqual({
      gpuId: 0,
      uuid: UUID,
      name: 'NVIDIA H200',
      percent: 86,
      memoryUsedMb: 10032,
      memoryTotalMb: 143771,
      temperatureC: 54,
      powerW: 329.17,
      clockMhz: 1980,
      fanPercent: 30,
    });
  });

  test.each(['[N/A]', '[Not Supported]', '[Unknown Error]', '[GPU requires reset]', 'N/A', 'ERR!', ''])(
    'takes %j as unknown',
    (unknown) => {
      expect(parseGpu(`3, ${unknown}, ${unknown}${`, ${unknown}`.repeat(7)}`)).toEqual({
        gpuId: 3,
        uuid: null,
        name: null,
        percent: null,
        memoryUsedMb: null,
        memoryTotalMb: null,
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
  ])('reads the name %s', (name, expected) => {
    const gpu = parseGpu(`1, ${UUID}, ${name}, 1, 2, 3, 4, 5.5, 6, [N/A]`);
    expect(gpu).toMatchObject({ name: expected, percent: 1, powerW: 5.5, clockMhz: 6, fanPercent: null });
  });

  test('shows no percent beyond 100 and no amount below 0', () => {
    expect(parseGpu(`0, ${UUID}, n, 4294967295, -1, 80, -3, -5, 7, 104`)).toMatchObject({
      percent: null,
      memoryUsedMb: null,
      memoryTotalMb: 80,
      temperatureC: -3,
      powerW: null,
      clockMhz: 7,
      fanPercent: 100,
    });
  });

  test('loses a field that it does not understand, and that alone', () => {
    const known = {
      gpuId: 0,
      uuid: UUID,
      name: 'n',
      percent: 1,
      memoryUsedMb: 2,
      memoryTotalMb: 3,
      temperatureC: 4,
    };
    const others = { powerW: 5, clockMhz: 6, fanPercent: 7 };
    expect(parseGpu(`0, ${UUID}, n, one, 2, 3, 4, 5, 6, 7`)).toEqual({ ...known, ...others, percent: null });
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
  ])('finds no GPU in %j', (line) => {
    expect(parseGpu(line)).toBeNull();
  });

  test('takes any text', () => {
    const field = fc.oneof(fc.string(), fc.integer().map(String), fc.constantFrom('[N/A]', '"', ''));
    fc.assert(
      fc.property(fc.array(field, { maxLength: 14 }), (fields) => {
        const gpu = parseGpu(fields.join(','));
        expect(gpu === null || Number.isInteger(gpu.gpuId)).toBe(true);
      }),
    );
  });
});

test('asks for what it reads, at the pace it is told', () => {
  expect(nvidiaSmiArguments(2000)).toEqual([
    '--query-gpu=index,uuid,name,utilization.gpu,memory.used,memory.total,temperature.gpu,power.draw,clocks.gr,fan.speed',
    '--format=csv,noheader,nounits',
    '--loop-ms=2000',
  ]);
});
