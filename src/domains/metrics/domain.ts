import type { GaugeHandler } from '../../journal/gauge-recorder.ts';
import type { Gauges } from '../../journal/gauges.ts';
import type { Domain } from '../domain.ts';
import { MetricCatalog } from './catalog.ts';
import type { MetricsConfig } from './config.ts';
import { metricReported, type Metric } from './events.ts';
import './graph.ts';
import { readRecentMetrics, retainedMetricSamples, retainedMetricSeries, storeMetrics } from './store.ts';

/** A series whose newest value is older is stored again, in case retention has removed it. */
const storedAgainAfterMs = 3_600_000;

/** Metrics that clients report: of each series the newest value as a gauge, and a history. */
export function metricsDomain(config: MetricsConfig): Domain {
  const catalog = new MetricCatalog(config);
  let gauges: Gauges | null = null;

  const handler: GaugeHandler<Metric> = {
    topic: metricReported,
    admit(recorded) {
      const stale = catalog.sweep(Date.now());
      gauges?.put(stale.map((key) => ({ topic: metricReported, key, payload: null })));
      return catalog.admit(recorded);
    },
    store: (recorded) =>
      storeMetrics(
        recorded.map(({ payload }) => payload),
        ({ id, unit, sampledAt }) => {
          const known = gauges?.newest(metricReported, id)?.payload;
          return (
            known !== undefined && known.unit === unit && sampledAt - known.sampledAt < storedAgainAfterMs
          );
        },
      ),
  };

  return {
    name: 'metrics',
    gaugeHandlers: [handler],
    retained: [retainedMetricSamples, retainedMetricSeries],
    async start({ database, journal }) {
      ({ gauges } = journal);
      const known = await readRecentMetrics(database.kysely, config.seriesMax);
      for (const metric of known) catalog.add(metric);
      gauges.put(
        known.map((metric) => ({
          topic: metricReported,
          key: metric.id,
          payload: metric,
          occurredAt: metric.sampledAt,
        })),
      );
      return {};
    },
  };
}
