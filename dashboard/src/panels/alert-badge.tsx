import { activeAlerts } from '../data/overall.ts';

/** The number of active alerts. */
export function AlertBadge() {
  const active = activeAlerts.value;
  const isSerious = active.some(({ severity }) => severity === 'CRITICAL' || severity === 'ERROR');
  return <span class={isSerious ? 'badge badge-critical' : 'badge'}>{active.length}</span>;
}
