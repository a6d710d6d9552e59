import { describe, expect, it } from 'vitest';
import { laterReport, progressPercent, speedSince } from './upload.ts';

const report = (at: number, bytesUploaded: number) => ({ at, bytesUploaded, totalBytes: 1_000 });

describe('the speed of an upload', () => {
  it('is measured between two reports, and the remaining time follows from it', () => {
    expect(speedSince(report(0, 100), report(2_000, 500))).toEqual({
      bytesPerSecond: 200,
      remainingSeconds: 2.5,
    });
  });

  it('is null at the first report, when no time has passed, and after a restart of the upload', () => {
    const unknown = { bytesPerSecond: null, remainingSeconds: null };
    expect(speedSince(null, report(0, 100))).toEqual(unknown);
    expect(speedSince(report(5, 100), report(5, 200))).toEqual(unknown);
    expect(speedSince(report(5, 100), report(4, 200))).toEqual(unknown);
    expect(speedSince(report(5, 100), report(6, 50))).toEqual(unknown);
  });

  it('is zero while no bytes arrive, and the remaining time is then null', () => {
    expect(speedSince(report(0, 100), report(1_000, 100))).toEqual({
      bytesPerSecond: 0,
      remainingSeconds: null,
    });
  });

  it('leaves a remaining time of zero when the upload is complete', () => {
    expect(speedSince(null, report(0, 1_000))).toEqual({ bytesPerSecond: null, remainingSeconds: 0 });
    expect(speedSince(report(0, 0), report(1_000, 1_000))).toEqual({
      bytesPerSecond: 1_000,
      remainingSeconds: 0,
    });
  });

  it('is measured from the report with the latest time, in whatever order reports arrive', () => {
    expect(laterReport(null, report(3, 1))).toMatchObject({ at: 3 });
    expect(laterReport(report(3, 1), report(2, 2))).toMatchObject({ at: 3 });
    expect(laterReport(report(3, 1), report(3, 2))).toMatchObject({ bytesUploaded: 2 });
  });
});

describe('the progress of an upload', () => {
  it.each([
    [0, 3, 0],
    [1, 3, 33.33],
    [2, 3, 66.67],
    [3, 3, 100],
    [9_999_999, 10_000_000, 99.99],
    [2_500_000_000, 10_000_000_000, 25],
  ])('with %i of %i bytes received is %f percent', (bytesUploaded, totalBytes, percent) => {
    expect(progressPercent({ bytesUploaded, totalBytes })).toBe(percent);
  });
});
