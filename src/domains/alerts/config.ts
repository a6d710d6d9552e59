import { decimal, integer } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';

/** Limits of the built-in alert rules. A rule raises its alert when the value is above its limit. */
export const alertSettings = section({
  title: 'Alerts',
  prefix: 'ALERT_',
  settings: {
    cpuPercent: {
      env: 'ALERT_CPU_PERCENT',
      type: decimal(0, 100),
      default: '85',
      description: 'CPU usage in percent, averaged over 30 seconds, above which an alert is raised.',
    },
    memoryPercent: {
      env: 'ALERT_MEMORY_PERCENT',
      type: decimal(0, 100),
      default: '90',
      description:
        'Memory usage in percent above which an alert is raised. A warning is raised from 80 % up to this limit.',
    },
    dbPoolRatio: {
      env: 'ALERT_DB_POOL_RATIO',
      type: decimal(0, 1),
      default: '0.95',
      description: 'Share of the database connections in use, from 0 to 1, above which an alert is raised.',
    },
    wsFailuresPerMinute: {
      env: 'ALERT_WS_FAILURES_PER_MIN',
      type: integer(0, 1_000_000),
      default: '5',
      description: 'Number of failed WebSocket connections in 60 seconds above which an alert is raised.',
    },
    responseTimeMs: {
      env: 'ALERT_RESPONSE_TIME_MS',
      type: integer(0, 3_600_000),
      default: '500',
      description: 'Mean HTTP response time in milliseconds over 60 seconds above which an alert is raised.',
    },
  },
});

export type AlertLimits = ReturnType<typeof alertSettings.resolve>;
