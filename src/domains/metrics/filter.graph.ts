import { builder } from '../../graph/builder.ts';
import { rejectField } from '../../graph/reported-values.ts';
import type { Labels, Metric } from './events.ts';
import { areLabels, labelsRule, nameCharsMax } from './series.ts';

export const nameBounds = { chars: [1, nameCharsMax] } as const;
export const labelsBounds = { jsonChars: 8_192 } as const;
const namesMax = 100;
const idsMax = 1_000;

export const MetricFilter = builder.inputType('MetricFilter', {
  description: 'Selects series of metrics. All members that are given must match.',
  fields: (t) => ({
    seriesIds: t.idList({ bounds: { items: [1, idsMax] }, description: 'Values of `Metric.seriesId`.' }),
    names: t.stringList({
      bounds: { items: [1, namesMax], ...nameBounds },
      description: 'Names of metrics.',
    }),
    namePrefix: t.string({ bounds: nameBounds, description: 'The start of the name of a metric.' }),
    text: t.string({
      bounds: nameBounds,
      description: 'Text that `Metric.series` contains, in upper or lower case.',
    }),
    labels: t.field({
      type: 'JSON',
      bounds: labelsBounds,
      description:
        'Labels that a series must have: a JSON object of strings. The series may have further labels.',
    }),
  }),
});

export type MetricFilter = typeof MetricFilter.$inferInput;

/** @throws AppError BAD_USER_INPUT */
export function matcherOf(filter: MetricFilter | null | undefined): (metric: Metric) => boolean {
  const { seriesIds, names, namePrefix, text, labels } = filter ?? {};
  const wanted = Object.entries(requireLabels('filter.labels', labels ?? {}));
  const idSet = seriesIds && new Set(seriesIds);
  const nameSet = names && new Set(names);
  const searched = text?.toLowerCase();
  return (metric) =>
    (!idSet || idSet.has(metric.id)) &&
    (!nameSet || nameSet.has(metric.name)) &&
    (!namePrefix || metric.name.startsWith(namePrefix)) &&
    (!searched || metric.series.toLowerCase().includes(searched)) &&
    wanted.every(([label, value]) => metric.labels[label] === value);
}

/** @throws AppError BAD_USER_INPUT that names the field */
export function requireLabels(field: string, value: unknown): Labels {
  return areLabels(value) ? value : rejectField(field, labelsRule);
}
