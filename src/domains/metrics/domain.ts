import type { GaugeHandler, GaugeRecorder } from '../../journal/gauge-recorder.ts';
import type { Gauges } from '../../journal/gauges.ts';
import type { ExportMetricsServiceRequest } from '../../lib/otlp/codec.ts';
import type { Domain } from '../domain.ts';
import { MetricCatalog } from './catalog.ts';
import type { MetricsConfig } from './config.ts';
import { metricReported, type Metric } from './events.ts';
import './graph.ts';
import type { OtlpConfig } from './otlp-config.ts';
import { pointsOf } from './otlp-points.ts';
import { recordMetrics, type Rejected } from './recording.ts';
import type { ScrapeTarget } from './scrape-config.ts';
import { scrapeSource } from './scrape.source.ts';
import { readRecentMetrics, retainedMetricSamples, retainedMetricSeries, storeMetrics } from './store.ts';

/** Scraped values in one transaction. */
const scrapedMax = 1_000;
/** A series whose newest value is older is stored again, in case retention has removed it. */
const storedAgainAfterMs = 3_600_000;

export interface MetricsDomain extends Domain {
  /**
   * Stores the points of a request of OTLP, and returns why points were rejected, and how many.
   * @throws AppError OVERLOADED, DATABASE_UNAVAILABLE; then none is stored.
   */
  readonly recordOtlp: (request: ExportMetricsServiceRequest, subject: string) => Promise<Rejected>;
}

export interface MetricsOptions extends MetricsConfig {
  readonly resourceLabels: OtlpConfig['resourceLabels'];
  readonly targets: readonly ScrapeTarget[];
}

/** Metrics that clients report or that are scraped: of each series the newest value as a gauge, and a history. */
export function metricsDomain({ targets, resourceLabels, ...config }: MetricsOptions): MetricsDomain {
  const catalog = new MetricCatalog(config);
  let gauges: Gauges | null = null;
  let recorder: GaugeRecorder | null = null;

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
        ({ id, unit, kind, sampledAt }) => {
          const known = gauges?.newest(metricReported, id)?.payload;
          return (
            known !== undefined &&
            known.unit === unit &&
            known.kind === kind &&
            sampledAt - known.sampledAt < storedAgainAfterMs
          );
        },
      ),
  };

  return {
    name: 'metrics',
    gaugeHandlers: [handler],
    shared: [metricReported],
    recordOtlp(request, reportedBy) {
      if (recorder === null) throw new Error('the domain has not started');
      return recordMetrics(recorder, pointsOf(request, { resourceLabels, reportedBy }));
    },
    retained: [retainedMetricSamples, retainedMetricSeries],
    async start({ database, journal, log }) {
      ({ gauges, recorder } = journal);
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
      const following = journal.gauges.onPut((entries, origin) => {
        if (origin === 'OWN') return;
        for (const { topic, payload } of entries)
          if (topic === metricReported.name) catalog.add(payload as Metric);
      });
      return {
        stop: () => following[Symbol.dispose](),
        sources: targets.map((target) =>
          scrapeSource({
            target,
            record: (points) => recordMetrics(journal.recorder, points, scrapedMax),
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
