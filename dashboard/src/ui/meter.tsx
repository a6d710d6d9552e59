import type { Maybe } from '../data/format.ts';
import type { Level } from './state.tsx';

/** A share of 100 % as a bar. The number beside it is its text. */
export function Meter({ percent, level = 'ok' }: { percent: Maybe; level?: Level }) {
  const width = `${Math.min(100, Math.max(0, percent ?? 0))}%`;
  return (
    <span class={`meter meter-${level}`} aria-hidden="true">
      <i style={{ width }} />
    </span>
  );
}

export function levelOfPercent(percent: Maybe, warning = 80, critical = 95): Level {
  if (percent === null || percent === undefined) return 'unknown';
  return percent >= critical ? 'critical' : percent >= warning ? 'warning' : 'ok';
}
