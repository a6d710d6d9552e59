import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MovingMean } from './moving-mean.ts';

const windowMs = 30_000;

function meanOf(samples: readonly (readonly [at: number, value: number | null])[], now: number) {
  const mean = new MovingMean(windowMs);
  for (const [at, value] of samples) mean.add(at, value);
  return mean.at(now);
}

describe('the mean of the last 30 seconds', () => {
  it('is null until samples cover most of the window', () => {
    const samples = [0, 5, 10, 15, 20].map((second) => [second * 1000, 90] as const);
    expect(meanOf([], 0)).toBeNull();
    expect(meanOf(samples, 20_000)).toBeNull();
    expect(meanOf([...samples, [25_000, 90]], 25_000)).toBe(90);
  });

  it('weights a sample by the time that it covers', () => {
    // ten seconds at 100, then twenty seconds at 10 with ten times as many samples
    const dense = Array.from({ length: 20 }, (_, index) => [11_000 + index * 1000, 10] as const);
    expect(meanOf([[0, 50], [10_000, 100], ...dense], 30_000)).toBeCloseTo(40);
  });

  it('ignores samples before the window, and the part of a sample that is before it', () => {
    const before: readonly (readonly [number, number])[] = [
      [0, 50],
      [20_000, 100],
    ];
    expect(meanOf([...before, [50_000, 10]], 50_000)).toBe(10);
    expect(meanOf([...before, [40_000, 10]], 40_000)).toBeCloseTo((10 * 100 + 20 * 10) / 30);
  });

  it('is null when measurements failed in too much of the window', () => {
    const samples = [0, 10, 20, 30].map((second) => [second * 1000, second === 20 ? null : 90] as const);
    expect(meanOf(samples, 30_000)).toBeNull();
    const early = [0, 30_000].map((at) => [at, 90] as const);
    expect(meanOf(early, 45_000)).toBeNull();
  });

  it('is the same whatever the number of samples', () => {
    const every = (ms: number) =>
      Array.from(
        { length: 60_000 / ms + 1 },
        (_, index) => [index * ms, index * ms <= 45_000 ? 20 : 40] as const,
      );
    expect(meanOf(every(10), 60_000)).toBeCloseTo(meanOf(every(1_000), 60_000) ?? Number.NaN, 0);
    expect(meanOf(every(10), 60_000)).toBeCloseTo(30, 0);
  });

  it('is between the smallest and the largest sample', () => {
    const values = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 30, maxLength: 60 });
    fc.assert(
      fc.property(values, (list) => {
        const now = (list.length - 1) * 1000;
        const samples = list.map((value, index) => [index * 1000, value] as const);
        const mean = meanOf(samples, now) ?? Number.NaN;
        expect(mean).toBeGreaterThanOrEqual(Math.min(...list.slice(1)) - 1e-9);
        expect(mean).toBeLessThanOrEqual(Math.max(...list.slice(1)) + 1e-9);
      }),
    );
  });
});
