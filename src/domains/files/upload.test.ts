import { describe, expect, it } from 'vitest';
import { laterReport, paceOf, progressPercent } from './upload.ts';

const report = (at: number, bytesUploaded: number) => ({ at, bytesUploaded, totalBytes: 1_000 });

describe('the speed of an upload', () => {
  it('is that between two reports, and the rest takes as long as it says', () => {
    expect(paceOf(report(0, 100), report(2_000, 500))).toEqual({
      bytesPerSecond: 200,
      remainingSeconds: 2.5,
    });
  });

  it('cannot be said at the first report, without time between, and of an upload that began anew', () => {
    const unknown = { bytesPerSecond: null, remainingSeconds: null };
    expect(paceOf(null, report(0, 100))).toEqual(unknown);
    expect(paceOf(report(5, 100), report(5, 200))).toEqual(unknown);
    expect(paceOf(report(5, 100), report(4, 200))).toEqual(unknown);
    expect(paceOf(report(5, 100), report(6, 50))).toEqual(unknown);
  });

  it('is zero while nothing comes, and then nobody knows how long the rest takes', () => {
    expect(paceOf(report(0, 100), report(1_000, 100))).toEqual({ bytesPerSecond: 0, remainingSeconds: null });
  });

  it('leaves nothing to wait for once everything is there', () => {
    expect(paceOf(null, report(0, 1_000))).toEqual({ bytesPerSecond: null, remainingSeconds: 0 });
    expect(paceOf(report(0, 0), report(1_000, 1_000))).toEqual({
      bytesPerSecond: 1_000,
      remainingSeconds: 0,
    });
  });

  it('is measured from the report with the latest time, whatever order they come in', () => {
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
  ])('of %i of %i bytes is %f percent', (bytesUploaded, totalBytes, percent) => {
    const upload = { uploadId: 'u', filename: 'f', bytesPerSecond: null, remainingSeconds: null };
    expect(progressPercent({ ...upload, bytesUploaded, totalBytes })).toBe(percent);
  });
});
