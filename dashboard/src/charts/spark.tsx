import type { Columns } from '../data/series.ts';

/** A line without axes. The value beside it says the number, so it has no text of its own. */
export function Spark({ columns, line = 0, max, color = '--series-1' }: SparkProps) {
  const [times] = columns;
  const values = columns[line + 1] ?? [];
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined || times.length < 2)
    return <svg class="spark" aria-hidden="true" />;
  const high = max ?? Math.max(...values.map((value) => value ?? 0), 1e-9) * 1.1;
  let path = '';
  let isDown = false;
  for (const [index, value] of values.entries()) {
    if (value === null || value === undefined) {
      isDown = false;
      continue;
    }
    const x = (((times[index] ?? first) - first) / (last - first)) * 100;
    const y = 30 - (Math.min(value, high) / high) * 28;
    path += `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    isDown = true;
  }
  return (
    <svg class="spark" viewBox="0 0 100 32" preserveAspectRatio="none" aria-hidden="true">
      <path d={path} style={{ stroke: `var(${color})` }} />
    </svg>
  );
}

interface SparkProps {
  readonly columns: Columns;
  readonly line?: number;
  readonly max?: number;
  readonly color?: string;
}
