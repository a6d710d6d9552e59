import type { Maybe } from '../data/format.ts';
import type { Level } from './state.tsx';

/** How far a run or a workflow is. */
export function Progress({ percent, label, level }: { percent: Maybe; label: string; level: Level }) {
  return (
    <progress class={`progress-${level}`} max={100} value={percent ?? 0} aria-label={label}>
      {percent ?? 0} %
    </progress>
  );
}
