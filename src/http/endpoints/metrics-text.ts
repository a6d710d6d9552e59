import {
  AggregatorRegistry,
  Registry as Families,
  type Metric,
  type MetricObject,
  type MetricObjectWithValues,
  type MetricValueWithName,
} from 'prom-client';
import { largest, smallest } from '../../lib/extremes.ts';
import { mergeHistograms, type HistogramSnapshot } from '../../lib/histogram.ts';
import { families, type Family, type Sample, type Stats } from './metric-families.ts';

/** The metrics of one process, as JSON. */
export interface ProcessMetrics {
  /** Samples by the name of their family. */
  readonly own: Readonly<Record<string, readonly Sample[]>>;
  /** Of Node and the operating system, as prom-client collects them. */
  readonly runtime: readonly MetricObject[];
}

export function samplesOf(stats: Stats): ProcessMetrics['own'] {
  return Object.fromEntries(Object.entries(families).map(([name, { samples }]) => [name, samples(stats)]));
}

/**
 * The metrics of processes that serve the same clients, in the text format of Prometheus. A family without a known value
 * is omitted.
 */
export async function textOf(processes: readonly ProcessMetrics[]): Promise<string> {
  const register = new Families();
  for (const [name, family] of Object.entries(families)) {
    const { help, labels = [] } = family;
    const merged = mergeSamples(
      processes.flatMap(({ own }) => own[name] ?? []),
      family,
    );
    const values = merged.flatMap(([value, ...given]) =>
      valuesOf(name, value, Object.fromEntries(labels.map((label, index) => [label, given[index] ?? '']))),
    );
    if (values.length > 0) register.registerMetric(computed(name, help, values));
  }
  const runtime = AggregatorRegistry.aggregate(
    processes.map(({ runtime: metrics }) => metrics.map(withNewest) as never),
  );
  return [await register.metrics(), await runtime.metrics()].join('\n');
}

/** prom-client omits the start of the process from what it adds up. The newest one changes with each restart. */
function withNewest(metric: MetricObject): MetricObject {
  return metric.aggregator === 'omit' ? { ...metric, aggregator: 'max' } : metric;
}

function mergeSamples(samples: readonly Sample[], { across }: Family): readonly Sample[] {
  const byLabels = new Map<string, Sample[]>();
  for (const sample of samples) {
    const key = JSON.stringify(sample.slice(1));
    const others = byLabels.get(key);
    if (others === undefined) byLabels.set(key, [sample]);
    else others.push(sample);
  }
  return [...byLabels.values()].map((same) => {
    const [, ...labels] = same[0] ?? [null];
    return [
      mergeValues(
        same.map(([value]) => value).filter((value) => value !== null),
        across,
      ),
      ...labels,
    ];
  });
}

function mergeValues(values: readonly (number | HistogramSnapshot)[], across: Family['across']): Sample[0] {
  const [first = null] = values;
  if (values.length < 2) return first;
  const histograms = values.filter((value) => typeof value !== 'number');
  if (histograms.length > 0) return mergeHistograms(histograms);
  const numbers = values.filter((value) => typeof value === 'number');
  if (across === 'max') return largest(numbers) ?? null;
  if (across === 'min') return smallest(numbers) ?? null;
  return numbers.reduce((total, number) => total + number, 0);
}

function valuesOf(
  name: string,
  value: Sample[0],
  labels: Readonly<Record<string, string>>,
): readonly MetricValueWithName<string>[] {
  if (value === null) return [];
  if (typeof value === 'number') return [{ metricName: name, value, labels }];
  const { buckets, count, sumS } = value;
  return [
    ...[...buckets, ['+Inf', count] as const].map(([le, below]) => ({
      metricName: `${name}_bucket`,
      value: below,
      labels: { ...labels, le },
    })),
    { metricName: `${name}_sum`, value: sumS, labels },
    { metricName: `${name}_count`, value: count, labels },
  ];
}

/** A metric with these values, in the form that the registry expects. */
function computed(name: string, help: string, values: readonly MetricValueWithName<string>[]): Metric {
  const isHistogram = values.some(({ metricName }) => metricName !== name);
  const type = isHistogram ? 'histogram' : name.endsWith('_total') ? 'counter' : 'gauge';
  const metric = { name, help, type, aggregator: 'sum', values } as unknown as MetricObjectWithValues<
    MetricValueWithName<string>
  >;
  return { name, help, get: () => Promise.resolve(metric) } as unknown as Metric;
}
