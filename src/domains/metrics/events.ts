import { createHash } from 'node:crypto';
import { latest } from '../../journal/topic.ts';

export type Labels = Readonly<Record<string, string>>;

/** What identifies a series: the name of the metric and its labels. */
export interface SeriesName {
  readonly name: string;
  readonly labels: Labels;
}

/** The newest value of a series. */
export interface Metric extends SeriesName {
  readonly id: string;
  /** In Prometheus notation, with the labels in alphabetical order: `queue_length{queue="mail"}`. Orders lists. */
  readonly series: string;
  /** Null when the producer gave none. */
  readonly unit: string | null;
  readonly value: number;
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** The subject of the credential that reported the value. */
  readonly reportedBy: string;
}

/** Keyed by the id of the series. */
export const metricReported = latest<Metric>('metrics.reported');

/** The same id on every instance and after every restart, as a UUID. */
export function seriesId(series: string): string {
  const hash = createHash('sha256').update(series).digest('hex');
  // version 8, variant 10: a UUID of the application's own making
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

export function seriesOf({ name, labels }: SeriesName): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((label) => `${label}=${JSON.stringify(labels[label])}`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}
