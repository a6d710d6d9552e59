import { words } from '../data/format.ts';

/** How a thing is. Each level has a color and a shape, so that the color is never the only sign. */
export type Level = 'ok' | 'warning' | 'critical' | 'unknown';

const shapes: Readonly<Record<Level, string>> = {
  ok: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z',
  warning: 'M8 1.8 15 14H1z',
  critical: 'M8 .8 15.2 8 8 15.2.8 8z',
  unknown: 'M8 3.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6z',
};

export function State({ level, label }: { level: Level; label?: string }) {
  const hide = label === undefined ? { 'aria-hidden': true } : { role: 'img' as const, 'aria-label': label };
  return (
    <svg class={`state state-${level}`} viewBox="0 0 16 16" {...hide}>
      <path d={shapes[level]} />
    </svg>
  );
}

/** A status of the graph in words, with its state. */
export function Status({ status, level = levelOf(status) }: { status: string; level?: Level }) {
  return (
    <>
      <State level={level} /> {words(status)}
    </>
  );
}

const order: readonly Level[] = ['ok', 'unknown', 'warning', 'critical'];

export function worst(levels: readonly Level[]): Level {
  return levels.reduce<Level>(
    (a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a),
    levels[0] ?? 'unknown',
  );
}

const levels: Readonly<Record<string, Level>> = {
  HEALTHY: 'ok',
  ONLINE: 'ok',
  ACTIVE: 'ok',
  READY: 'ok',
  LOADED: 'ok',
  SUCCESS: 'ok',
  COMPLETED: 'ok',
  OK: 'ok',
  IDLE: 'ok',
  RUNNING: 'ok',
  IN_PROGRESS: 'ok',
  TRAINING: 'ok',
  DEGRADED: 'warning',
  WARNING: 'warning',
  PAUSED: 'warning',
  ABORTED: 'warning',
  DRAINING: 'warning',
  UNHEALTHY: 'critical',
  CRITICAL: 'critical',
  ERROR: 'critical',
  FAILED: 'critical',
  BLOCKED: 'critical',
  GONE: 'critical',
};

/** The level of a status of the graph. A status that the page does not know, and one that is neither good nor bad, is unknown. */
export function levelOf(status: string | null | undefined): Level {
  return levels[status ?? ''] ?? 'unknown';
}
