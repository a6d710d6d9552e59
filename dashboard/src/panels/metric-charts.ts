import type { MetricSummaryFragment } from '../documents.generated.ts';
import type { Line } from '../charts/line.ts';
import {
  bytes,
  bytesPerSecond,
  celsius,
  compact,
  milliseconds,
  percent,
  perSecond,
  ratio,
  seconds,
  watts,
  type Format,
} from '../data/format.ts';

/** A chart of some series of one metric. */
export interface MetricChart {
  readonly title: string;
  readonly metricName: string;
  readonly seriesIds: readonly string[];
  readonly lines: readonly Line[];
  readonly format: Format;
  /** Whether its lines are the increase of counters per second. */
  readonly isRate: boolean;
}

const colors = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5'] as const;

/** The charts of series: one per metric, unit and kind, or several if they have more series than there are colors. */
export function chartsOf(metrics: readonly MetricSummaryFragment[]): readonly MetricChart[] {
  const groups = new Map<string, MetricSummaryFragment[]>();
  for (const metric of metrics) {
    const key = JSON.stringify([metric.name, metric.unit, metric.kind]);
    groups.set(key, [...(groups.get(key) ?? []), metric]);
  }
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / colors.length) }, (_, index) =>
      chartOf(group.slice(index * colors.length, (index + 1) * colors.length)),
    ),
  );
}

/** The title has what the series have in common, and each line the labels in which they differ. */
function chartOf(series: readonly MetricSummaryFragment[]): MetricChart {
  const [first] = series;
  const name = first?.name ?? '';
  const labels = series.map((one) => one.labels as Readonly<Record<string, string>>);
  const names = [...new Set(labels.flatMap((own) => Object.keys(own)))].sort();
  const isCommon = (label: string): boolean => labels.every((own) => own[label] === labels[0]?.[label]);
  const common = names.filter(isCommon).map((label) => `${label}=${labels[0]?.[label]}`);
  const isRate = first?.kind === 'COUNTER';
  const { format, suffix } = (isRate ? rateUnitOf : unitOf)({ name, unit: first?.unit ?? null });
  const about = common.length === 0 ? '' : ` ${common.join(', ')}`;
  return {
    title: `${name}${about}${suffix === '' ? '' : `, ${suffix}`}`,
    metricName: name,
    seriesIds: series.map(({ seriesId }) => seriesId),
    format,
    isRate,
    lines: labels.map((own, index) => ({
      label:
        series.length === 1
          ? isRate
            ? 'rate'
            : 'value'
          : names
              .filter((label) => !isCommon(label))
              .map((label) => own[label] ?? `no ${label}`)
              .join(', '),
      color: colors[index] ?? '--series-5',
      fill: series.length === 1,
      points: true,
    })),
  };
}

interface Unit {
  readonly format: Format;
  /** What the format does not say. */
  readonly suffix: string;
}

const formats: readonly (readonly [RegExp, Format])[] = [
  [/^(bytes?|By|B)$/, bytes],
  [/^(ms|milliseconds?)$/, milliseconds],
  [/^(s|seconds?)$/, seconds],
  [/^(%|percent)$/, percent],
  [/^ratio$/, ratio],
  [/^(°C|Cel|celsius)$/, celsius],
  [/^(W|watts?)$/, watts],
];

/** Prometheus has no units but in names: `process_resident_memory_bytes`. A point in time is no duration. */
const unitInName = /(?:^|_)(bytes|(?<!time_|timestamp_)seconds|celsius|ratio)(?:_total|_sum)?$/;

/** The units of producers, of Prometheus and of OpenTelemetry. `1` is that of numbers without a unit. */
export function unitOf({ name, unit }: Pick<MetricSummaryFragment, 'name' | 'unit'>): Unit {
  const known = unit ?? unitInName.exec(name)?.[1] ?? '1';
  const format = formats.find(([pattern]) => pattern.test(known))?.[1];
  if (format !== undefined) return { format, suffix: '' };
  return { format: compact, suffix: known === '1' ? '' : known };
}

/** The unit of the increase of a counter per second. */
function rateUnitOf(metric: Pick<MetricSummaryFragment, 'name' | 'unit'>): Unit {
  const { format, suffix } = unitOf(metric);
  if (format === bytes) return { format: bytesPerSecond, suffix: '' };
  return { format: perSecond, suffix: format === seconds ? 'seconds' : suffix };
}
