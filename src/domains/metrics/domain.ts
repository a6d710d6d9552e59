import type { GaugeHandler } from '../../journal/gauge-recorder.ts';
import type { Gauges } from '../../journal/gauges.ts';
import type { Domain } from '../domain.ts';
import { MetricCatalog } from './catalog.ts';
import type { MetricsConfig } from './config.ts';
import { metricReported, type Metric } from './events.ts';
import './graph.ts';
import { recordMetrics } from './recording.ts';
import type { ScrapeTarget } from './scrape-config.ts';
import { scrapeSource } from './scrape.source.ts';
import { readRecentMetrics, retainedMetricSamples, retainedMetricSeries, storeMetrics } from './store.ts';

/** A series whose newest value is older is stored again, in case retention has removed it. */
const storedAgainAfterMs = 3_600_000;

export interface MetricsOptions extends MetricsConfig {
  readonly targets: readonly ScrapeTarget[];
}

/** Metrics that clients report or that are scraped: of each series the newest value as a gauge, and a history. */
export function metricsDomain({ targets, ...config }: MetricsOptions): Domain {
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
    async start({ database, journal, log }) {
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
      return {
        sources: targets.map((target) =>
          scrapeSource({
            target,
            record: (values) => recordMetrics(journal.recorder, values),
            rejected(reasons) {
              const { name, instance } = target;
              if (reasons.size === 0)
                return log.info({ name, instance }, 'all scraped samples are stored again');
              return log.warn(
                { name, instance, rejected: Object.fromEntries(reasons) },
                'scraped samples are rejected; this is logged once until all are stored again',
              );
            },
          }),
        ),
      };
    },
  };
}
