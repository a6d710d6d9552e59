import { expect, test } from 'vitest';
import * as map from './map-live.ts';
import { levelOf } from './words.ts';

const at = '2025-11-11T00:30:00.000Z';
const none = { connections: { endpoints: [] }, unacknowledgedAlerts: null };

test('C3: status_update is kept back while the server starts, and tells null of a store that does not answer', () => {
  expect(map.statusUpdate({ monitorStatus: { sampledAt: at, providers: null, ...none } })).toBeNull();
  const providers = {
    totalProviders: 2,
    onlineCount: 0,
    degradedCount: 0,
    offlineCount: 0,
    avgResponseTimeMs: null,
    totalRequestsHour: 0,
    totalFailuresHour: 0,
    systemHealth: 'UNKNOWN',
  } as const;
  expect(map.statusUpdate({ monitorStatus: { sampledAt: at, providers, ...none } })).toEqual({
    type: 'status_update',
    timestamp: at,
    system_metrics: {
      total_providers: 2,
      online_count: 0,
      degraded_count: 0,
      offline_count: 0,
      avg_response_time_ms: null,
      total_requests_hour: 0,
      total_failures_hour: 0,
      system_health: 'unknown',
    },
    alert_count: null,
    active_websocket_clients: 0,
  });
});

test('C5: a usage that a producer reports is no alert in itself', () => {
  const event = {
    __typename: 'ProviderEvent',
    happened: 'RATE_LIMIT_USAGE_REPORTED',
    cursor: '',
    occurredAt: at,
    provider: 'Alpha',
    oldStatus: null,
    newStatus: null,
    responseTimeMs: null,
    httpStatusCode: null,
    errorMessage: null,
    limitType: 'PER_DAY',
    limitValue: 10,
    currentUsage: 1,
    percentage: null,
    severity: null,
    resetAt: at,
  } as const;
  expect(map.happened({ events: event })).toBeNull();
});

test('C19: severities are taken in any case, and others are none', () => {
  expect(['low', 'Medium', 'HIGH', 'critical', 'info', ''].map(levelOf)).toEqual([
    'INFO',
    'WARNING',
    'ERROR',
    'CRITICAL',
    null,
    null,
  ]);
});
