import type { GaugeRecorder, RecordedGauge } from '../../journal/gauge-recorder.ts';
import { append } from '../../lib/append.ts';
import { metricReported, type Metric } from './events.ts';
import { checkedMetric } from './series.ts';

/** A value before it is checked. */
export type ReportedMetric = Omit<Metric, 'id' | 'series'>;

/** Values that are stored together or rejected together, such as the buckets of a histogram; or why they are invalid. */
export type ReportedPoint = readonly ReportedMetric[] | string;

/** Why points were rejected, and how many. Empty: all were stored. */
export type Rejected = ReadonlyMap<string, number>;

/**
 * Stores values of metrics that come in other ways than `publish`, in one transaction. Each point is checked for itself:
 * those that are invalid, or of one series too many, are rejected, and the others stored.
 * @throws AppError OVERLOADED, DATABASE_UNAVAILABLE; then none is stored.
 */
export async function recordMetrics(
  recorder: Pick<GaugeRecorder, 'admit' | 'record'>,
  points: Iterable<ReportedPoint>,
): Promise<Rejected> {
  const admitted: RecordedGauge<Metric>[] = [];
  const rejected = new Map<string, number>();
  for (const point of points) {
    const checked = gaugesOf(point);
    const gauges = typeof checked === 'string' ? [] : checked;
    const problem = typeof checked === 'string' ? checked : recorder.admit(gauges)?.error.message;
    if (problem === undefined) append(admitted, gauges);
    else rejected.set(problem, (rejected.get(problem) ?? 0) + 1);
  }
  if (admitted.length > 0) await recorder.record(admitted);
  return rejected;
}

function gaugesOf(point: ReportedPoint): readonly RecordedGauge<Metric>[] | string {
  if (typeof point === 'string') return point;
  const gauges: RecordedGauge<Metric>[] = [];
  for (const value of point) {
    const payload = checkedMetric(value);
    if (typeof payload === 'string') return payload;
    gauges.push({ topic: metricReported, key: payload.id, payload, occurredAt: payload.sampledAt });
  }
  return gauges;
}
