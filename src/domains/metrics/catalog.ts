import { AppError } from '../../errors.ts';
import type { Metric } from './events.ts';
import type { MetricsConfig } from './config.ts';

/** A series without a value for this time does not count, and is not shown. */
export const staleAfterMs = 24 * 3_600_000;
const sweepEveryMs = 60_000;

/**
 * The series that have a value, and the bounds on their number. Memory and the work of every subscriber grow with it.
 */
export class MetricCatalog {
  readonly #bounds: MetricsConfig;
  readonly #series = new Map<string, { readonly subject: string; sampledAt: number }>();
  readonly #bySubject = new Map<string, number>();
  #sweptAt = Number.NEGATIVE_INFINITY;

  constructor(bounds: MetricsConfig) {
    this.#bounds = bounds;
  }

  /** Adds the series of a value. @throws AppError BAD_USER_INPUT when it is new and there are too many. */
  admit({ id, reportedBy, sampledAt }: Metric): void {
    const known = this.#series.get(id);
    if (known !== undefined) {
      known.sampledAt = Math.max(known.sampledAt, sampledAt);
      return;
    }
    const { seriesMax, seriesPerSubjectMax } = this.#bounds;
    if (this.#series.size >= seriesMax) throw tooMany(`${seriesMax} series (METRIC_SERIES_MAX)`);
    const own = this.#bySubject.get(reportedBy) ?? 0;
    if (own >= seriesPerSubjectMax)
      throw tooMany(`${seriesPerSubjectMax} series of one credential (METRIC_SERIES_MAX_PER_SUBJECT)`);
    this.#series.set(id, { subject: reportedBy, sampledAt });
    this.#bySubject.set(reportedBy, own + 1);
  }

  /** Removes the series without a recent value, at most once a minute, and returns their ids. */
  sweep(now: number): readonly string[] {
    if (now - this.#sweptAt < sweepEveryMs) return [];
    this.#sweptAt = now;
    const stale = [...this.#series].filter(([, { sampledAt }]) => now - sampledAt > staleAfterMs);
    for (const [id, { subject }] of stale) {
      this.#series.delete(id);
      const left = (this.#bySubject.get(subject) ?? 1) - 1;
      if (left === 0) this.#bySubject.delete(subject);
      else this.#bySubject.set(subject, left);
    }
    return stale.map(([id]) => id);
  }
}

function tooMany(most: string): AppError {
  const allowed = `a series that exists: there are ${most} already, counting those with a value in the last 24 hours`;
  return new AppError('BAD_USER_INPUT', `labels must be those of ${allowed}.`, {
    details: { field: 'labels', allowed },
  });
}
