/** How many statements are remembered; under more load the window is shorter. */
const samplesMax = 4_096;

/** The end times and durations of recent statements, both in milliseconds of one monotonic clock. */
export class QueryTimes {
  readonly #endedAt = new Float64Array(samplesMax);
  readonly #durations = new Float64Array(samplesMax);
  #count = 0;

  add(endedAtMs: number, durationMs: number): void {
    const slot = this.#count % samplesMax;
    this.#endedAt[slot] = endedAtMs;
    this.#durations[slot] = durationMs;
    this.#count += 1;
  }

  /** The mean duration of statements that ended at `sinceMs` or later; null without any. */
  meanSince(sinceMs: number): number | null {
    let sum = 0;
    let samples = 0;
    const oldest = Math.max(0, this.#count - samplesMax);
    for (let at = this.#count - 1; at >= oldest; at -= 1) {
      const slot = at % samplesMax;
      if ((this.#endedAt[slot] ?? 0) < sinceMs) break;
      sum += this.#durations[slot] ?? 0;
      samples += 1;
    }
    return samples === 0 ? null : sum / samples;
  }
}
