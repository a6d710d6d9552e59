import type { MetricPoint } from './store.ts';

export type MetricAggregate = 'AVG' | 'MIN' | 'MAX' | 'SUM' | 'LAST' | 'COUNT' | 'RATE';

/** A point with the mean of its values, and with the value that an aggregate asks for. */
export interface ValuedPoint extends MetricPoint {
  readonly avg: number;
  readonly value: number | null;
}

export function valued(points: readonly MetricPoint[], aggregate: MetricAggregate): readonly ValuedPoint[] {
  return points.map((point, index) => {
    const avg = point.sum / point.samples;
    return { ...point, avg, value: valueOf({ ...point, avg }, points[index - 1], aggregate) };
  });
}

function valueOf(
  point: MetricPoint & { readonly avg: number },
  before: MetricPoint | undefined,
  aggregate: MetricAggregate,
): number | null {
  switch (aggregate) {
    case 'AVG':
      return point.avg;
    case 'MIN':
      return point.min;
    case 'MAX':
      return point.max;
    case 'SUM':
      return point.sum;
    case 'LAST':
      return point.last;
    case 'COUNT':
      return point.samples;
    case 'RATE': {
      if (before === undefined) return null;
      const increase = point.last < before.last ? point.last : point.last - before.last;
      return increase / ((point.lastAt - before.lastAt) / 1_000);
    }
  }
}
