import type { AnyValue, KeyValue } from '../../lib/otlp/common.generated.ts';
import {
  AggregationTemporality,
  DataPointFlags,
  type ExponentialHistogramDataPoint,
  type HistogramDataPoint,
  type Metric as OtlpMetric,
  type NumberDataPoint,
  type SummaryDataPoint,
} from '../../lib/otlp/metrics.generated.ts';
import type { ExportMetricsServiceRequest } from '../../lib/otlp/service.generated.ts';
import type { Labels, MetricKind } from './events.ts';
import type { ReportedMetric, ReportedPoint } from './recording.ts';
import { areLabels, labelsRule } from './series.ts';

export interface OtlpOptions {
  /** The attributes of a resource that become labels. */
  readonly resourceLabels: ReadonlySet<string>;
  readonly reportedBy: string;
}

/** Values of one request. */
const valuesMax = 10_000;
const bucketsMax = 500;

type DataPoint = NumberDataPoint | HistogramDataPoint | ExponentialHistogramDataPoint | SummaryDataPoint;

/** A value of a point: what is appended to the name of the metric, its own label, the value, and what it is. */
type Part = readonly [suffix: string, label: Labels, value: number, kind: MetricKind | null];

/**
 * The points of a request as values of series, in order; a point without a recorded value is left out. Histograms and
 * summaries become series as in Prometheus. Points of delta temporality keep their values, so that their sum over a span
 * of time is the total.
 */
export function* pointsOf(
  { resourceMetrics }: ExportMetricsServiceRequest,
  { resourceLabels, reportedBy }: OtlpOptions,
): Generator<ReportedPoint> {
  let left = valuesMax;
  for (const { resource, scopeMetrics } of resourceMetrics) {
    // made once: a small request can have many attributes and many points
    const common = labelsOf((resource?.attributes ?? []).filter(({ key }) => resourceLabels.has(key)));
    for (const { metrics } of scopeMetrics)
      for (const metric of metrics)
        for (const [point, parts] of partsOf(metric)) {
          if ((point.flags & DataPointFlags.NO_RECORDED_VALUE_MASK) !== 0) continue;
          if (typeof parts === 'string') {
            yield parts;
            continue;
          }
          left -= parts.length;
          if (left < 0) {
            yield `a request must have at most ${valuesMax} values, including those of buckets`;
            continue;
          }
          const labels = { ...common, ...labelsOf(point.attributes) };
          // checked before they are copied for each bucket
          yield areLabels(labels)
            ? valuesOf(metric, labels, point, parts, reportedBy)
            : `the labels must be ${labelsRule}`;
        }
  }
}

function valuesOf(
  { name, unit }: OtlpMetric,
  labels: Labels,
  { timeUnixNano }: DataPoint,
  parts: readonly Part[],
  reportedBy: string,
): readonly ReportedMetric[] {
  const sampledAt = timeUnixNano === 0n ? Date.now() : Number(timeUnixNano / 1_000_000n);
  return parts.map(([suffix, label, value, kind]) => ({
    name: `${name}${suffix}`,
    labels: { ...labels, ...label },
    unit: unit === '' || suffix === '_count' || suffix === '_bucket' ? null : unit,
    kind,
    value,
    sampledAt,
    reportedBy,
  }));
}

function* partsOf({
  data: { case: kind, value },
}: OtlpMetric): Generator<[DataPoint, readonly Part[] | string]> {
  switch (kind) {
    case 'gauge':
      for (const point of value.dataPoints) yield [point, numberParts(point, 'GAUGE')];
      return;
    case 'sum':
      for (const point of value.dataPoints)
        yield [
          point,
          ofTemporality(value, (total) => numberParts(point, value.isMonotonic ? total : 'GAUGE')),
        ];
      return;
    case 'histogram':
      for (const point of value.dataPoints)
        yield [point, ofTemporality(value, (total) => histogramParts(point, total))];
      return;
    case 'exponentialHistogram':
      for (const point of value.dataPoints)
        yield [point, ofTemporality(value, (total) => exponentialParts(point, total))];
      return;
    case 'summary':
      for (const point of value.dataPoints) yield [point, summaryParts(point)];
      return;
    case undefined:
  }
}

/** @param parts gets what a total is: a counter, or null for the increases of delta temporality. */
function ofTemporality(
  { aggregationTemporality }: { readonly aggregationTemporality: AggregationTemporality },
  parts: (total: MetricKind | null) => readonly Part[] | string,
): readonly Part[] | string {
  switch (aggregationTemporality) {
    case AggregationTemporality.CUMULATIVE:
      return parts('COUNTER');
    case AggregationTemporality.DELTA:
      return parts(null);
    default:
      return 'the aggregation temporality must be delta or cumulative';
  }
}

function numberParts({ value }: NumberDataPoint, kind: MetricKind | null): readonly Part[] | string {
  return value.case === undefined ? 'a point must have a value' : [['', {}, Number(value.value), kind]];
}

function histogramParts(point: HistogramDataPoint, total: MetricKind | null): readonly Part[] | string {
  const { bucketCounts, explicitBounds } = point;
  if (bucketCounts.length > 0 && bucketCounts.length !== explicitBounds.length + 1)
    return 'a histogram must have one bucket more than bounds';
  if (bucketCounts.length > bucketsMax) return `a histogram must have at most ${bucketsMax} buckets`;
  const bounded = explicitBounds.map((bound, index) => [bound, bucketCounts[index] ?? 0n] as const);
  return [
    ...distributionParts(point, total),
    ...(bucketCounts.length === 0 ? [] : bucketParts(bounded, point.count, total)),
  ];
}

/**
 * The buckets of an exponential histogram, merged so that their bounds are powers of two. That loses no count, and the
 * bounds, which are labels, stay the same when the scale of the histogram changes.
 */
function exponentialParts(
  point: ExponentialHistogramDataPoint,
  total: MetricKind | null,
): readonly Part[] | string {
  const { scale, positive, negative, zeroCount, zeroThreshold } = point;
  /** The exponents of the lower and upper bound of a bucket, both rounded to a whole number. */
  const lower = (index: number): number => Math.floor(index / 2 ** scale);
  const upper = (index: number): number => (scale > 0 ? lower(index) + 1 : (index + 1) / 2 ** scale);
  const bounded = [
    ...merged(negative, (index) => -(2 ** lower(index))).reverse(),
    ...(zeroCount === 0n ? [] : [[zeroThreshold, zeroCount] as const]),
    ...merged(positive, (index) => 2 ** upper(index)),
  ];
  if (bounded.length > bucketsMax) return `a histogram must have at most ${bucketsMax} buckets`;
  return [...distributionParts(point, total), ...bucketParts(bounded, point.count, total)];
}

type Bounded = readonly [bound: number, count: bigint];

function merged(
  buckets: ExponentialHistogramDataPoint['positive'],
  boundOf: (index: number) => number,
): Bounded[] {
  const counts = new Map<number, bigint>();
  for (const [at, count] of (buckets?.bucketCounts ?? []).entries()) {
    const bound = boundOf((buckets?.offset ?? 0) + at);
    counts.set(bound, (counts.get(bound) ?? 0n) + count);
  }
  return [...counts];
}

function distributionParts(
  { count, sum, min, max }: HistogramDataPoint | ExponentialHistogramDataPoint,
  total: MetricKind | null,
): readonly Part[] {
  const optional = (
    [
      ['_sum', sum, total],
      ['_min', min, 'GAUGE'],
      ['_max', max, 'GAUGE'],
    ] as const
  ).flatMap(([suffix, value, kind]): Part[] => (value === undefined ? [] : [[suffix, {}, value, kind]]));
  return [['_count', {}, Number(count), total], ...optional];
}

/** Counts of the values up to each bound, in ascending order of the bounds. */
function bucketParts(bounded: readonly Bounded[], count: bigint, total: MetricKind | null): readonly Part[] {
  let below = 0n;
  const parts = bounded.flatMap(([bound, own]): Part[] => {
    below += own;
    return Number.isFinite(bound) ? [['_bucket', { le: String(bound) }, Number(below), total]] : [];
  });
  return [...parts, ['_bucket', { le: '+Inf' }, Number(count), total]];
}

function summaryParts({ count, sum, quantileValues }: SummaryDataPoint): readonly Part[] | string {
  if (quantileValues.length > bucketsMax) return `a summary must have at most ${bucketsMax} quantiles`;
  return [
    ['_count', {}, Number(count), 'COUNTER'],
    ['_sum', {}, sum, 'COUNTER'],
    // without a recent observation a quantile is NaN
    ...quantileValues
      .filter(({ value }) => Number.isFinite(value))
      .map(({ quantile, value }): Part => ['', { quantile: String(quantile) }, value, 'GAUGE']),
  ];
}

/** Of attributes with the same key the last one counts. */
function labelsOf(attributes: readonly KeyValue[]): Labels {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, textOf(value)]));
}

function textOf(value: AnyValue | undefined): string {
  const plain = plainOf(value);
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
}

/** Lists, maps and bytes as in the JSON of OTLP: bytes are base64. */
function plainOf(value: AnyValue | undefined): unknown {
  switch (value?.value.case) {
    case 'stringValue':
    case 'boolValue':
      return value.value.value;
    case 'intValue':
    case 'doubleValue':
      return String(value.value.value);
    case 'bytesValue':
      return Buffer.from(value.value.value).toString('base64');
    case 'arrayValue':
      return value.value.value.values.map(plainOf);
    case 'kvlistValue':
      return Object.fromEntries(value.value.value.values.map((one) => [one.key, plainOf(one.value)]));
    default:
      return '';
  }
}
