import type { MetricSummaryFragment } from '../documents.generated.ts';
import type { Line } from '../charts/line.ts';
import {
  bytes,
  celsius,
  compact,
  milliseconds,
  percent,
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
}

const colors = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5'] as const;

/** The charts of series: one per metric and unit, or several if they have more series than there are colors. */
export function chartsOf(metrics: readonly MetricSummaryFragment[]): readonly MetricChart[] {
  const groups = new Map<string, MetricSummaryFragment[]>();
  for (const metric of metrics) {
    const key = JSON.stringify([metric.name, metric.unit]);
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
  const { format, suffix } = unitOf(first?.unit ?? null);
  const about = common.length === 0 ? '' : ` ${common.join(', ')}`;
  return {
    title: `${name}${about}${suffix === '' ? '' : `, ${suffix}`}`,
    metricName: name,
    seriesIds: series.map(({ seriesId }) => seriesId),
    format,
    lines: labels.map((own, index) => ({
      label:
        series.length === 1
          ? 'value'
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
  [/^(°C|Cel|celsius)$/, celsius],
  [/^(W|watts?)$/, watts],
];

/** The units of producers, of Prometheus and of OpenTelemetry. `1` is that of numbers without a unit. */
export function unitOf(unit: string | null): Unit {
  const format = formats.find(([pattern]) => pattern.test(unit ?? ''))?.[1];
  if (format !== undefined) return { format, suffix: '' };
  return { format: compact, suffix: unit === null || unit === '1' ? '' : unit };
}
