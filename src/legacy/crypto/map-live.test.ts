import { expect, test } from 'vitest';
import * as map from './map-live.ts';
import { levelOf } from './labels.ts';

const at = '2025-11-11T00:30:00.000Z';
const none = { connections: { endpoints: [] }, unacknowledgedAlertCount: null };

test('C3: status_update is not sent while the server starts, and has null while the database does not respond', () => {
  expect(map.statusUpdate({ monitorStatus: { sampledAt: at, providers: null, ...none } })).toBeNull();
  const providers = {
    total_providers: 2,
    online_count: 0,
    degraded_count: 0,
    offline_count: 0,
    avg_response_time_ms: null,
    total_requests_hour: 0,
    total_failures_hour: 0,
    system_health: 'UNKNOWN',
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

test('C5: a reported usage is not an alert', () => {
  const event = { __typename: 'RateLimitUsageReported', cursor: '', timestamp: at } as const;
  expect(map.eventMessage({ events: event })).toBeNull();
});

test('C19: severities are matched in any case, and unknown ones are null', () => {
  expect(['low', 'Medium', 'HIGH', 'critical', 'info', ''].map(levelOf)).toEqual([
    'INFO',
    'WARNING',
    'ERROR',
    'CRITICAL',
    null,
    null,
  ]);
});
