import type { GaugeRecorder, RecordedGauge } from '../../journal/gauge-recorder.ts';
import { append } from '../../lib/append.ts';
import { inTurns } from '../../lib/in-turns.ts';
import { metricReported, type Metric } from './events.ts';
import { checkedMetric } from './series.ts';

/** A value before it is checked. */
export type ReportedMetric = Omit<Metric, 'id' | 'series'>;

/** Values that are stored together or rejected together, such as the buckets of a histogram; or why they are invalid. */
export type ReportedPoint = readonly ReportedMetric[] | string;

/** Points that are checked before other work runs: a few milliseconds. */
const turnMax = 200;

/** Why points were rejected, and how many. Empty: all were stored. */
export type Rejected = ReadonlyMap<string, number>;

/**
 * Stores values of metrics that come in other ways than `publish`. Each point is checked for itself: those that are
 * invalid, or of one series too many, are rejected, and the others stored.
 * @param valuesMax of a transaction. Without it all are stored in one, so that either all or none are.
 * @throws AppError OVERLOADED, DATABASE_UNAVAILABLE.
 */
export async function recordMetrics(
  recorder: Pick<GaugeRecorder, 'admit' | 'record'>,
  points: Iterable<ReportedPoint>,
  valuesMax = Number.POSITIVE_INFINITY,
): Promise<Rejected> {
  const admitted: RecordedGauge<Metric>[] = [];
  const rejected = new Map<string, number>();
  for await (const point of inTurns(points, turnMax)) {
    const checked = gaugesOf(point);
    const gauges = typeof checked === 'string' ? [] : checked;
    const problem = typeof checked === 'string' ? checked : recorder.admit(gauges)?.error.message;
    if (problem === undefined) append(admitted, gauges);
    else rejected.set(problem, (rejected.get(problem) ?? 0) + 1);
  }
  for (let at = 0; at < admitted.length; at += valuesMax)
    await recorder.record(admitted.slice(at, at + valuesMax));
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
