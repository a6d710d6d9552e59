import { describe, expect, it } from 'vitest';
import { Series, type Point } from '../../dashboard/src/data/series.ts';

function point(second: number, value: number): Point {
  return { atMs: second * 1_000, values: [value] };
}

function shown(series: Series): [number, number | null][] {
  const [times, values = []] = series.columns();
  return times.map((time, index) => [time, values[index] ?? null]);
}

describe('the series of a chart', () => {
  it('ends the history where the first live value begins, whichever arrives first', () => {
    for (const liveFirst of [true, false]) {
      const series = new Series(['mean'], 1_000);
      const history = [point(10, 1), point(20, 2), point(30, 3)];
      if (liveFirst) series.add(point(25, 9));
      series.addHistory(history);
      if (!liveFirst) series.add(point(25, 9));
      series.add(point(26, 8));
      expect(shown(series)).toEqual([
        [10, 1],
        [20, 2],
        [25, 9],
        [26, 8],
      ]);
    }
  });

  it('adds a value that arrives twice once', () => {
    const series = new Series(['mean'], 1_000);
    series.add(point(1, 5));
    series.add(point(1, 5));
    expect(shown(series)).toEqual([[1, 5]]);
  });

  it('folds live values into the intervals of the history: the mean, or the largest', () => {
    const series = new Series(['mean', 'max'], 10_000);
    for (const [second, value] of [
      [10, 1],
      [12, 3],
      [19, 5],
      [20, 7],
    ] as const)
      series.add({ atMs: second * 1_000, values: [value, value] });
    expect(series.columns()).toEqual([
      [19, 20],
      [3, 7],
      [5, 7],
    ]);
  });

  it('fills an interruption from the history and keeps what it had seen', () => {
    const series = new Series(['mean'], 1_000);
    series.addHistory([point(1, 1)]);
    series.add(point(2, 2));
    series.interrupt();
    series.addHistory([point(1, 100), point(2, 100), point(3, 3), point(4, 4)]);
    series.add(point(5, 5));
    expect(shown(series)).toEqual([1, 2, 3, 4, 5].map((second) => [second, second]));
  });

  it('has the last value before an interruption once, if the server sends it again', () => {
    const series = new Series(['mean'], 1_000);
    series.add(point(1, 1));
    series.interrupt();
    series.add(point(1, 1));
    series.addHistory([point(0, 0)]);
    expect(shown(series)).toEqual([[1, 1]]);
  });

  it('shows a gap where samples are missing, and none between samples that are taken seldom', () => {
    const series = new Series(['mean'], 1_000);
    series.addHistory([point(0, 1), point(30, 1), point(60, 1), point(300, 1)]);
    series.add(point(330, 1));
    expect(shown(series)).toEqual([
      [0, 1],
      [30, 1],
      [60, 1],
      [180, null],
      [300, 1],
      [330, 1],
    ]);
  });

  it('forgets what has left the time range', () => {
    const series = new Series(['mean'], 1_000);
    for (let second = 0; second < 10; second += 1) series.add(point(second, second));
    series.trim(7_500);
    expect(shown(series).map(([time]) => time)).toEqual([8, 9]);
  });
});
