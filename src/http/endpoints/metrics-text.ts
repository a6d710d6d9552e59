import {
  Registry as Families,
  type Metric,
  type MetricObjectWithValues,
  type MetricValueWithName,
} from 'prom-client';
import { families, type Sample, type Stats } from './metric-families.ts';

/** The metrics in the text format of Prometheus. A family without a known value is omitted. */
export function textOf(stats: Stats): Promise<string> {
  const register = new Families();
  for (const [name, { help, labels = [], samples }] of Object.entries(families)) {
    const values = samples(stats).flatMap(([value, ...values]) =>
      valuesOf(name, value, Object.fromEntries(labels.map((label, index) => [label, values[index] ?? '']))),
    );
    if (values.length > 0) register.registerMetric(computed(name, help, values));
  }
  return register.metrics();
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
