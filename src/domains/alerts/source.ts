import type { Source } from '../../sources/source.ts';
import {
  activeAlertsChanged,
  activeAlertsKey,
  resolvedAlert,
  type ActiveAlerts,
  type AlertDraft,
  type AlertRecord,
} from './events.ts';
import type { AlertEngine } from './engine.ts';
import type { Readings } from './rules.ts';

export interface AlertsSourceOptions {
  readonly engine: AlertEngine;
  readonly readings: () => Readings;
  /** Alerts that resolve themselves and have not yet. */
  readonly dismissible: () => Promise<readonly AlertRecord[]>;
  /** What is active, as it is known at that moment. */
  readonly active: () => ActiveAlerts;
  readonly backgroundMs: number;
}

const TIMEOUT_MS = 5_000;
/** So long an alert that resolves itself is shown. */
const DISMISS_AFTER_MS = 60_000;

/** Looks at what the rules look at and says what follows. What could not be stored follows again at the next turn. */
export function alertsSource(options: AlertsSourceOptions): Source {
  return {
    name: 'alerts',
    feeds: [activeAlertsChanged.name],
    backgroundMs: options.backgroundMs,
    timeoutMs: TIMEOUT_MS,
    async sample() {
      const readings = options.readings();
      const events = [
        ...options.engine.evaluate(readings),
        ...dismissals(await options.dismissible(), readings.at),
      ];
      return {
        events,
        // read when it is put: storing the events may have changed it
        get gauges() {
          return [{ topic: activeAlertsChanged, key: activeAlertsKey, payload: options.active() }];
        },
      };
    },
  };
}

function dismissals(alerts: readonly AlertRecord[], at: number): readonly AlertDraft[] {
  return alerts
    .filter(({ raisedAt }) => raisedAt + DISMISS_AFTER_MS <= at)
    .map((alert) => resolvedAlert(alert, at, null));
}
