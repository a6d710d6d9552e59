import { latest } from '../../journal/topic.ts';

export type Labels = Readonly<Record<string, string>>;

/** What identifies a series: the name of the metric and its labels. */
export interface SeriesName {
  readonly name: string;
  readonly labels: Labels;
}

/** A total that only increases until its producer starts again, or a value that rises and falls. */
export type MetricKind = 'COUNTER' | 'GAUGE';

/** The newest value of a series. */
export interface Metric extends SeriesName {
  readonly id: string;
  /** In Prometheus notation, with the labels in alphabetical order: `queue_length{queue="mail"}`. Orders lists. */
  readonly series: string;
  /** Null when the producer gave none. */
  readonly unit: string | null;
  /** Null when the producer did not say it. */
  readonly kind: MetricKind | null;
  readonly value: number;
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** The subject of the credential that reported the value; `scrape:` and the name of a scraped target. */
  readonly reportedBy: string;
}

/** Keyed by the id of the series. */
export const metricReported = latest<Metric>('metrics.reported');

export function seriesOf({ name, labels }: SeriesName): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((label) => `${label}=${JSON.stringify(labels[label])}`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}
