import { createHash } from 'node:crypto';
import { isReportedTime, reportedTimeRule } from '../../lib/reported-time.ts';
import { isStorable } from '../../lib/storable.ts';
import { seriesOf, type Labels, type Metric } from './events.ts';

/** Which series are allowed, whichever way their values come in. */

/** Names of Prometheus and of OpenTelemetry. */
const namePattern = /^[A-Za-z_][A-Za-z0-9_.:/-]*$/;
export const nameCharsMax = 200;
export const nameRule = 'a letter or _, followed by letters, digits, _, ., :, / and -';

const labelPattern = /^[A-Za-z_][A-Za-z0-9_.:/-]{0,99}$/;
export const labelsMax = 32;
export const labelValueCharsMax = 512;
export const labelsRule =
  `a JSON object of at most ${labelsMax} labels: each name has 1 to 100 letters, digits, _, ., :, / and - and does not ` +
  `begin with a digit; each value is a string of at most ${labelValueCharsMax} characters`;

/** A cursor of the list of metrics is the series in base64. */
const seriesBytesMax = 1_400;
export const seriesRule = `of at most ${seriesBytesMax} bytes together with the name`;

export const unitCharsMax = 64;

export function isMetricName(name: string): boolean {
  return name.length <= nameCharsMax && namePattern.test(name);
}

export function isLabelName(name: string): boolean {
  return labelPattern.test(name);
}

export function areLabels(value: unknown): value is Labels {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const labels = Object.entries(value);
  return (
    labels.length <= labelsMax &&
    labels.every(
      ([label, text]) => isLabelName(label) && typeof text === 'string' && text.length <= labelValueCharsMax,
    )
  );
}

/** The value of a series whose name and labels are allowed. Null: together they are too long. */
export function metricOf(value: Omit<Metric, 'id' | 'series'>): Metric | null {
  const series = seriesOf(value);
  return Buffer.byteLength(series) > seriesBytesMax ? null : { id: seriesId(series), series, ...value };
}

/** The value of a series, or what is wrong with it. */
export function checkedMetric(value: Omit<Metric, 'id' | 'series'>): Metric | string {
  if (!isMetricName(value.name)) return `the name must be ${nameRule}, at most ${nameCharsMax} characters`;
  if (!areLabels(value.labels)) return `the labels must be ${labelsRule}`;
  if (!isStorable(value.labels)) return 'the labels must be without U+0000 and without unpaired surrogates';
  if ((value.unit?.length ?? 0) > unitCharsMax || !isStorable(value.unit))
    return `the unit must be text of at most ${unitCharsMax} characters, without U+0000`;
  if (!isReportedTime(value.sampledAt)) return `the time must be ${reportedTimeRule}`;
  if (!Number.isFinite(value.value)) return 'the value must be a finite number';
  return metricOf(value) ?? `the labels must be ${seriesRule}`;
}

/** The same id on every instance and after every restart, as a UUID. */
function seriesId(series: string): string {
  const hash = createHash('sha256').update(series).digest('hex');
  // version 8, variant 10: a UUID of the application's own making
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
