import { decimal, wholeNumber } from './values.ts';
import type { Variables } from './variables.ts';

/** Where the alert rules begin; a value above its limit is too much. */
export interface AlertLimits {
  /** 0 to 100, mean of 30 s. */
  readonly cpuPercent: number;
  /** 0 to 100. */
  readonly memoryPercent: number;
  /** Share of the database's connections that are open, 0 to 1. */
  readonly dbPoolRatio: number;
  readonly wsFailuresPerMinute: number;
  /** Mean of 60 s. */
  readonly responseTimeMs: number;
}

const COUNT_MAX = 1_000_000;
const HOUR_MS = 3_600_000;

export function readAlerts(vars: Variables): AlertLimits {
  return {
    cpuPercent: vars.read('ALERT_CPU_PERCENT', decimal(0, 100), 85),
    memoryPercent: vars.read('ALERT_MEMORY_PERCENT', decimal(0, 100), 90),
    dbPoolRatio: vars.read('ALERT_DB_POOL_RATIO', decimal(0, 1), 0.95),
    wsFailuresPerMinute: vars.read('ALERT_WS_FAILURES_PER_MIN', wholeNumber(0, COUNT_MAX), 5),
    responseTimeMs: vars.read('ALERT_RESPONSE_TIME_MS', wholeNumber(0, HOUR_MS), 500),
  };
}
