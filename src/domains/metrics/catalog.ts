import { AppError } from '../../errors.ts';
import type { RecordedGauge, Rejection } from '../../journal/gauge-recorder.ts';
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

  /** Adds the series of values: all, or none if one of them would be one too many. */
  admit(gauges: readonly RecordedGauge<Metric>[]): Rejection | null {
    const { seriesMax, seriesPerSubjectMax } = this.#bounds;
    const added = new Set<string>();
    const addedBySubject = new Map<string, number>();
    for (const gauge of gauges) {
      const { id, reportedBy } = gauge.payload;
      if (this.#series.has(id) || added.has(id)) continue;
      if (this.#series.size + added.size >= seriesMax)
        return { gauge, error: tooMany(`${seriesMax} series (METRIC_SERIES_MAX)`) };
      const own = addedBySubject.get(reportedBy) ?? 0;
      if ((this.#bySubject.get(reportedBy) ?? 0) + own >= seriesPerSubjectMax) {
        const most = `${seriesPerSubjectMax} series of one credential (METRIC_SERIES_MAX_PER_SUBJECT)`;
        return { gauge, error: tooMany(most) };
      }
      added.add(id);
      addedBySubject.set(reportedBy, own + 1);
    }
    for (const { payload } of gauges) this.add(payload);
    return null;
  }

  /** Adds the series of a stored value, whatever the bounds: they may have been higher when it was stored. */
  add({ id, reportedBy, sampledAt }: Metric): void {
    const known = this.#series.get(id);
    if (known !== undefined) {
      known.sampledAt = Math.max(known.sampledAt, sampledAt);
      return;
    }
    this.#series.set(id, { subject: reportedBy, sampledAt });
    this.#bySubject.set(reportedBy, (this.#bySubject.get(reportedBy) ?? 0) + 1);
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
