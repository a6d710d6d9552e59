import type { ArgBuilder } from '@pothos/core';
import { builder, type GraphTypes } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import {
  dateTime,
  exposedFields,
  float,
  id,
  int,
  json,
  listOf,
  named,
  nullable,
  of,
  string,
} from '../../graph/exposed-fields.ts';
import { gaugeConnection } from '../../graph/gauge-connection.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { producerGauge } from '../../graph/producer-event.ts';
import { rejectField } from '../../graph/reported-values.ts';
import {
  historyRange,
  historyRangeArgs,
  sharedHistoryRange,
  type HistoryRange,
} from '../../graph/history-range.ts';
import { groupedLoader } from '../../graph/loaders.ts';
import { fromGauge, nodeType } from '../../graph/node.ts';
import { staleAfterMs } from './catalog.ts';
import { metricReported, type Metric, type MetricKind } from './events.ts';
import { labelsBounds, matcherOf, MetricFilter, nameBounds, requireLabels } from './filter.graph.ts';
import { valued, type MetricAggregate, type ValuedPoint } from './history.ts';
import { isMetricName, metricOf, nameRule, seriesRule, unitCharsMax } from './series.ts';
import { findMetrics, readMetricHistory, type MetricPoint } from './store.ts';

/** Series of one `metricHistory`. */
const seriesMax = 100;

const MetricKindType = describedEnum<MetricKind>('MetricKind', 'What the values of a series are.', {
  COUNTER:
    'A total that only increases, and counts from zero when its producer starts again: the increase is of interest.',
  GAUGE: 'A value that rises and falls.',
});

export const MetricType = nodeType<Metric>('Metric', {
  description:
    'A series of values with one name and one set of labels, and its newest value. Source: `publish` with `metric`, or a ' +
    'scraped target.',
  key: ({ id: seriesKey }) => seriesKey,
  load: fromGauge(metricReported),
  fields: (t) => ({
    seriesId: t.exposeID('id', {
      description: 'Identifies the series: the same for the same name and labels on every instance.',
    }),
    ...exposedFields(t, {
      name: string('What is measured: `queue.length`. Series with the same name differ in their labels.'),
      labels: json('Labels of the series: a JSON object of strings, empty without labels.'),
      series: string('Name and labels in Prometheus notation, for people: `queue_length{queue="mail"}`.'),
      unit: nullable.string('Unit of the values, as the producer gave it. Null when it gave none.'),
      kind: nullable.of(
        MetricKindType,
        'What the values are. Source: the producer, the line `# TYPE` of a scraped target, or the type of a metric of ' +
          'OpenTelemetry. Null when none of them says it.',
      ),
      value: float('The value with the latest time.'),
      sampledAt: dateTime('Time of the value.'),
      reportedBy: id(
        'Subject of the credential that reported the value. Of a scraped value: `scrape:` and the name of the target.',
      ),
    }),
  }),
});

export const metrics = gaugeConnection('metrics', {
  name: 'Metric',
  type: MetricType,
  topic: metricReported,
  description:
    'Series of reported metrics with a value in the last 24 hours, in the alphabetical order of their names and ' +
    'labels, with their newest values. Source: memory.',
  page: 'A page of series of metrics.',
  edge: 'A series and its position in the list.',
  totalCount: 'Number of series that match the filter.',
  filter: MetricFilter,
  order: ({ series }) => series,
  matches: (filter) => {
    const matches = matcherOf(filter);
    const oldest = Date.now() - staleAfterMs;
    return (metric) => metric.sampledAt > oldest && matches(metric);
  },
});

gaugeSubscription('metricUpdates', {
  type: MetricType,
  topic: metricReported,
  description:
    'The newest value of each series of a reported metric that matches the filter, also of series that begin later.',
  args: (t) => ({ filter: t({ type: MetricFilter, description: 'Which series. Default: all.' }) }),
  keys: ({ filter }) => filter?.seriesIds ?? null,
  matches: ({ filter }) => {
    const matches = matcherOf(filter);
    return ({ payload }) => matches(payload);
  },
  everyMs: { defaultMs: 1_000, between: 'rounds' },
});

const MetricAggregateType = describedEnum<MetricAggregate>(
  'MetricAggregate',
  'How the values of a span of time become one value.',
  {
    AVG: 'Mean of the values.',
    MIN: 'Smallest value.',
    MAX: 'Largest value.',
    SUM: 'Sum of the values.',
    LAST: 'Value with the latest time.',
    COUNT: 'Number of values.',
    RATE:
      'For counters: increase per second between the last value of the span before and that of this one. A counter ' +
      'that has decreased was reset, and counts from zero. Null for the first span.',
  },
);

const MetricPointType = builder.objectRef<ValuedPoint>('MetricPoint').implement({
  description: 'The values of a series in a span of time.',
  fields: (t) =>
    exposedFields(t, {
      at: named('startsAt', dateTime('Start of the span.')),
      value: nullable.float(
        'The values as one, according to `aggregate`. Null for the first span of a RATE.',
      ),
      samples: named('sampleCount', int('Number of reported values in the span, 1 or more.')),
      avg: float('Mean of the values.'),
      min: float('Smallest value.'),
      max: float('Largest value.'),
      last: float('Value with the latest time.'),
    }),
});

const pointsOf = groupedLoader<HistoryRange, readonly MetricPoint[]>(({ db }, ids, range) =>
  readMetricHistory(db, ids, range),
);

const aggregateArgument = (t: ArgBuilder<GraphTypes>) => ({
  aggregate: t({ type: MetricAggregateType, description: 'What `value` of a point is. Default: AVG.' }),
});

builder.objectField(MetricType, 'history', (t) =>
  t.field({
    type: [MetricPointType],
    requires: 'read',
    extensions: { link: 'metricHistory' },
    description:
      'Its history, oldest first: one point per span that has values. Spans have at least ten seconds. Source: the table ' +
      'metric_samples.',
    args: { ...historyRangeArgs(t.arg), ...aggregateArgument(t.arg) },
    resolve: async ({ id: seriesKey }, { aggregate, ...args }, context) => [
      ...valued((await pointsOf(context, seriesKey, sharedHistoryRange(args))) ?? [], aggregate ?? 'AVG'),
    ],
  }),
);

interface MetricHistory {
  readonly metric: Metric;
  readonly points: readonly ValuedPoint[];
}

const MetricHistoryType = builder.objectRef<MetricHistory>('MetricHistory').implement({
  description: 'The history of a series of a metric.',
  fields: (t) =>
    exposedFields(t, {
      metric: of(MetricType, 'The series, and its newest stored value.'),
      points: listOf(MetricPointType, 'One point per span that has values, oldest first.'),
    }),
});

builder.queryField('metricHistory', (t) =>
  t.field({
    type: [MetricHistoryType],
    requires: 'read',
    description:
      `The histories of the series with these names, labels and ids, at most ${seriesMax}, downsampled by the database. ` +
      'Source: the table metric_samples, one row per series and ten seconds, kept RETENTION_DAYS. An interval has at least ten seconds.',
    args: {
      names: t.arg.stringList({
        bounds: { items: [1, seriesMax], ...nameBounds },
        description: 'Names of metrics. Required without `seriesIds`.',
      }),
      seriesIds: t.arg.idList({
        bounds: { items: [1, seriesMax] },
        description: 'Values of `Metric.seriesId`. Default: all series of these names.',
      }),
      labels: t.arg({
        type: 'JSON',
        bounds: labelsBounds,
        description:
          'Labels that a series must have: a JSON object of strings. Default: all series of these names.',
      }),
      ...historyRangeArgs(t.arg),
      ...aggregateArgument(t.arg),
    },
    resolve: async (_root, { names, seriesIds, labels, aggregate, ...args }, { db }) => {
      const range = historyRange(args);
      if (!names && !seriesIds) rejectField('names', 'given, or `seriesIds`');
      const filter = { names, ids: seriesIds?.map(String), labels: requireLabels('labels', labels ?? {}) };
      const metrics = await findMetrics(db, filter, seriesMax + 1);
      if (metrics.length > seriesMax)
        rejectField('labels', `such that at most ${seriesMax} series match; more do`);
      const ids = metrics.map((metric) => metric.id);
      const histories = await readMetricHistory(db, ids, range);
      return [...metrics]
        .sort((a, b) => (a.series < b.series ? -1 : 1))
        .map((metric) => ({ metric, points: valued(histories.get(metric.id) ?? [], aggregate ?? 'AVG') }));
    },
  }),
);

producerGauge('metric', {
  description: 'A value of a metric.',
  inputDescription:
    'A value of a metric. Its series, which is its name with its labels, is created with the first value.',
  topic: metricReported,
  instant: {
    name: 'sampledAt',
    description: 'When it was measured. A value that is older than the newest one is stored and not shown.',
  },
  fields: (t) => ({
    name: t.string({
      required: true,
      bounds: nameBounds,
      description: 'Name of the metric: letters, digits, _, ., :, / and -, not beginning with a digit.',
    }),
    value: t.float({ required: true, description: 'The value, a finite number.' }),
    unit: t.string({
      bounds: { chars: unitCharsMax },
      description:
        'Unit of the value, such as `bytes` or `ms`. Without it, the series has none from this value on.',
    }),
    kind: t.field({
      type: MetricKindType,
      description: 'What the values are. The live page draws counters as rates. Default: not known.',
    }),
    labels: t.field({
      type: 'JSON',
      bounds: labelsBounds,
      description:
        'Labels of the series: a JSON object of at most 32 strings. Default: no labels. Labels with ever new values, ' +
        'such as request ids, make ever new series, which are limited (METRIC_SERIES_MAX).',
    }),
  }),
  gauge: ({ name, value, unit, kind, labels: given }, { viewer }, sampledAt) => {
    if (!isMetricName(name)) rejectField('name', nameRule);
    const labels = requireLabels('labels', given ?? {});
    const reported = { name, labels, unit, kind, value, sampledAt, reportedBy: viewer.subject };
    const payload = metricOf(reported) ?? rejectField('labels', seriesRule);
    return { key: payload.id, payload };
  },
});
