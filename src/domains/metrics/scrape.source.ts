import type { PrometheusSample } from '../../lib/prometheus.ts';
import type { Source } from '../../sources/source.ts';
import type { Labels } from './events.ts';
import type { Rejected, ReportedPoint } from './recording.ts';
import { ScrapeClient } from './scrape-client.ts';
import type { ScrapeTarget } from './scrape-config.ts';

export interface ScrapeOptions {
  readonly target: ScrapeTarget;
  readonly record: (points: Iterable<ReportedPoint>) => Promise<Rejected>;
  /** Called when values begin to be rejected, and with an empty map when they no longer are. */
  readonly rejected: (reasons: Rejected) => void;
}

/** How long the database may take to store the samples. */
const storingMs = 10_000;

/**
 * Scrapes a target as Prometheus does: its samples get the labels `job` and `instance`, and a label of the target with
 * the same name becomes `exported_job`. The series `up`, `scrape_duration_seconds` and `scrape_samples_scraped` tell how
 * the scrape went, also when it failed. Values go through the recorder, so the sample of the source itself is empty.
 */
export function scrapeSource({ target, record, rejected }: ScrapeOptions): Source {
  const client = new ScrapeClient(target);
  const own: Labels = { ...target.labels, job: target.name, instance: target.instance };
  const reportedBy = `scrape:${target.name}`;
  let rejecting = false;

  return {
    name: `scrape/${target.name}/${target.instance}`,
    lease: `scrape/${target.name}/${target.instance}`,
    feeds: [],
    backgroundMs: target.intervalMs,
    timeoutMs: target.timeoutMs + storingMs,
    async sample(signal) {
      const sampledAt = Date.now();
      const startedAt = performance.now();
      let samples: readonly PrometheusSample[] = [];
      let failure: unknown = null;
      try {
        samples = await client.get(signal);
      } catch (error) {
        signal.throwIfAborted();
        failure = error;
      }
      const about = {
        up: failure === null ? 1 : 0,
        scrape_duration_seconds: (performance.now() - startedAt) / 1_000,
        scrape_samples_scraped: samples.length,
      };
      function* points(): Generator<ReportedPoint> {
        const common = { unit: null, sampledAt, reportedBy };
        for (const [name, value] of Object.entries(about))
          yield [{ name, labels: own, kind: 'GAUGE', value, ...common }];
        for (const { name, labels, value, kind } of samples)
          yield [{ name, labels: joined(labels, own), kind, value, ...common }];
      }
      const reasons = await record(points());
      if (reasons.size > 0 !== rejecting) rejected(reasons);
      rejecting = reasons.size > 0;
      if (failure !== null) throw failure;
      return { gauges: [] };
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

/** A label without a value is the same as no label. */
function joined(scraped: ReadonlyMap<string, string>, own: Labels): Labels {
  const labels = [...scraped]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [Object.hasOwn(own, name) ? `exported_${name}` : name, value] as const);
  return { ...Object.fromEntries(labels), ...own };
}
