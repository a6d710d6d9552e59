import { describe, expect, test } from 'vitest';
import type { MeshStatsSnapshot } from './mesh-stats.ts';
import { object } from '../schema-terms.ts';
import * as map from './map.ts';
import * as schemas from './message-schemas.ts';

const snapshot: MeshStatsSnapshot = {
  open: 150,
  idle: 30,
  accepted: 200,
  durationMeanMs: 1_800_000,
  durationMaxMs: 7_200_000,
  sent: 45_000,
  received: 45_000,
  bytes: 92_160_000,
  lastMinute: 1_530,
  responseMs: 45,
  errors: 90,
  settled: 20,
  recovered: 19,
};
const own = { connection: 'closed', message: 'closed' } as const;

function data(
  database: 'HEALTHY' | 'UNHEALTHY',
  breakers: readonly ('OPEN' | 'CLOSED' | 'HALF_OPEN')[] = [],
) {
  return {
    config: { uptimeMs: 3_600_900 },
    health: { database: { status: database } },
    providers: breakers.map((breaker) => ({ breaker })),
  };
}

function statusOf(...[asked, stats, states]: Parameters<typeof map.health>): unknown {
  const { body } = map.health(asked, stats, states);
  return (object(schemas.health).parse(body) as { status: unknown }).status;
}

describe('health', () => {
  test('M56: has the documented form', () => {
    expect(map.health(data('HEALTHY'), snapshot, own).body).toEqual({
      status: 'healthy',
      connections: { total: 150, active: 120, idle: 30 },
      performance: { messages_per_second: 25.5, average_response_time: 0.045, error_rate: 0.001 },
      uptime: 3_600,
    });
  });

  test('M56: is degraded with an open breaker or many errors, and unhealthy without the database', () => {
    expect(statusOf(data('HEALTHY', ['CLOSED']), snapshot, own)).toBe('healthy');
    expect(statusOf(data('HEALTHY', ['CLOSED', 'HALF_OPEN']), snapshot, own)).toBe('degraded');
    expect(statusOf(data('HEALTHY'), snapshot, { ...own, connection: 'half-open' })).toBe('degraded');
    expect(statusOf(data('HEALTHY'), { ...snapshot, errors: 4_500 }, own)).toBe('healthy');
    expect(statusOf(data('HEALTHY'), { ...snapshot, errors: 4_600 }, own)).toBe('degraded');
    expect(statusOf(data('UNHEALTHY', ['OPEN']), snapshot, own)).toBe('unhealthy');
  });
});

describe('metrics', () => {
  test('M57: has the documented form and the states of the breakers', () => {
    expect(map.metrics(data('HEALTHY'), snapshot, own).body).toEqual({
      connections: {
        total_connections: 200,
        active_connections: 150,
        connection_duration_avg: 1_800,
        connection_duration_max: 7_200,
      },
      messages: {
        total_sent: 45_000,
        total_received: 45_000,
        messages_per_second: 25.5,
        average_message_size: 1_024,
      },
      errors: { total_errors: 90, error_rate: 0.001, recovery_success_rate: 0.95 },
      circuit_breakers: { connection: 'closed', message: 'closed', external: 'closed' },
    });
  });

  test('M38, M39: the external breaker has the worst state of all providers', () => {
    const metrics = (...states: readonly ('OPEN' | 'CLOSED' | 'HALF_OPEN')[]): unknown =>
      map.metrics(data('HEALTHY', states), snapshot, own).body;
    expect(metrics('CLOSED', 'CLOSED')).toMatchObject({ circuit_breakers: { external: 'closed' } });
    expect(metrics('CLOSED', 'HALF_OPEN')).toMatchObject({ circuit_breakers: { external: 'half-open' } });
    expect(metrics('HALF_OPEN', 'OPEN')).toMatchObject({ circuit_breakers: { external: 'open' } });
  });
});
