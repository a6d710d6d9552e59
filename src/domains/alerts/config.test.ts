import { describe, expect, test } from 'vitest';
import { config, errors } from '../../../test/_util/config.ts';

describe('the limits of alert rules', () => {
  test('are read from their environment variables', () => {
    const { alerts } = config({
      ALERT_CPU_PERCENT: '99.5',
      ALERT_MEMORY_PERCENT: '100',
      ALERT_DB_POOL_RATIO: '0.5',
      ALERT_WS_FAILURES_PER_MIN: '0',
      ALERT_RESPONSE_TIME_MS: '2000',
    });
    expect(alerts).toEqual({
      cpuPercent: 99.5,
      memoryPercent: 100,
      dbPoolRatio: 0.5,
      wsFailuresPerMinute: 0,
      responseTimeMs: 2000,
    });
  });

  test.each([
    ['ALERT_CPU_PERCENT', '100.1', 'a number from 0 to 100'],
    ['ALERT_MEMORY_PERCENT', '-1', 'a number from 0 to 100'],
    ['ALERT_DB_POOL_RATIO', '95', 'a number from 0 to 1'],
    ['ALERT_DB_POOL_RATIO', '1e-1', 'a number from 0 to 1'],
    ['ALERT_WS_FAILURES_PER_MIN', '2.5', 'an integer from 0 to 1000000'],
    ['ALERT_RESPONSE_TIME_MS', 'fast', 'an integer from 0 to 3600000'],
  ])('do not accept %s=%s', (name, text, allowed) => {
    expect(errors({ [name]: text })).toEqual([`${name} must be ${allowed}, got "${text}"`]);
  });
});
