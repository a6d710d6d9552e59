import { latest } from '../../journal/topic.ts';

/** A moment at which everything that the monitor shows was looked at; other values are gauges of their own. */
export interface MonitorLook {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** Alerts of the 60 minutes before that nobody has acknowledged; null when the store did not answer. */
  readonly unacknowledgedAlerts: number | null;
}

/** Keyed by host id. */
export const monitorLookedAt = latest<MonitorLook>('monitor.status');
