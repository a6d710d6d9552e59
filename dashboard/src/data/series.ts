/** A moment of a series: its time in milliseconds and a value per line. Null: not known. */
export interface Point {
  readonly atMs: number;
  readonly values: readonly (number | null)[];
}

/** How several samples of an interval become one value. */
export type Fold = 'mean' | 'max';

/**
 * Columns as uPlot takes them: times in seconds, then one column per line. Null: a gap. Undefined: the series has no value
 * at this moment, which another one has.
 */
export type Columns = [number[], ...Column[]];
export type Column = (number | null | undefined)[];

/**
 * History and live values of a chart as one line. History ends where the first live value begins, so no moment is
 * missing and none is there twice. Live values are folded into the same intervals as the history, so the line looks
 * the same on both sides.
 */
export class Series {
  readonly lines: readonly Fold[];
  readonly #intervalMs: number;
  #points: Point[] = [];
  /** Samples in the last point, if it is a live one. */
  #samples = 0;
  #firstLiveMs = Infinity;
  /** The usual time between two points of the history, which is sampled less often than live values arrive. */
  #historyStepMs = 35_000;
  /** Where the values end that were known before an interruption. */
  #knownUntilMs = -Infinity;

  /** @param intervalMs the length of an interval of the history. */
  constructor(lines: readonly Fold[], intervalMs: number) {
    this.lines = lines;
    this.#intervalMs = intervalMs;
  }

  /** Adds the history, or what of it was missed in an interruption. */
  addHistory(points: readonly Point[]): void {
    const before = this.#points.filter(({ atMs }) => atMs <= this.#knownUntilMs && atMs < this.#firstLiveMs);
    const after = this.#points.filter(({ atMs }) => atMs >= this.#firstLiveMs);
    const between = points.filter(({ atMs }) => atMs > this.#knownUntilMs && atMs < this.#firstLiveMs);
    this.#points = [...before, ...between, ...after];
    if (points.length > 2) this.#historyStepMs = usualStepMs(points);
  }

  /** From now on, values were missed: the history since the last known value has to be added. */
  interrupt(): void {
    this.#knownUntilMs = this.#points.at(-1)?.atMs ?? -Infinity;
    this.#firstLiveMs = Infinity;
    this.#samples = 0;
  }

  add({ atMs, values }: Point): void {
    const last = this.#points.at(-1);
    if (last !== undefined && this.#firstLiveMs !== Infinity && atMs <= last.atMs) return;
    if (this.#firstLiveMs === Infinity) {
      this.#firstLiveMs = atMs;
      this.#points = this.#points.filter((point) => point.atMs < atMs);
    }
    const isSameInterval =
      last !== undefined &&
      this.#samples > 0 &&
      Math.floor(last.atMs / this.#intervalMs) === Math.floor(atMs / this.#intervalMs);
    if (!isSameInterval) {
      this.#samples = 1;
      this.#points.push({ atMs, values });
      return;
    }
    const samples = (this.#samples += 1);
    const folded = values.map((value, line) => {
      const before = last.values[line] ?? null;
      if (value === null || before === null) return value ?? before;
      return this.lines[line] === 'max' ? Math.max(before, value) : before + (value - before) / samples;
    });
    this.#points[this.#points.length - 1] = { atMs, values: folded };
    // The first live value stays where the history ends.
    if (this.#firstLiveMs === last.atMs) this.#firstLiveMs = atMs;
  }

  /** Removes what has left the range. */
  trim(fromMs: number): void {
    const first = this.#points.findIndex(({ atMs }) => atMs >= fromMs);
    if (first > 0) this.#points.splice(0, first);
  }

  /** The columns, with a gap where values are missing for much longer than usual. */
  columns(): Columns {
    const gapMs = Math.max(3 * this.#intervalMs, 3.5 * this.#historyStepMs);
    const times: number[] = [];
    const columns = this.lines.map((): (number | null)[] => []);
    const push = (atMs: number, values: readonly (number | null)[]): void => {
      times.push(atMs / 1_000);
      for (const [line, column] of columns.entries()) column.push(values[line] ?? null);
    };
    let previousMs: number | null = null;
    for (const { atMs, values } of this.#points) {
      if (previousMs !== null && atMs - previousMs > gapMs) push((previousMs + atMs) / 2, []);
      push(atMs, values);
      previousMs = atMs;
    }
    return [times, ...columns];
  }
}

function usualStepMs(points: readonly Point[]): number {
  const steps = points.slice(1).map(({ atMs }, index) => atMs - (points[index]?.atMs ?? atMs));
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
}
