import type { GaugeRecorder, RecordedGauge } from '../../journal/gauge-recorder.ts';
import { metricReported, type Metric } from './events.ts';
import { checkedMetric } from './series.ts';

/** What became of values. */
export interface Recorded {
  readonly stored: number;
  /** Why values were rejected, and how many. */
  readonly rejected: ReadonlyMap<string, number>;
}

/** Values in one transaction. */
const chunkMax = 2_000;

/**
 * Stores values of metrics that come in other ways than `publish`. Each is checked for itself: those that are invalid, or
 * of one series too many, are rejected, and the others stored.
 * @throws AppError OVERLOADED, DATABASE_UNAVAILABLE; then some of the values may be stored.
 */
export async function recordMetrics(
  recorder: Pick<GaugeRecorder, 'admit' | 'record'>,
  values: Iterable<Omit<Metric, 'id' | 'series'>>,
): Promise<Recorded> {
  const gauges: RecordedGauge<Metric>[] = [];
  const rejected = new Map<string, number>();
  const reject = (reason: string): void => void rejected.set(reason, (rejected.get(reason) ?? 0) + 1);
  for (const value of values) {
    const payload = checkedMetric(value);
    if (typeof payload === 'string') {
      reject(payload);
      continue;
    }
    const gauge = { topic: metricReported, key: payload.id, payload, occurredAt: payload.sampledAt };
    const rejection = recorder.admit([gauge]);
    if (rejection === null) gauges.push(gauge);
    else reject(rejection.error.message);
  }
  for (let at = 0; at < gauges.length; at += chunkMax) await recorder.record(gauges.slice(at, at + chunkMax));
  return { stored: gauges.length, rejected };
}
